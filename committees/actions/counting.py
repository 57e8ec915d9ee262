"""Open the envelopes, count, have it all recounted, and have the result announced."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from committees import documents, queries
from committees.models import AnnouncedPlan, Meeting, Opening, Result
from committees.rules import doubt, record, tally
from committees.rules.ballots import MalformedBallot, UnknownVoter
from committees.rules.findings import Fault, Finding
from committees.rules.manifest import read_manifest
from portal.publicity import actions as publicity
from portal.publicity.models import Publicity
from portal.tools.audit.actions import note
from portal.tools.chain.canonical import sha256

from . import ledger, opening
from .checking import check_by_recount, check_rows
from .refusals import RecordUnsound
from .steps import alone, require, save

Stage = Meeting.Stage


@transaction.atomic
def count_ballots(meeting: Meeting, *, by: UUID, at: datetime) -> Result:
    """Count the ballots, keep the result, and announce it.

    Refuses ChainBroken, BallotsUnopenable and RecordUnsound, and then keeps nothing: what is
    stored is checked before the ballots are opened, and the whole record recounted by the
    stand-alone program before the result is announced.
    """
    meeting = alone(meeting)
    require(meeting, Stage.CLOSED)
    ledger.grow(meeting)
    announced = check_rows(meeting)
    result, results = _count(meeting, by=by, at=at)
    check_by_recount(meeting, announced)
    _announce(meeting, result, results, announced)
    note("committees.count_ballots", meeting, by=by, at=at)
    return result


def _count(meeting: Meeting, *, by: UUID, at: datetime) -> tuple[Result, tuple[tally.Result, ...]]:
    """Open every ballot that stands, and keep openings and result."""
    openings = opening.open_all(meeting)
    _keep(meeting, openings)
    value = read_manifest(meeting.manifest.encode()).meeting
    parts = list(queries.record_parts(meeting))
    ballots = list(queries.record_ballots(meeting, openings))
    served, voided = queries.served_voters(meeting), queries.voided_seqs(meeting)
    try:
        results = tally.count(value, parts, ballots, served=served, voided=voided)
    except (UnknownVoter, MalformedBallot) as wrong:
        raise RecordUnsound((Finding(Fault.RECOUNT, {"line": str(wrong)}),)) from None
    lost = queries.voters_of_unopenable(meeting)
    changed = doubt.could_change(value, parts, ballots, unopenable=lost, served=served)
    result = Result.objects.create(
        compound=meeting.compound,
        meeting=meeting,
        counted_at=at,
        result=record.result_values(results),
        strict=record.strict_values(results),
        unopenable={"ballots": len(lost), "could_change": list(changed)} if lost else {},
        manifest_sha256=sha256(meeting.manifest.encode()),
        last_hash=queries.last_hash(meeting),
        by=by,
    )
    return result, results


def _keep(meeting: Meeting, openings: list[record.Opening]) -> None:
    Opening.objects.bulk_create(
        [
            Opening(
                compound_id=meeting.compound_id,
                meeting=meeting,
                seq=one.seq,
                choices=one.choices,
                nonce=one.nonce,
            )
            for one in openings
        ],
        batch_size=2000,
    )


def _announce(
    meeting: Meeting,
    result: Result,
    results: tuple[tally.Result, ...],
    announced: AnnouncedPlan,
) -> None:
    meeting.stage = Stage.COUNTED
    save(meeting, "stage")
    publicity.announce(
        documents.result_sheet(meeting, result, results, announced),
        compound=meeting.compound,
        kind=Publicity.Kind.RESULT,
        case=meeting.number,
        days=queries.result_days(meeting.compound, result.counted_at),
        rule_key="publicity.result.days",
        by=result.by,
        at=result.counted_at,
    )
