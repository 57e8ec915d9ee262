"""What waits for an answer, and the page on which it is given."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.access import SignedInRequest, asks, hide_unless, refuse_unless
from portal.approvals import actions, permissions, queries, wording
from portal.approvals.forms import AloneForm, RefusalForm
from portal.approvals.models import Request

PAGE = 30


@asks(permissions.may_have_requests)
@never_cache
@require_safe
@login_required
def home(request: SignedInRequest) -> HttpResponse:
    """What waits for the reader's answer, and what the reader asked or answered."""
    at = timezone.localtime()
    waiting = queries.waiting_for(request.user, at)
    page = Paginator(queries.seen_by(request.user, at), PAGE).get_page(request.GET.get("page"))
    context = {
        "waiting": queries.sheets(waiting[:PAGE]),
        "page": page,
        "listed": [(one, one.is_open(at)) for one in queries.sheets(page.object_list)],
    }
    return render(request, "approvals/home.html", context)


@asks(permissions.may_read, permissions.may_answer, permissions.may_take_back)
@never_cache
@require_safe
@login_required
def request_page(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Everything that will happen, and the two buttons."""
    return _show(request, _request_for(request, pk, permissions.may_read))


@asks(permissions.may_read, permissions.may_answer)
@require_POST
@login_required
def agree(request: SignedInRequest, pk: UUID) -> HttpResponse:
    asked = _request_for(request, pk, permissions.may_answer)
    try:
        actions.agree(asked, by=request.user, at=timezone.now())
    except actions.Refusal as refusal:
        return _refused(request, asked, refusal)
    messages.success(request, _("已同意，并已办理。"))
    return redirect(asked)


@asks(permissions.may_read, permissions.may_answer)
@require_POST
@login_required
def refuse(request: SignedInRequest, pk: UUID) -> HttpResponse:
    asked = _request_for(request, pk, permissions.may_answer)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _show(request, asked, refusal_form=form, status=422)
    reason = form.cleaned_data["reason"]
    try:
        actions.refuse(asked, reason=reason, by=request.user, at=timezone.now())
    except actions.Refusal as refusal:
        return _refused(request, asked, refusal)
    messages.success(request, _("已答复：不同意。"))
    return redirect(asked)


@asks(permissions.may_read, permissions.may_take_back)
@require_POST
@login_required
def withdraw(request: SignedInRequest, pk: UUID) -> HttpResponse:
    asked = _request_for(request, pk, permissions.may_take_back)
    try:
        actions.withdraw(asked, by=request.user, at=timezone.now())
    except actions.Refusal as refusal:
        return _refused(request, asked, refusal)
    messages.success(request, _("申请已撤回。"))
    return redirect(asked)


@asks(permissions.may_read, permissions.may_take_back)
@require_POST
@login_required
def act_alone(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Do in an emergency what may be done alone; it is posted at once."""
    asked = _request_for(request, pk, permissions.may_take_back)
    form = AloneForm(request.POST)
    if not form.is_valid():
        return _show(request, asked, alone_form=form, status=422)
    reason = form.cleaned_data["reason"]
    try:
        actions.act_alone(asked, reason=reason, by=request.user, at=timezone.now())
    except actions.Refusal as refusal:
        return _refused(request, asked, refusal)
    messages.success(request, _("已单独办理，并已公告。"))
    return redirect(asked)


def _request_for(request: SignedInRequest, pk: UUID, may: Callable[..., bool]) -> Request:
    """Who may not read it hears nothing of it; who may read it but not do this is refused."""
    asked = get_object_or_404(Request, pk=pk)
    hide_unless(permissions.may_read(request.user, asked))
    refuse_unless(may(request.user, asked))
    return asked


def _refused(request: SignedInRequest, asked: Request, refusal: actions.Refusal) -> HttpResponse:
    for sentence in wording.refusal(refusal):
        messages.error(request, sentence)
    return _show(request, asked, status=409)


def _show(
    request: SignedInRequest,
    asked: Request,
    *,
    refusal_form: RefusalForm | None = None,
    alone_form: AloneForm | None = None,
    status: int = 200,
) -> HttpResponse:
    sheet = queries.sheets([asked])[0]
    is_open = sheet.is_open(timezone.now())
    is_mine = permissions.may_take_back(request.user, asked)
    context = {
        "sheet": sheet,
        "is_open": is_open,
        "may_answer": is_open and permissions.may_answer(request.user, asked),
        "may_take_back": is_open and is_mine,
        "may_be_alone": is_open and is_mine and asked.may_be_alone,
        "refusal_form": refusal_form or RefusalForm(),
        "alone_form": alone_form or AloneForm(),
    }
    return render(request, "approvals/request.html", context, status=status)
