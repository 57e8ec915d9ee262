"""Score an entry beside its evidence, and say or lift a veto."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.access import asks
from portal.campaigns import actions, permissions
from portal.campaigns.actions.refusals import Refusal, ScoredMeanwhile, WrongStage
from portal.campaigns.forms import ScoreForm, VetoForm
from portal.campaigns.models import Entry, Scoring
from portal.campaigns.queries import entries, sheets
from portal.campaigns.queries.standards import standard_in
from portal.campaigns.rules.standard import Scorer
from portal.campaigns.rules.words import points_words
from portal.tools.keys import new_key

from . import wording
from .loading import entry_for, turn_of, user_id


@asks(permissions.may_judge)
@login_required
@require_http_methods(["GET", "POST"])
def score(request: HttpRequest, code: str, compound: str) -> HttpResponse:
    """The sheet of the level whose turn it is; others read what was given."""
    entry = entry_for(request, code, compound, permissions.may_judge)
    scorer = turn_of(request, entry)
    if scorer is None:
        messages.info(request, _("现在不是您评分的阶段，或该小区没有提交申报。"))
        return redirect(entry.campaign)
    form = _form(entry, scorer, request)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, entry, scorer, form)
        except ScoredMeanwhile as refusal:
            form = _again(form, entry, scorer)
            form.add_error(None, wording.refusal(refusal, standard_in(entry.campaign))[0])
        except Refusal as refusal:
            form.add_error(None, " ".join(wording.refusal(refusal, standard_in(entry.campaign))))
        else:
            messages.success(request, _("评分已保存。"))
            return redirect("campaigns:score", code=code, compound=compound)
    return _show(request, entry, scorer, form)


@asks(permissions.may_judge)
@login_required
@require_POST
def veto(request: HttpRequest, code: str, compound: str) -> HttpResponse:
    """Put a veto on an entry or lift it, by the button that was pressed."""
    entry = entry_for(request, code, compound, permissions.may_judge)
    scorer = turn_of(request, entry)
    form = VetoForm(request.POST, standard=standard_in(entry.campaign))
    if scorer is not None and not form.is_valid():
        return _show(request, entry, scorer, _form(entry, scorer), veto_form=form)
    try:
        if scorer is None:
            raise WrongStage(entry.campaign.stage)
        words = form.words(stands="lift" not in request.POST)
        actions.say_veto(entry, words, by=user_id(request), at=timezone.now())
    except Refusal as refusal:
        for sentence in wording.refusal(refusal, standard_in(entry.campaign)):
            messages.error(request, sentence)
    else:
        messages.success(request, _("否决事项已记录。"))
    return redirect("campaigns:score", code=code, compound=compound)


def _form(entry: Entry, scorer: Scorer, request: HttpRequest | None = None) -> ScoreForm:
    standard = standard_in(entry.campaign)
    if request is not None and request.method == "POST":
        return ScoreForm(request.POST, standard=standard)
    last = entries.latest_scorings(entry).get(scorer)
    initial: dict[str, object] = {"request": new_key(), "follows": last.number if last else 0}
    for code, mark in (last.marks if last else {}).items():
        initial[f"points-{code}"] = points_words(mark["tenths"])
        initial[f"words-{code}"] = mark["note"]
    return ScoreForm(standard=standard, initial=initial)


def _again(form: ScoreForm, entry: Entry, scorer: Scorer) -> ScoreForm:
    """The same marks, now having seen the other's."""
    last = entries.latest_scorings(entry)[scorer]
    data = dict(form.data.items())
    data["follows"], data["request"] = str(last.number), str(new_key())
    return ScoreForm(data, standard=form.standard)


def _save(request: HttpRequest, entry: Entry, scorer: Scorer, form: ScoreForm) -> Scoring:
    said = form.cleaned_data
    sheet = actions.Sheet(scorer, form.marks(), said["follows"], said["request"])
    return actions.score_entry(entry, sheet, by=user_id(request), at=timezone.now())


def _show(
    request: HttpRequest,
    entry: Entry,
    scorer: Scorer,
    form: ScoreForm,
    *,
    veto_form: VetoForm | None = None,
) -> HttpResponse:
    standard, reckoned = standard_in(entry.campaign), entries.total_of(entry)
    submission, scorings = entry.submission.get(), entries.latest_scorings(entry)
    sections = sheets.sections_of(entry, standard, submission, scorings, reckoned)
    context = {
        "entry": entry,
        "standard": standard,
        "scorer": Scoring.By(scorer).label,
        "form": form,
        "sections": [
            (one, [(line, *form.fields_of(line.item)) for line in one.lines]) for one in sections
        ],
        "summary": sheets.summary_of(standard, reckoned),
        "scorings": entries.scorings_of(entry),
        "vetoes": entries.veto_words(entry),
        "standing": entries.standing_vetoes(entry),
        "veto_form": veto_form or VetoForm(standard=standard),
        "has_errors": form.is_bound or veto_form is not None,
    }
    status = 422 if form.is_bound or veto_form is not None else 200
    return render(request, "campaigns/score.html", context, status=status)
