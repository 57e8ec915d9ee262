"""Open the envelopes, count, and have the result announced."""

import json
from datetime import datetime
from uuid import UUID

from django.db import transaction

from committees import documents, queries
from committees.models import Ballot, LedgerEvent, Meeting, Opening, Result
from committees.rules import record, tally
from committees.rules.manifest import read_manifest
from portal.publicity import actions as publicity
from portal.publicity.models import Publicity
from portal.tools.audit.actions import note
from portal.tools.chain.canonical import sha256
from portal.tools.chain.links import verify
from portal.tools.privacy import envelope

from . import ledger
from .keys import private_key
from .refusals import ChainBroken, SealBroken
from .steps import alone, require, save

Stage = Meeting.Stage


@transaction.atomic
def count_ballots(meeting: Meeting, *, by: UUID, at: datetime) -> Result:
    """Count the ballots, keep the result, and announce it.  Refuses ChainBroken and SealBroken."""
    meeting = alone(meeting)
    require(meeting, Stage.CLOSED)
    ledger.grow(meeting)
    _check_chain(meeting)
    openings = _open_envelopes(meeting)
    results = tally.count(
        read_manifest(meeting.manifest.encode()).meeting,
        queries.record_parts(meeting),
        queries.record_ballots(meeting, openings),
        served=queries.served_voters(meeting),
        voided=queries.voided_seqs(meeting),
    )
    result = Result.objects.create(
        compound=meeting.compound,
        meeting=meeting,
        counted_at=at,
        result=record.result_values(results),
        strict=record.strict_values(results),
        manifest_sha256=sha256(meeting.manifest.encode()),
        last_hash=queries.last_hash(meeting),
        by=by,
    )
    meeting.stage = Stage.COUNTED
    save(meeting, "stage")
    publicity.announce(
        documents.result_sheet(meeting, result, results),
        compound=meeting.compound,
        kind=Publicity.Kind.RESULT,
        case=meeting.number,
        days=queries.result_days(meeting.compound, at),
        rule_key="publicity.result.days",
        by=by,
        at=at,
    )
    note("committees.count_ballots", meeting, by=by, at=at)
    return result


def _check_chain(meeting: Meeting) -> None:
    events = (event.entry for event in queries.record_events(meeting))
    broken = verify(events, start=sha256(meeting.manifest.encode()))
    if broken is not None:
        raise ChainBroken(broken.seq)


def _open_envelopes(meeting: Meeting) -> list[record.Opening]:
    """Open every ballot that was not voided, and hold it against its seal."""
    seqs = dict(
        LedgerEvent.objects.filter(
            compound_id=meeting.compound_id, meeting=meeting, type=record.EventType.BALLOT
        ).values_list("source", "seq")
    )
    cast = Ballot.objects.filter(
        compound_id=meeting.compound_id, meeting=meeting, voided__isnull=True
    ).values_list("pk", "voter__pseudonym", "seal", "envelope")
    openings = []
    for pk, voter, seal, closed in cast.iterator(chunk_size=5000):
        seq = seqs[pk]
        said = _open(meeting, bytes(closed), voter=voter, seq=seq)
        if record.seal(voter, said["choices"], said["nonce"]) != seal:
            raise SealBroken(seq)
        openings.append(record.Opening(seq, said["choices"], said["nonce"]))
    Opening.objects.bulk_create(
        [
            Opening(
                compound_id=meeting.compound_id,
                meeting=meeting,
                seq=opening.seq,
                choices=opening.choices,
                nonce=opening.nonce,
            )
            for opening in sorted(openings, key=lambda opening: opening.seq)
        ],
        batch_size=2000,
    )
    return openings


def _open(meeting: Meeting, closed: bytes, *, voter: str, seq: int) -> dict:  # type: ignore[type-arg]
    try:
        plain = envelope.open_(
            closed, private=private_key(meeting) or "", place=f"{meeting.pk}:{voter}"
        )
    except envelope.EnvelopeSpoilt:
        raise SealBroken(seq) from None
    said: dict[str, object] = json.loads(plain)
    return said
