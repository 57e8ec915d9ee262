"""A hash chain: each entry's hash covers the one before it, so that none can be changed unseen.

A chain alone does not show that its newest entries were cut off or that all of it was written
anew; that is what checkpoints kept elsewhere are for (see `checkpoints`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from portal.tools.chain.canonical import Json, NotCanonical, canonical, sha256

_OWN_FIELDS = frozenset({"seq", "prev", "hash"})


class Entry(NamedTuple):
    """One entry as it was stored: its number, the hash before it, its content, its own hash."""

    seq: int
    prev: str
    content: Mapping[str, Json]
    hash: str


class Fault(StrEnum):
    NUMBER = "number"  # numbers do not count 1, 2, 3 …
    PREVIOUS = "previous"  # `prev` is not the hash of the entry before
    CONTENT = "content"  # the hash is not that of the content
    CHECKPOINT = "checkpoint"  # another hash than the one once attested for this number
    MISSING = "missing"  # the chain ends before a number that was attested


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain does not hold; `seq` is what the number should have been."""

    seq: int
    fault: Fault


def link(prev: str, seq: int, content: Mapping[str, Json]) -> str:
    """Return the hash of the canonical JSON of `content` with its `seq` and `prev`.

    Refuses (`NotCanonical`) content that has no canonical form, or has a field of the chain's own.
    """
    taken = _OWN_FIELDS & content.keys()
    if taken:
        raise NotCanonical(f"content with a field of the chain: {', '.join(sorted(taken))}")
    return sha256(canonical({**content, "seq": seq, "prev": prev}))


def verify(
    entries: Iterable[Entry], *, start: str, attested: Mapping[int, str] | None = None
) -> Break | None:
    """Return the first break in a chain read in its order from number 1, or None if it holds.

    `start` is the `prev` of the first entry; `attested` maps numbers to the hashes that
    checkpoints recorded for them.  Reads one entry at a time.
    """
    known = attested or {}
    prev, expected = start, 1
    for entry in entries:
        fault = _fault_of(entry, prev=prev, expected=expected, attested=known.get(expected))
        if fault:
            return Break(expected, fault)
        prev, expected = entry.hash, expected + 1
    return Break(expected, Fault.MISSING) if max(known, default=0) >= expected else None


def _fault_of(entry: Entry, *, prev: str, expected: int, attested: str | None) -> Fault | None:
    if entry.seq != expected:
        return Fault.NUMBER
    if entry.prev != prev:
        return Fault.PREVIOUS
    try:
        recomputed = link(prev, expected, entry.content)
    except NotCanonical:
        return Fault.CONTENT
    if entry.hash != recomputed:
        return Fault.CONTENT
    return Fault.CHECKPOINT if attested not in (None, entry.hash) else None
