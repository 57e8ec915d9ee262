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
from portal.campaigns.actions.refusals import Refusal
from portal.campaigns.forms import DraftForm
from portal.campaigns.models import Attachment, Entry
from portal.campaigns.queries import entries
from portal.campaigns.queries.sources import frozen_records
from portal.campaigns.queries.standards import standard_in
from portal.campaigns.rules.words import points_words
from portal.tools.files.responses import send

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
def draft(request: HttpRequest, code: str, compound: str) -> HttpResponse:
    """The draft, item by item; what is saved is kept until it is submitted."""
    entry = entry_for(request, code, compound, permissions.may_enter)
    if request.method == "GET" and entries.submission_of(entry) is not None:
        return redirect(entry)
    form = _form(entry, request)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, entry, form)
        except Refusal as refusal:
            form.add_error(None, " ".join(wording.refusal(refusal, standard_in(entry.campaign))))
        else:
            messages.success(request, _("已保存。核对无误后提交。"))
            return redirect("campaigns:draft", code=code, compound=compound)
    return _show(request, entry, form)


@asks(permissions.may_enter)
@login_required
@require_POST
def submit(request: HttpRequest, code: str, compound: str) -> HttpResponse:
    """Fix what was saved; refused, every item that lacks something is named."""
    entry = entry_for(request, code, compound, permissions.may_enter)
    try:
        actions.submit_entry(entry, by=user_id(request), at=timezone.now())
    except Refusal as refusal:
        for sentence in wording.refusal(refusal, standard_in(entry.campaign)):
            messages.error(request, sentence)
        return redirect("campaigns:draft", code=code, compound=compound)
    messages.success(request, _("申报已提交，内容不再改动。"))
    return redirect(entry)


@asks(permissions.may_enter)
@login_required
@require_POST
def drop_file(request: HttpRequest, code: str, compound: str, file: UUID) -> HttpResponse:
    entry = entry_for(request, code, compound, permissions.may_enter)
    attached = _attachments(entry).filter(file=file).first()
    try:
        if attached is not None:  # else the button was pressed twice
            actions.drop_file(attached, by=user_id(request), at=timezone.now())
    except Refusal as refusal:
        for sentence in wording.refusal(refusal, standard_in(entry.campaign)):
            messages.error(request, sentence)
    else:
        messages.success(request, _("材料已移除。"))
    return redirect("campaigns:draft", code=code, compound=compound)


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
    initial = {}
    for code, row in entries.draft_of(entry).items():
        initial[f"points-{code}"] = "" if row.tenths is None else points_words(row.tenths)
        initial[f"words-{code}"] = row.words
    return DraftForm(standard=standard, initial=initial)


def _save(request: HttpRequest, entry: Entry, form: DraftForm) -> None:
    by, at = user_id(request), timezone.now()
    actions.save_draft(entry, form.marks(), dict(form.uploads()), by=by, at=at)


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
