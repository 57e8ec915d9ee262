"""The user's own page: what waits, what is theirs, where their offices lead."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.accounts import permissions as accounts
from portal.accounts.access import asks
from portal.accounts.models import User
from portal.approvals.queries import sheets, waiting_for
from portal.campaigns import permissions as campaigns
from portal.campaigns.queries.tasks import tasks_of
from portal.fire.permissions import may_log
from portal.fire.queries import standings
from portal.oversight.permissions import may_have_a_desk, may_oversee
from portal.oversight.queries.desk import desk_of

from .doors import doors_of


@asks(may_have_a_desk)
@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)  # noqa: S101 - login_required stands before
    at = timezone.localtime()
    found = desk_of(request.user, at)
    inspected = [one for one in found.compounds if may_log(request.user, one)]
    fire_of = standings([one.pk for one in inspected], at=at) if inspected else {}
    context = {
        "desk": found,
        "waiting": sheets(waiting_for(request.user, at)),
        "compounds": [(one, doors_of(request.user, one)) for one in found.compounds],
        "campaign_tasks": tasks_of(
            request.user, at, entrants=campaigns.ENTRANTS, officers=campaigns.OFFICERS
        ),
        "may_oversee": may_oversee(request.user),
        "fire": [(one, fire_of[one.pk]) for one in inspected],
        "may_operate": accounts.may_operate(request.user),
        "may_see_offices": accounts.may_see_some_offices(request.user),
    }
    return render(request, "oversight/desk.html", context)
