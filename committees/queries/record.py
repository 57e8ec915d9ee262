"""The meeting's record: parts, events, ballots and openings as rules and format take them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from committees.models import (
    Ballot,
    LedgerEvent,
    Meeting,
    Opening,
    Refused,
    Rescheduled,
    Result,
    Served,
    Voided,
    VoterPart,
)
from committees.models.marks import Marked
from committees.rules import ballots, record
from committees.rules.record import UNOPENABLE, EventType
from portal.tools.chain.canonical import canonical, instant

from .announced import moves_of

seq_of = attrgetter("seq")
Told = tuple[EventType, datetime, dict[str, Any], UUID]


def record_parts(meeting: Meeting) -> Iterator[ballots.Part]:
    rows = VoterPart.objects.filter(compound_id=meeting.compound_id, meeting=meeting).values_list(
        "pseudonym", "voter__pseudonym", "area", "scopes"
    )
    for part, voter, area, scopes in rows.iterator(chunk_size=5000):
        yield ballots.Part(part, voter, area, tuple(scopes))


def parts_csv_bytes(meeting: Meeting) -> bytes:
    return b"".join(record.parts_csv(record_parts(meeting)))


def record_events(meeting: Meeting) -> Iterator[record.Event]:
    rows = LedgerEvent.objects.filter(compound_id=meeting.compound_id, meeting=meeting).order_by(
        "seq"
    )
    for row in rows.iterator(chunk_size=5000):
        yield record.Event(row.seq, row.prev, EventType(row.type), row.at, row.body, row.hash)


def last_hash(meeting: Meeting) -> str:
    return (
        LedgerEvent.objects.filter(compound_id=meeting.compound_id, meeting=meeting)
        .order_by("-seq")
        .values_list("hash", flat=True)[0]
    )


def record_ballots(
    meeting: Meeting, openings: Iterable[record.Opening]
) -> Iterator[ballots.Ballot]:
    """The opened ballots with voter and channel as the ledger has them."""
    told = dict(
        LedgerEvent.objects.filter(
            compound_id=meeting.compound_id, meeting=meeting, type=EventType.BALLOT
        ).values_list("seq", "body")
    )
    for seq, choices, _nonce in openings:
        yield ballots.Ballot(seq, told[seq]["voter"], told[seq]["channel"], choices)


def served_voters(meeting: Meeting) -> set[str]:
    return {
        body["voter"]
        for body in LedgerEvent.objects.filter(
            compound_id=meeting.compound_id, meeting=meeting, type=EventType.SERVED
        ).values_list("body", flat=True)
    }


def ballot_seqs(meeting: Meeting) -> dict[UUID, int]:
    """The number in the ledger of every ballot, by the ballot's key."""
    rows = LedgerEvent.objects.filter(
        compound_id=meeting.compound_id, meeting=meeting, type=EventType.BALLOT
    )
    return {source: seq for source, seq in rows.values_list("source", "seq") if source}


def voters_of_unopenable(meeting: Meeting) -> list[str]:
    """Whose ballots were voided because they do not open, a ballot each."""
    gone = voided_seqs(meeting, reason=UNOPENABLE)
    rows = LedgerEvent.objects.filter(
        compound_id=meeting.compound_id, meeting=meeting, type=EventType.BALLOT, seq__in=gone
    )
    return [body["voter"] for body in rows.order_by("seq").values_list("body", flat=True)]


def voided_seqs(meeting: Meeting, *, reason: str | None = None) -> set[int]:
    """The numbers of the ballots that were voided, for `reason` alone where one is given."""
    return {
        body["seq"]
        for body in LedgerEvent.objects.filter(
            compound_id=meeting.compound_id, meeting=meeting, type=EventType.VOIDED
        ).values_list("body", flat=True)
        if reason in (None, body["reason"])
    }


def untold_first(meeting: Meeting) -> list[Told]:
    """Served, ballots and refusals that the ledger does not tell of yet, in the order of keys;
    3 queries, however long the ledger is."""
    found = [told for _row, told in _by_voters(meeting, Q(~Exists(_telling(meeting))))]
    return sorted(found, key=lambda one: one[3])


def every_row(meeting: Meeting) -> Iterator[tuple[Marked, Told]]:
    """Every row that the ledger tells of, with what it must tell; a voiding whose ballot it does
    not tell of names the ballot 0."""
    yield from _by_voters(meeting, Q())
    for move in moves_of(meeting):
        yield move, told_move(move)
    for voided in _voidings(meeting):
        body = {"seq": seq_of(voided) or 0, "reason": voided.reason}
        yield voided, (EventType.VOIDED, voided.at, body, voided.pk)


def _by_voters(meeting: Meeting, which: Q) -> Iterator[tuple[Marked, Told]]:
    """What voters were served, cast and tried in vain."""
    here = {"compound_id": meeting.compound_id, "meeting": meeting}
    for served in Served.objects.filter(which, **here).select_related("voter"):
        body: dict[str, Any] = {"voter": served.voter.pseudonym}
        yield served, (EventType.SERVED, served.at, body, served.pk)
    for ballot in Ballot.objects.filter(which, **here).select_related("voter").defer("envelope"):
        body = {
            "voter": ballot.voter.pseudonym,
            "channel": ballot.channel,
            "scheme": record.SCHEME,
            "seal": ballot.seal,
        }
        yield ballot, (EventType.BALLOT, ballot.received_at, body, ballot.pk)
    for refused in Refused.objects.filter(which, **here).select_related("voter"):
        body = {"voter": refused.voter.pseudonym, "reason": refused.reason}
        yield refused, (EventType.REFUSED, refused.at, body, refused.pk)


def told_moves(meeting: Meeting) -> list[Told]:
    """The moves of the meeting's end, as the ledger tells of them, in their order."""
    return [told_move(one) for one in moves_of(meeting)]


def told_move(one: Rescheduled) -> Told:
    body = {"closes_at": instant(one.closes_at), "reason": one.reason}
    return EventType.RESCHEDULED, one.at, body, one.pk


def untold_voidings(meeting: Meeting) -> list[Told]:
    """Voidings not told yet, whose ballots the ledger tells of; 1 query."""
    rows = _voidings(meeting).filter(~Exists(_telling(meeting))).order_by("pk")
    return [
        (EventType.VOIDED, one.at, {"seq": seq_of(one), "reason": one.reason}, one.pk)
        for one in rows
        if seq_of(one) is not None
    ]


def _voidings(meeting: Meeting) -> QuerySet[Voided]:
    """The voidings, each with the number of its ballot in the ledger."""
    seq = Subquery(_telling(meeting, of="ballot_id").values("seq"))
    rows = Voided.objects.filter(compound_id=meeting.compound_id, meeting=meeting)
    return rows.annotate(seq=seq)


def _telling(meeting: Meeting, *, of: str = "pk") -> QuerySet[LedgerEvent]:
    """The event that tells of a row, for a subquery; `of` names the row's key."""
    return LedgerEvent.objects.filter(
        compound_id=meeting.compound_id, meeting=meeting, source=OuterRef(of)
    )


def record_files(meeting: Meeting) -> dict[str, Iterable[bytes]]:
    """The five files of election-record/1, each as pieces of bytes; the meeting is counted."""
    result = Result.objects.get(compound_id=meeting.compound_id, meeting=meeting)
    openings = (
        record.Opening(seq, choices, nonce)
        for seq, choices, nonce in Opening.objects.filter(
            compound_id=meeting.compound_id, meeting=meeting
        )
        .order_by("seq")
        .values_list("seq", "choices", "nonce")
        .iterator(chunk_size=5000)
    )
    return {
        "manifest.json": [meeting.manifest.encode()],
        "parts.csv": record.parts_csv(record_parts(meeting)),
        "ledger.jsonl": record.ledger_jsonl(record_events(meeting)),
        "openings.jsonl": record.openings_jsonl(openings),
        "result.json": [canonical(result.result)],
    }
