"""The meeting's ledger: grown in the background from what was accepted, one chain, no gaps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from committees import queries
from committees.models import LedgerEvent, Meeting, Turnout
from committees.rules import record
from portal.tools.chain.canonical import sha256

from .steps import beside_voters


@dataclass(frozen=True, slots=True)
class Entry:
    """An event to be written; `source` is the row it tells of."""

    kind: record.EventType
    at: datetime
    body: dict[str, Any]
    source: UUID | None = None


def append(meeting: Meeting, entries: Iterable[Entry]) -> None:
    """Chain `entries` to the meeting's ledger; the caller holds the meeting's row."""
    last = (
        LedgerEvent.objects.filter(compound_id=meeting.compound_id, meeting=meeting)
        .order_by("-seq")
        .first()
    )
    seq = last.seq if last else 0
    prev = last.hash if last else sha256(meeting.manifest.encode())
    rows = []
    for entry in entries:
        seq += 1
        event = record.event(seq, prev, entry.kind, entry.at, entry.body)
        prev = event.hash
        rows.append(
            LedgerEvent(
                compound_id=meeting.compound_id,
                meeting=meeting,
                seq=seq,
                prev=event.prev,
                type=event.kind.value,
                at=event.at,
                body=dict(event.body),
                hash=event.hash,
                source=entry.source,
            )
        )
    LedgerEvent.objects.bulk_create(rows, batch_size=2000)


def grow(meeting: Meeting) -> None:
    """Chain every row that the ledger does not tell of yet; the caller holds the meeting's row.

    Where nothing came, nothing is read but that nothing came.
    """
    first = [Entry(*told) for told in queries.untold_first(meeting)]
    if first:
        append(meeting, first)
    voidings = [Entry(*told) for told in queries.untold_voidings(meeting)]
    if voidings:
        append(meeting, voidings)
    if first or voidings:
        _update_turnout(meeting)


@transaction.atomic
def grow_ledger(meeting: Meeting) -> None:
    """The background sequencer's step for one meeting; voters go on voting meanwhile.

    A meeting whose row another step holds (the count, the close) is left for the next turn: that
    step grows the ledger itself.  Once counted the ledger stands: its last hash is posted with
    the result.
    """
    free = beside_voters(meeting)
    if free is not None and free.stage in (Meeting.Stage.OPEN, Meeting.Stage.CLOSED):
        grow(free)


def _update_turnout(meeting: Meeting) -> None:
    rows = Turnout.objects.filter(compound_id=meeting.compound_id, meeting=meeting)
    turned_out = queries.turned_out(meeting)
    changed = []
    for row in rows:
        weight = turned_out.get(row.scope)
        heads, area = (weight.heads, weight.area) if weight else (0, 0)
        if (row.heads, row.area) != (heads, area):
            row.heads, row.area = heads, area
            changed.append(row)
    Turnout.objects.bulk_update(changed, ["heads", "area"])
