"""The files of `election-record/1` as bytes: ledger events, seals, parts, openings, result.

Everything here is a value in and bytes out; manifest.json is in `manifest`.  Hashes are lower-case
SHA-256 and text is in NFC, whatever the portal uses elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

from committees.rules.ballots import Part
from committees.rules.ratio import PartyShare
from committees.rules.tally import DecisionResult, ElectionResult, Result
from committees.rules.thresholds import Gate, Verdict, Weight
from portal.tools.chain.canonical import Json, canonical, instant, nfc, sha256
from portal.tools.chain.links import Entry, link

SCHEME = "sealed-1"
UNOPENABLE = "unopenable"  # the reason of a voided ballot that has no opening
_NONCE = re.compile(r"[0-9a-f]{32}")
_SEPARATORS = re.compile(r'[\s,;"]')


class EventType(StrEnum):
    OPENED = "opened"
    CLOSED = "closed"
    RESCHEDULED = "rescheduled"
    SERVED = "served"
    BALLOT = "ballot"
    VOIDED = "voided"
    REFUSED = "refused"


_BODY: dict[EventType, frozenset[str]] = {
    EventType.OPENED: frozenset(),
    EventType.CLOSED: frozenset(),
    EventType.RESCHEDULED: frozenset({"closes_at", "reason"}),
    EventType.SERVED: frozenset({"voter"}),
    EventType.BALLOT: frozenset({"voter", "channel", "scheme", "seal"}),
    EventType.VOIDED: frozenset({"seq", "reason"}),
    EventType.REFUSED: frozenset({"voter", "reason"}),
}
_DAY_ONLY = frozenset({EventType.SERVED, EventType.BALLOT, EventType.VOIDED, EventType.REFUSED})


class NotRecordable(ValueError):
    """A value that the format has no place for; `why` names it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Event:
    """A ledger event as it is stored; `at` is text, already cut to the day where it must be."""

    seq: int
    prev: str
    kind: EventType
    at: str
    body: Mapping[str, Json]
    hash: str

    @property
    def entry(self) -> Entry:
        """The event as an entry of a chain, for `links.verify`."""
        return Entry(self.seq, self.prev, _content(self.kind, self.at, self.body), self.hash)


class Opening(NamedTuple):
    """What the ballot at `seq` says, with the 32 hex digits that sealed it."""

    seq: int
    choices: Mapping[str, Sequence[int]]
    nonce: str


def seal(voter: str, choices: Mapping[str, Sequence[int]], nonce: str) -> str:
    """Return the hash that binds a ballot and shows nothing of it.

    Refuses (`NotRecordable`) a nonce that is not 32 lower-case hex digits.
    """
    return sha256(canonical({"voter": voter, "choices": _said(choices), "nonce": _nonce(nonce)}))


def event(seq: int, prev: str, kind: EventType, at: datetime, body: Mapping[str, Json]) -> Event:
    """Return the event that follows the one whose hash is `prev` (the first: the manifest's).

    `at` is cut to the UTC day where a time could name a voter.  Refuses (`NotRecordable`) a body
    with other fields than the kind has.
    """
    if body.keys() != _BODY[kind]:
        raise NotRecordable(f"a {kind} with the fields {', '.join(sorted(body)) or 'none'}")
    written = written_at(kind, at)
    return Event(seq, prev, kind, written, body, link(prev, seq, _content(kind, written, body)))


def written_at(kind: EventType, at: datetime) -> str:
    """Return the moment as an event of this kind has it."""
    return instant(_cut_to_day(at) if kind in _DAY_ONLY else at)


def parts_csv(parts: Iterable[Part]) -> Iterator[bytes]:
    """Yield the lines of parts.csv, sorted by part.

    Refuses (`NotRecordable`) a part that stands there twice, a negative area, the same scope
    twice on a part, and names that are empty or hold a separator or white space.
    """
    yield b"part,voter,area,scopes\n"
    before = ""
    for part, line in sorted(_part_line(one) for one in parts):
        if part == before:
            raise NotRecordable(f"part {part} twice")
        before = part
        yield line.encode()


def ledger_jsonl(events: Iterable[Event]) -> Iterator[bytes]:
    """Yield the lines of ledger.jsonl in the order given, which is that of the chain."""
    for one in events:
        content = _content(one.kind, one.at, one.body)
        yield canonical({**content, "seq": one.seq, "prev": one.prev, "hash": one.hash}) + b"\n"


def openings_jsonl(openings: Iterable[Opening]) -> Iterator[bytes]:
    """Yield the lines of openings.jsonl, sorted by `seq`; refuses (`NotRecordable`) one twice."""
    before = 0
    for seq, choices, nonce in sorted(openings, key=lambda opening: opening.seq):
        if seq == before:
            raise NotRecordable(f"the ballot at seq {seq} opened twice")
        before = seq
        yield canonical({"seq": seq, "choices": _said(choices), "nonce": _nonce(nonce)}) + b"\n"


def result_json(results: Iterable[Result]) -> bytes:
    """Return the bytes of result.json, without a newline."""
    return canonical(result_values(results))


def result_values(results: Iterable[Result]) -> dict[str, Json]:
    """Return exactly what result.json holds, as plain dicts, lists, numbers and text."""
    return {
        "matters": [
            _decision(one, one.verdict) if isinstance(one, DecisionResult) else _election(one)
            for one in results
        ]
    }


def strict_values(results: Iterable[Result]) -> dict[str, Json]:
    """Return the decisions as `result_values` does, but with nobody's vote moved (law.md §9.1)."""
    return {
        "matters": [
            _decision(one, one.strict) for one in results if isinstance(one, DecisionResult)
        ]
    }


def _decision(result: DecisionResult, verdict: Verdict) -> Json:
    return {
        "id": result.id,
        "eligible": _weight(result.eligible),
        "participated": _weight(verdict.participation.part),
        "options": [_weight(option) for option in result.options],
        "participation": _gate(verdict.participation),
        "agreement": _gate(verdict.agreement),
        "passed": verdict.passed,
    }


def _election(result: ElectionResult) -> Json:
    candidates: list[Json] = [
        {"id": who.id, "qualified": who.is_qualified, **_weight(who.agreement.part)}
        for who in result.candidates
    ]
    return {
        "id": result.id,
        "eligible": _weight(result.participation.of),
        "participated": _weight(result.participation.part),
        "participation": _gate(result.participation),
        "candidates": candidates,
        "elected": list(result.seating.elected),
        "alternates": list(result.seating.alternates),
        "tied": list(result.seating.tied),
        "open_seats": result.open_seats,
        "party": _party(result.party),
    }


def _party(share: PartyShare) -> Json:
    """The share; whether it meets the target is said only where there is one."""
    verdict: dict[str, Json] = {} if share.met is None else {"met": share.met}
    return {"members": share.members, "party_members": share.party_members, **verdict}


def _weight(weight: Weight) -> dict[str, Json]:
    return {"heads": weight.heads, "area": weight.area}


def _gate(gate: Gate) -> Json:
    return {"heads": gate.heads, "area": gate.area}


def _content(kind: EventType, at: str, body: Mapping[str, Json]) -> dict[str, Json]:
    return {"type": kind, "at": at, "body": body}


def _cut_to_day(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(hour=0, minute=0, second=0) if at.tzinfo else at


def _said(choices: Mapping[str, Sequence[int]]) -> Json:
    return {matter: list(choice) for matter, choice in choices.items()}


def _nonce(nonce: str) -> str:
    if not _NONCE.fullmatch(nonce):
        raise NotRecordable("a nonce that is not 32 lower-case hex digits")
    return nonce


def _part_line(part: Part) -> tuple[str, str]:
    """Return a part's sort key and its line."""
    names = [nfc(name) for name in (part.part, part.voter, *part.scopes)]
    if any(not name or _SEPARATORS.search(name) for name in names):
        raise NotRecordable(f"part {part.part} with a name that is empty or has a separator")
    if part.area < 0 or len(set(part.scopes)) < len(part.scopes):
        raise NotRecordable(f"part {part.part} with a negative area or a scope twice")
    name, voter, *scopes = names
    return name, f"{name},{voter},{part.area},{';'.join(scopes)}\n"
