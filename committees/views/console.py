"""The election console: where the meeting stands, what blocks the next step, and the step."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from committees import actions, documents, permissions
from committees.actions.refusals import Refusal, StepBlocked
from committees.forms.meetings import CallOffForm, RescheduleForm, WaiverForm
from committees.models import Meeting
from committees.queries import pages, slips, steering, waiving
from portal.accounts.access import SignedInRequest, asks, refuse_unless
from portal.accounts.models import User
from portal.approvals import actions as approvals
from portal.owners import queries as owners

from . import wording
from .loading import meeting_for, meeting_of

Step = Callable[..., object]

STEPS: dict[str, tuple[Step, str]] = {
    "freeze": (actions.freeze_roll, "名册已冻结，可以登记提名。"),
    "publish": (actions.publish, "会议公告和候选人名单已发布。"),
    "open": (actions.open_voting, "投票已开始。"),
    "close": (actions.close_voting, "投票已截止。"),
    "count": (actions.count_ballots, "计票完成，结果已进入公示。"),
}


@asks(permissions.may_watch)
@login_required
@require_safe
def console(request: HttpRequest, code: str, number: str) -> HttpResponse:
    meeting = meeting_for(request, code, number, permissions.may_watch)
    return _show(request, meeting)


@asks(permissions.may_run)
@login_required
@require_POST
def step(request: HttpRequest, code: str, number: str, name: str) -> HttpResponse:
    """Take the meeting's next step; refused, the console shows every reason."""
    meeting = meeting_for(request, code, number, permissions.may_run)
    act, done = STEPS[name]
    try:
        act(meeting, by=_user(request), at=timezone.now())
    except StepBlocked:
        return _show(request, meeting, status=409)
    except Refusal as refusal:
        for sentence in wording.refusal(refusal):
            messages.error(request, sentence)
    else:
        messages.success(request, _(done))
    return redirect("committees:console", code=code, number=number)


@asks(permissions.may_run)
@login_required
@require_POST
def ask_to_waive(request: SignedInRequest, code: str, number: str) -> HttpResponse:
    """Ask the community or the street to agree that the next step is taken all the same."""
    meeting = meeting_for(request, code, number, permissions.may_run)
    form = WaiverForm(request.POST)
    if not form.is_valid():
        return _show(request, meeting, form=form, status=422)
    reason = form.cleaned_data["reason"]
    try:
        asked = actions.ask_to_waive(meeting, reason=reason, by=request.user, at=timezone.now())
    except StepBlocked:
        return _show(request, meeting, form=form, status=409)
    except (Refusal, approvals.Refusal) as refusal:
        for sentence in wording.any_refusal(refusal):
            form.add_error(None, sentence)
        return _show(request, meeting, form=form, status=409)
    messages.success(request, _("已提出申请，正在等待社区或街道答复。"))
    return redirect(asked)


@asks(permissions.may_run)
@login_required
@require_POST
def reschedule(request: HttpRequest, code: str, number: str) -> HttpResponse:
    meeting = meeting_for(request, code, number, permissions.may_run)
    form = RescheduleForm(request.POST)
    if not form.is_valid():
        return _show(request, meeting, reschedule_form=form, status=422)
    try:
        actions.reschedule(
            meeting,
            form.cleaned_data["closes_at"],
            reason=form.cleaned_data["reason"],
            by=_user(request),
            at=timezone.now(),
        )
    except Refusal as refusal:
        for sentence in wording.refusal(refusal):
            form.add_error("closes_at", sentence)
        return _show(request, meeting, reschedule_form=form, status=409)
    messages.success(request, _("截止时间已调整，理由已记录并公开。"))
    return redirect("committees:console", code=code, number=number)


@asks(permissions.may_call_off)
@login_required
@require_POST
def call_off(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """End the meeting before its count, for good."""
    meeting = meeting_of(code, number)
    refuse_unless(permissions.may_call_off(request.user, meeting))
    form = CallOffForm(request.POST)
    if not form.is_valid():
        return _show(request, meeting, call_off_form=form, status=422)
    try:
        reason = form.cleaned_data["reason"]
        actions.call_off(meeting, reason=reason, by=_user(request), at=timezone.now())
    except Refusal as refusal:
        for sentence in wording.refusal(refusal):
            form.add_error(None, sentence)
        return _show(request, meeting, call_off_form=form, status=409)
    messages.success(request, _("会议已取消。"))
    return redirect("committees:console", code=code, number=number)


def _show(
    request: HttpRequest,
    meeting: Meeting,
    *,
    form: WaiverForm | None = None,
    reschedule_form: RescheduleForm | None = None,
    call_off_form: CallOffForm | None = None,
    status: int = 200,
) -> HttpResponse:
    at = timezone.now()
    obstacles = steering.in_the_way(meeting, at)
    closes_at = timezone.localtime(meeting.closes_at)
    context = {
        "meeting": meeting,
        "compound": meeting.compound,
        "stages": pages.stages(),
        "matters": pages.matters_of(meeting),
        "keyers": slips.keyers(meeting) if meeting.manifest else [],
        "shared": owners.shared_accounts(meeting.compound) if meeting.manifest else [],
        "turnout": documents.turnout_lines(meeting, pages.ledger_state(meeting)),
        "result": documents.counted_of(meeting),
        "publicities": pages.publicities_of(meeting),
        "next_step": steering.next_step(meeting),
        "blocked": [(wording.obstacle(one), one.may_be_waived) for one in obstacles],
        "may_be_waived": bool(obstacles) and all(one.may_be_waived for one in obstacles),
        "form": form or WaiverForm(),
        "asked": waiving.waiver_asked(meeting, at),
        "reschedule_form": reschedule_form or RescheduleForm(initial={"closes_at": closes_at}),
        "call_off_form": call_off_form or CallOffForm(),
        "may_call_off": (call_off_form is not None or steering.may_end(meeting))
        and permissions.may_call_off(request.user, meeting),
        "called_off": pages.called_off(meeting),
        "may_ask_to_void": meeting.stage == Meeting.Stage.CLOSED
        and permissions.may_ask_to_void_unopenable(request.user, meeting.compound),
        "may_run": permissions.may_run(request.user, meeting.compound),
        "may_take_the_record": permissions.may_take_the_record(request.user, meeting.compound),
        "to_seat": steering.elections_to_seat(meeting),
        "waivers": wording.waived(pages.waivers_of(meeting)),
    }
    return render(request, "committees/console.html", context, status=status)


def _user(request: HttpRequest) -> UUID:
    assert isinstance(request.user, User)  # noqa: S101 - login_required stands before
    return request.user.pk
