"""What meetings do on a timetable, and letters to the committee."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from committees import actions
from committees.models import Ballot, Meeting
from portal.owners.models import Binding, Owner, RollOwner
from portal.tools import jobs
from portal.tools.channels.contract import SendNever
from portal.tools.channels.doors import channel


@jobs.receives("committees.follow_binding")
def follow_binding(*, compound: UUID, binding: UUID) -> None:
    """An account was bound to an owner, or parted again: a member's office follows."""
    found = Binding.objects.get(compound_id=compound, pk=binding)
    actions.follow_binding(found, at=timezone.now())


@jobs.receives("committees.tell_voided")
def tell_voided(*, compound: UUID, ballot: UUID) -> None:
    """Tell the owners of a ballot, at the roll's numbers, that two people voided it."""
    row = Ballot.objects.select_related("voter", "meeting").get(compound_id=compound, pk=ballot)
    on_roll = RollOwner.objects.filter(compound_id=compound, group=row.voter.group)
    told = Owner.objects.filter(
        compound_id=compound, pk__in=on_roll.values("owner"), phone_is_checked=True
    )
    values = {"place": row.meeting.compound.name, "what": row.meeting.title}
    for owner in told:
        try:
            key = f"{row.pk}:{owner.pk}"
            channel("sms").send(owner.phone, "ballot-voided", values, key=key)
        except SendNever:
            continue


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
