"""A meeting with a frozen roll is called off: for good, with its reason, and nothing is counted."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from committees import documents, queries
from committees.models import CalledOff, Meeting
from committees.queries.steering import BEFORE_THE_COUNT
from portal.publicity import actions as publicity
from portal.publicity.models import Publicity
from portal.tools.audit.actions import note

from . import ledger
from .steps import alone, require, save

Stage = Meeting.Stage


@transaction.atomic
def call_off(meeting: Meeting, *, reason: str, by: UUID, at: datetime) -> Meeting:
    """End a meeting before its count.  What was announced is announced to be off; ballots that are
    in stay in the ledger, sealed, and are never opened.  Twice is once.  Refuses WrongStage."""
    meeting = alone(meeting)
    if meeting.stage == Stage.CALLED_OFF:
        return meeting
    require(meeting, *BEFORE_THE_COUNT)
    if meeting.stage in (Stage.OPEN, Stage.CLOSED):
        ledger.grow(meeting)
    meeting.stage = Stage.CALLED_OFF
    save(meeting, "stage")
    row = CalledOff.objects.create(
        compound=meeting.compound, meeting=meeting, reason=reason.strip(), by=by, at=at
    )
    if meeting.is_announced:
        publicity.announce(
            documents.called_off_notice(meeting, row),
            compound=meeting.compound,
            kind=Publicity.Kind.CALLED_OFF,
            case=meeting.number,
            days=queries.periods(meeting.compound, at, kind=meeting.kind).notice,
            rule_key="meeting.notice.days",
            by=by,
            at=at,
        )
    note("committees.call_off", meeting, by=by, at=at)
    return meeting
