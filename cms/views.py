"""Write a notice, look at it, publish it; correct it, or withdraw it."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.access import SignedInRequest, asks, refuse_unless
from portal.places.models import Compound

from . import actions, permissions, queries
from .forms.notices import NoticeForm, WithdrawForm
from .models import NoticePage


@dataclass(frozen=True, slots=True)
class Writing:
    """Where a notice is looked at and where it is published, and the page that is corrected."""

    compound: Compound
    preview: str
    publish: str
    corrected: NoticePage | None = None


@asks(permissions.may_write_notices)
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def write_notice(request: HttpRequest, code: str) -> HttpResponse:
    """The form; posted, a preview above it that can be published as it is seen."""
    writing = _new(_compound_for(request, code))
    return _form_page(request, writing, NoticeForm(request.POST or None))


@asks(permissions.may_write_notices)
@require_POST
@login_required
def publish_notice(request: HttpRequest, code: str) -> HttpResponse:
    compound = _compound_for(request, code)
    form = NoticeForm(request.POST)
    if not form.is_valid():
        return _form_page(request, _new(compound), form)
    page = actions.publish_notice(compound, form.draft(), by=request.user.pk, at=timezone.now())
    messages.success(request, _("公告已发布。"))
    return redirect(page.get_url(request))


@asks(permissions.may_write_notices)
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def correct_notice(request: HttpRequest, code: str, page: int) -> HttpResponse:
    """The notice as it stands, to be corrected; posted, a preview of the correction."""
    found = _notice_for(request, code, page)
    form = NoticeForm(request.POST or None, initial=queries.plain_text_of(found))
    return _form_page(request, _correcting(found, code), form)


@asks(permissions.may_write_notices)
@require_POST
@login_required
def publish_correction(request: SignedInRequest, code: str, page: int) -> HttpResponse:
    found = _notice_for(request, code, page)
    form = NoticeForm(request.POST)
    if not form.is_valid():
        return _form_page(request, _correcting(found, code), form)
    try:
        actions.correct_notice(found, form.draft(), by=request.user.pk, at=timezone.now())
    except actions.NoticeIsWithdrawn:
        messages.error(request, _("这份公告已经撤回，不能再更正。请另写一份。"))
    else:
        messages.success(request, _("更正已发布，原文仍可查看。"))
    return redirect(found.get_url(request))


@asks(permissions.may_write_notices)
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def withdraw_notice(request: SignedInRequest, code: str, page: int) -> HttpResponse:
    """Ask why, then show the words of the notice no more."""
    found = _notice_for(request, code, page)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.withdraw_notice(found, reason=reason, by=request.user.pk, at=timezone.now())
        messages.success(request, _("公告已撤回。"))
        return redirect(found.get_url(request))
    shown = {"compound": _compound_for(request, code), "page": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "cms/withdraw_notice.html", shown, status=status)


def _compound_for(request: HttpRequest, code: str) -> Compound:
    compound = get_object_or_404(Compound.objects.select_related("region"), code=code)
    refuse_unless(permissions.may_write_notices(request.user, compound))
    return compound


def _notice_for(request: HttpRequest, code: str, page: int) -> NoticePage:
    """A plain notice of this compound; one that carries a 公示 is not found here."""
    compound = _compound_for(request, code)
    found: NoticePage = get_object_or_404(
        NoticePage.objects.live(), pk=page, compound=compound.pk, publicity=None
    )
    return found


def _new(compound: Compound) -> Writing:
    here = {"code": compound.code}
    return Writing(
        compound,
        preview=reverse("cms:write-notice", kwargs=here),
        publish=reverse("cms:publish-notice", kwargs=here),
    )


def _correcting(page: NoticePage, code: str) -> Writing:
    here = {"code": code, "page": page.pk}
    return Writing(
        Compound.objects.get(pk=page.compound),
        preview=reverse("cms:correct-notice", kwargs=here),
        publish=reverse("cms:publish-correction", kwargs=here),
        corrected=page,
    )


def _form_page(request: HttpRequest, writing: Writing, form: NoticeForm) -> HttpResponse:
    shown: dict[str, object] = {"writing": writing, "compound": writing.compound, "form": form}
    if form.is_bound and form.is_valid():
        # what is published is what was looked at, whatever is typed below since
        seen = NoticeForm(request.POST, auto_id=False)
        shown |= {"draft": form.draft(), "seen": seen, "today": timezone.localdate()}
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "cms/write_notice.html", shown, status=status)
