"""What meetings do on a timetable, and letters to the committee."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from committees import actions
from committees.models import Meeting
from portal.owners.models import Binding
from portal.tools import jobs


@jobs.receives("committees.follow_binding")
def follow_binding(*, compound: UUID, binding: UUID) -> None:
    """An account was bound to an owner, or parted again: a member's office follows."""
    found = Binding.objects.get(compound_id=compound, pk=binding)
    actions.follow_binding(found, at=timezone.now())


@jobs.periodic("committees.grow_ledgers", cron="* * * * *")
def grow_ledgers(*, at: datetime) -> None:  # noqa: ARG001 - the timetable names it
    """Bring the ledger and the turnout of every open meeting up to date; trouble with one is
    raised after all others have grown."""
    troubles = []
    for meeting in Meeting.objects.filter(stage__in=[Meeting.Stage.OPEN, Meeting.Stage.CLOSED]):
        try:
            actions.grow_ledger(meeting)
        except Exception as trouble:
            troubles.append(trouble)
    if troubles:
        raise ExceptionGroup("ledgers that did not grow", troubles)
