"""Load and permit in one step: the thing asked for, if this user may."""

from collections.abc import Callable

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from committees.models import Meeting
from portal.accounts.access import hide_unless, refuse_unless
from portal.accounts.permissions import Asker
from portal.places.models import Compound


def compound_for(
    request: HttpRequest, code: str, may: Callable[[Asker, Compound], bool]
) -> Compound:
    """The compound of this code, or 404; 403 if `may` says no."""
    compound = get_object_or_404(Compound.objects.select_related("region"), code=code)
    refuse_unless(may(request.user, compound))
    return compound


def meeting_of(code: str, number: str) -> Meeting:
    return get_object_or_404(
        Meeting.objects.select_related("compound__region", "roll"),
        compound__code=code,
        number=number,
    )


def meeting_for(
    request: HttpRequest, code: str, number: str, may: Callable[[Asker, Compound], bool]
) -> Meeting:
    """The meeting of this number, 404 where there is none, 403 if `may` says no."""
    meeting = meeting_of(code, number)
    refuse_unless(may(request.user, meeting.compound))
    return meeting


def readable_meeting(
    request: HttpRequest, code: str, number: str, may: Callable[[Asker, Meeting], bool]
) -> Meeting:
    """A meeting for its readers; one not announced yet is not told of."""
    meeting = meeting_of(code, number)
    hide_unless(may(request.user, meeting))
    return meeting
