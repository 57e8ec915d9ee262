"""The operators' page: the queue, what was given up and the retry of it, the timetable."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.access import asks, refuse_unless
from portal.accounts.models import User
from portal.accounts.permissions import may_operate
from portal.oversight.queries.operations import operations as read
from portal.tools import queue
from portal.tools.health import actions


def _operator(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - login_required stands before
    refuse_unless(may_operate(request.user))
    return request.user


@asks(may_operate)
@login_required
@require_safe
def operations(request: HttpRequest) -> HttpResponse:
    _operator(request)
    return render(request, "oversight/operations.html", {"now": read(timezone.now())})


@asks(may_operate)
@login_required
@require_POST
def retry(request: HttpRequest, job: int) -> HttpResponse:
    """Try one job once more."""
    return _retry(request, _operator(request), [job])


@asks(may_operate)
@login_required
@require_POST
def retry_all(request: HttpRequest) -> HttpResponse:
    """Try every letter that was given up once more, as many as the page shows."""
    operator = _operator(request)
    return _retry(request, operator, [one.id for one in queue.given_up()])


def _retry(request: HttpRequest, operator: User, ids: list[int]) -> HttpResponse:
    retried = actions.retry(ids, by=operator.pk, at=timezone.now())
    if retried:
        messages.success(request, _("已把 %d 项任务放回队列。") % retried)
    else:
        messages.info(request, _("没有可以重试的任务：它们可能已经由别人重试。"))
    return redirect("oversight:operations")
