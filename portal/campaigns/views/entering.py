"""Enter a compound: begin, keep the draft with its files, submit."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.access import asks
from portal.campaigns import actions, permissions
from portal.campaigns.actions.refusals import Refusal, SavedMeanwhile
from portal.campaigns.forms import DraftForm, names_of
from portal.campaigns.models import Attachment, Entry
from portal.campaigns.queries import entries
from portal.campaigns.queries.sources import frozen_records
from portal.campaigns.queries.standards import standard_in
from portal.campaigns.rules.words import points_words
from portal.tools.files.responses import send
from portal.tools.frontdoor.bodies import takes

from . import wording
from .loading import campaign_for, compound_to_enter, entry_for, entry_with_files, user_id


@asks(permissions.may_enter)
@login_required
@require_POST
def enter(request: HttpRequest, code: str, compound: str) -> HttpResponse:
    chosen = compound_to_enter(request, compound)
    campaign = campaign_for(request, code)
    try:
        actions.enter(campaign, chosen, by=user_id(request), at=timezone.now())
    except Refusal as refusal:
        for sentence in wording.refusal(refusal, standard_in(campaign)):
            messages.error(request, sentence)
        return redirect(campaign)
    return redirect("campaigns:draft", code=code, compound=compound)


@asks(permissions.may_enter)
@login_required
@require_http_methods(["GET", "POST"])
@takes(80)
def draft(request: HttpRequest, code: str, compound: str) -> HttpResponse:
    """The draft, item by item; what is saved is kept until it is submitted on the next page."""
    entry = entry_for(request, code, compound, permissions.may_enter)
    if request.method == "GET" and entries.submission_of(entry) is not None:
        return redirect(entry)
    form = _form(entry, request)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_draft(entry, form.draft(), by=user_id(request), at=timezone.now())
        except SavedMeanwhile as refusal:
            form = _again(request, form, entry, refusal)
        except Refusal as refusal:
            form.add_error(None, " ".join(wording.refusal(refusal, standard_in(entry.campaign))))
        else:
            messages.success(request, _("已保存。核对无误后提交。"))
            page = "entry" if "review" in request.POST else "draft"
            return redirect(f"campaigns:{page}", code=code, compound=compound)
    return _show(request, entry, form)


@asks(permissions.may_enter)
@login_required
@require_POST
def submit(request: HttpRequest, code: str, compound: str) -> HttpResponse:
    """Fix what was saved and looked through; refused, every item that lacks something is named."""
    entry = entry_for(request, code, compound, permissions.may_enter)
    seen = request.POST.get("seen", "")
    try:
        actions.submit_entry(entry, by=user_id(request), at=timezone.now(), seen=seen)
    except Refusal as refusal:
        for sentence in wording.refusal(refusal, standard_in(entry.campaign)):
            messages.error(request, sentence)
        return redirect(entry)
    messages.success(request, _("申报已提交，内容不再改动。"))
    return redirect(entry)


@asks(permissions.may_read_entry)
@login_required
@require_safe
def file(request: HttpRequest, code: str, compound: str, file: UUID) -> HttpResponseBase:
    """A file of an entry, for who entered it and who judges it."""
    entry = entry_with_files(request, code, compound)
    return send(get_object_or_404(_attachments(entry), file=file).file)


def _attachments(entry: Entry) -> QuerySet[Attachment]:
    rows = Attachment.objects.filter(compound_id=entry.compound_id, entry=entry)
    return rows.select_related("entry__campaign", "file")


def _form(entry: Entry, request: HttpRequest) -> DraftForm:
    standard = standard_in(entry.campaign)
    if request.method == "POST":
        return DraftForm(request.POST, request.FILES, standard=standard)
    return DraftForm(standard=standard, initial=_stored(entry))


def _stored(entry: Entry) -> dict[str, str]:
    """What stands in the draft, by field."""
    found = {}
    for item, row in entries.draft_of(entry).items():
        points, words = names_of(item)
        found[points] = "" if row.tenths is None else points_words(row.tenths)
        found[words] = row.words
    return found


def _again(
    request: HttpRequest, form: DraftForm, entry: Entry, refusal: SavedMeanwhile
) -> DraftForm:
    """The same page, now having seen what stands: what its writer left alone follows the other's
    saving, what both changed stays as typed, with the other's beside it."""
    data, stands, edits = request.POST.copy(), _stored(entry), form.draft().edits
    for item, edit in edits.items():
        for name in names_of(item):
            if edit.mark == edit.seen:
                data[name] = stands.get(name, "")
            data[f"seen-{name}"] = stands.get(name, "")
    again = DraftForm(data, form.files, standard=form.standard)
    again.is_valid()
    sentences = wording.refusal(refusal, standard_in(entry.campaign))
    for item, sentence in zip(refusal.items, sentences, strict=True):
        points, words = names_of(item)
        facts = {"points": stands.get(points) or "—", "words": stands.get(words) or "—"}
        again.add_error(points, sentence)
        again.add_error(points, _("他存的是：%(points)s 分，说明“%(words)s”。") % facts)
    return again


def _show(request: HttpRequest, entry: Entry, form: DraftForm) -> HttpResponse:
    standard = standard_in(entry.campaign)
    records = frozen_records(standard.sources, entry.compound, timezone.now())
    files = entries.files_of(entry)
    sections = [
        (
            heading,
            [
                (
                    item,
                    *form.fields_of(item),
                    form.seen_of(item),
                    form[f"file-{item.code}"],
                    files.get(item.code, []),
                    records.get(item.source),
                )
                for item in heading.items
            ],
        )
        for heading in standard.headings
    ]
    context = {
        "entry": entry,
        "form": form,
        "sections": sections,
        "standard": standard,
    }
    status = 422 if form.is_bound else 200
    return render(request, "campaigns/draft.html", context, status=status)
