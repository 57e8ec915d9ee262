"""Ballots that do not open: voided by two people of two offices, so that the count can go on."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from committees.models import Ballot, Meeting, Voided
from committees.rules.record import UNOPENABLE
from portal.accounts.models import User
from portal.approvals import actions as approvals
from portal.approvals.models import Request
from portal.tools.audit.actions import note

from . import ledger, opening
from .refusals import EveryBallotOpens
from .steps import alone, keep, require

KIND = "committees.void_unopenable"


def ask_to_void_unopenable(meeting: Meeting, *, reason: str, by: User, at: datetime) -> Request:
    """Ask another office to agree that the ballots which do not open are voided.  Refuses
    WrongStage, EveryBallotOpens, and what asking refuses."""
    require(meeting, Meeting.Stage.CLOSED)
    shut = opening.unopenable(meeting)
    if not shut:
        raise EveryBallotOpens
    wanted = approvals.Wanted(
        kind=KIND,
        place=meeting.compound,
        target=meeting.pk,
        reason=reason,
        facts={"seqs": [seq for seq, _pk in shut], "ballots": [str(pk) for _seq, pk in shut]},
    )
    return approvals.ask(wanted, by=by, at=at)


@transaction.atomic
def void_unopenable(asked: Request, agreed_by: UUID, at: datetime) -> None:
    """Void the ballots that were asked about, if none of them opens today either.  Refuses
    WrongStage and EveryBallotOpens."""
    meeting = alone(Meeting.objects.get(compound_id=asked.compound, pk=asked.target))
    require(meeting, Meeting.Stage.CLOSED)
    shut = {str(pk) for _seq, pk in opening.unopenable(meeting)}
    if not shut.issuperset(asked.facts["ballots"]):
        raise EveryBallotOpens
    for ballot in Ballot.objects.filter(
        compound_id=meeting.compound_id, meeting=meeting, pk__in=asked.facts["ballots"]
    ).defer("envelope"):
        keep(
            Voided(
                compound_id=meeting.compound_id,
                meeting=meeting,
                ballot=ballot,
                reason=UNOPENABLE,
                by=agreed_by,
                at=at,
            )
        )
    ledger.grow(meeting)
    facts = {"request": str(asked.pk), "count": len(asked.facts["ballots"])}
    note("committees.void_unopenable", meeting, by=agreed_by, at=at, facts=facts)
