"""Score an entry beside its evidence, and say or lift a veto."""

from collections.abc import Mapping
from itertools import chain

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
from portal.campaigns.forms import ScoreForm, VetoForm, as_points, as_stored, names_of
from portal.campaigns.models import Entry, Scoring
from portal.campaigns.queries import entries, sheets
from portal.campaigns.queries.standards import standard_in
from portal.campaigns.rules.standard import Scorer, Standard
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
        if marks := _typed(request, standard_in(entry.campaign)):
            return _too_late(request, entry, marks)
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
            veto_form = VetoForm(standard=form.standard, initial=request.POST.dict())
            if veto_form.is_begun:
                messages.warning(request, _("否决事项填写了，但还没有记录。"))
                return _show(request, entry, scorer, _form(entry, scorer), veto_form=veto_form)
            return redirect("campaigns:score", code=code, compound=compound)
    return _show(request, entry, scorer, form)


@asks(permissions.may_judge)
@login_required
@require_POST
def veto(request: HttpRequest, code: str, compound: str) -> HttpResponse:
    """Put a veto on an entry or lift it, by the button that was pressed; scores that are typed on
    the same page and not saved stay."""
    entry = entry_for(request, code, compound, permissions.may_judge)
    scorer = turn_of(request, entry)
    standard = standard_in(entry.campaign)
    form = VetoForm(request.POST, standard=standard)
    marks = _typed(request, standard)
    if scorer is not None and not form.is_valid():
        return _show(request, entry, scorer, _form(entry, scorer, typed=marks), veto_form=form)
    try:
        if scorer is None:
            raise WrongStage(entry.campaign.stage)
        words = form.words(stands="lift" not in request.POST)
        actions.say_veto(entry, words, by=user_id(request), at=timezone.now())
    except Refusal as refusal:
        for sentence in wording.refusal(refusal, standard):
            messages.error(request, sentence)
    else:
        messages.success(request, _("否决事项已记录。"))
    if scorer is None and marks:
        return _too_late(request, entry, marks)
    if scorer is not None and _differs(_form(entry, scorer), marks):
        messages.warning(request, _("您填写的评分还在下面，尚未保存。"))
        return _show(request, entry, scorer, _form(entry, scorer, typed=marks))
    return redirect("campaigns:score", code=code, compound=compound)


def _form(
    entry: Entry,
    scorer: Scorer,
    request: HttpRequest | None = None,
    *,
    typed: Mapping[str, str] | None = None,
) -> ScoreForm:
    """The sheet as it was sent, or what stands with what was typed and not saved over it."""
    standard = standard_in(entry.campaign)
    if request is not None and request.method == "POST":
        return ScoreForm(request.POST, standard=standard)
    last = entries.latest_scorings(entry).get(scorer)
    initial: dict[str, object] = {"request": new_key(), "follows": last.number if last else 0}
    for code, mark in (last.marks if last else {}).items():
        initial[f"points-{code}"] = points_words(mark["tenths"])
        initial[f"words-{code}"] = mark["note"]
    return ScoreForm(standard=standard, initial=initial | dict(typed or {}))


def _typed(request: HttpRequest, standard: Standard) -> dict[str, str]:
    """What was sent of the sheet, whatever it is worth; with the scoring that its writer saw."""
    names = [*chain.from_iterable(names_of(item.code) for item in standard.items)]
    sent = {name: request.POST[name] for name in names if name in request.POST}
    if not any(sent.values()):
        return {}
    seen = {name: request.POST.get(name, "") for name in ("request", "follows")}
    return sent | seen


def _differs(form: ScoreForm, typed: Mapping[str, str]) -> bool:
    """Whether something typed is not what stands; 8.0 and 8 are the same."""
    for name, words in typed.items():
        stands = str(form.initial.get(name, ""))
        if name in ("request", "follows") or as_stored(words) == as_stored(stands):
            continue
        if name.startswith("words-") or as_points(words) != as_points(stands):
            return True
    return False


def _too_late(request: HttpRequest, entry: Entry, marks: Mapping[str, str]) -> HttpResponse:
    """What was typed and can no longer be saved, to be read and copied."""
    rows = [
        (item, *(marks.get(name, "") for name in names_of(item.code)))
        for item in standard_in(entry.campaign).items
    ]
    return render(request, "campaigns/too_late.html", {"entry": entry, "rows": rows}, status=422)


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
    is_refused = form.is_bound or (veto_form is not None and veto_form.is_bound)
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
        "scorings": entries.scorings_of(entry).order_by("at", "level", "number"),
        "vetoes": entries.veto_words(entry),
        "standing": entries.standing_vetoes(entry),
        "veto_form": veto_form or VetoForm(standard=standard),
        "has_errors": is_refused,
    }
    status = 422 if is_refused else 200
    return render(request, "campaigns/score.html", context, status=status)
