"""A member leaves before the term is over: put it down, or take it out again."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from committees import actions, permissions
from committees.actions.refusals import LeaveUnfit, LeftAlready, SeatStands
from committees.forms.committee import ORDER_CHANGED, LeaveForm
from committees.models import Member
from committees.queries import committee as queries
from committees.rules.roster import LeavingFault
from portal.accounts.access import asks
from portal.places.models import Compound
from portal.tools.ui.words import day_words

from . import wording
from .console import _user
from .loading import compound_for


@asks(permissions.may_record_leaves)
@login_required
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """The last day, the reason and its document, and who takes the seat."""
    compound = compound_for(request, code, permissions.may_record_leaves)
    member = _member(compound, pk)
    if member.until is not None:
        messages.info(request, _("这位成员已于 %s 离任。") % day_words(member.until))
        return redirect("committees:committee", code=code)
    data = request.POST if request.method == "POST" else None
    alternates = queries.waiting_alternates(member)
    form = LeaveForm(data, member=member, alternates=alternates)
    if form.is_bound and form.is_valid() and _left(request, member, form):
        messages.success(request, _("离任已记录，小区页已更新。"))
        return redirect("committees:committee", code=code)
    context = {"compound": compound, "member": member, "form": form}
    return render(request, "committees/leave.html", context, status=422 if form.is_bound else 200)


@asks(permissions.may_record_leaves)
@login_required
@require_POST
def put_back(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Take a leave out that was put down by mistake, with who moved up by it."""
    compound = compound_for(request, code, permissions.may_record_leaves)
    try:
        actions.return_to_seat(_member(compound, pk), by=_user(request), at=timezone.now())
    except SeatStands as refusal:
        for sentence in wording.refusal(refusal):
            messages.error(request, sentence)
    else:
        messages.success(request, _("离任记录已撤销，小区页已更新。"))
    return redirect("committees:committee", code=code)


def _member(compound: Compound, pk: UUID) -> Member:
    rows = Member.objects.select_related("owner", "term__committee")
    return get_object_or_404(rows, compound=compound, pk=pk)


def _left(request: HttpRequest, member: Member, form: LeaveForm) -> bool:
    """Put the leave down; False, and said, where it cannot be."""
    try:
        actions.leave_seat(member, form.leaving(), by=_user(request), at=timezone.now())
    except LeftAlready as refusal:
        form.add_error(None, _("这位成员已于 %s 离任。") % day_words(refusal.last_on))
    except LeaveUnfit as refusal:
        for fault in refusal.faults:
            form.add_error(*_words(fault, refusal))
    else:
        return True
    return False


def _words(fault: LeavingFault, refusal: LeaveUnfit) -> tuple[str | None, str]:
    """The field and what is wrong with it."""
    match fault:
        case LeavingFault.BEFORE_THE_SEAT:
            return "last_on", _("这位成员从 %s 起任职。") % day_words(refusal.since)
        case LeavingFault.NOT_YET:
            return "last_on", _("这一天还没有到。请在离任当天或以后记录。")
        case LeavingFault.NOT_THE_NEXT:
            return None, str(ORDER_CHANGED)
