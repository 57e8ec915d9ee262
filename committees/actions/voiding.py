"""Void a paper ballot: asked by the clerk, agreed to by an office that supervises."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from committees.models import Ballot, Meeting, Voided
from committees.queries.slips import VOID
from portal.accounts.models import User
from portal.approvals import actions as approvals
from portal.approvals.models import Request
from portal.places.models import Compound
from portal.tools import jobs

from .refusals import AlreadyVoided
from .steps import require
from .voting import void_ballot


@transaction.atomic
def ask_to_void(ballot: Ballot, *, reason: str, by: User, at: datetime) -> Request:
    """Ask that a ballot be void.  Refuses WrongStage, AlreadyVoided, and what `approvals.ask`
    refuses."""
    meeting = Meeting.objects.get(compound_id=ballot.compound_id, pk=ballot.meeting_id)
    require(meeting, Meeting.Stage.OPEN, Meeting.Stage.CLOSED)
    if Voided.objects.filter(compound_id=ballot.compound_id, ballot=ballot).exists():
        raise AlreadyVoided
    compound = Compound.objects.select_related("region").get(pk=ballot.compound_id)
    wanted = approvals.Wanted(VOID, compound, ballot.pk, reason)
    return approvals.ask(wanted, by=by, at=at)


@transaction.atomic
def void_as_asked(asked: Request, by: UUID, at: datetime) -> Voided:  # noqa: ARG001 - who agreed stands in the answer
    """Void what two people agreed on, and have its owners told.  Refuses as `void_ballot` does."""
    ballot = Ballot.objects.get(compound=asked.compound, pk=asked.target)
    voided = void_ballot(ballot, reason=asked.reason, by=asked.asked_by, at=at)
    jobs.send("committees.tell_voided", compound=asked.compound, ballot=ballot.pk)
    return voided
