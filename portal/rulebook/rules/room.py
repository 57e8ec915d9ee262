"""What may a compound decide for itself?  law.md §0.3: stricter than the law, never laxer.

A period that protects owners may be made longer (`max(legal, own)`), a deadline shorter
(`min(legal, own)`); some numbers are free, most leave no room.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from .numbers import Number, number

SHARES = frozenset({"share", "share-of-all", "share-of-participants"})
EXACT = SHARES | {"times"}  # every other unit is counted in whole numbers
CLAUSE_LENGTH = 200
VALUE_LENGTH = 40


class Room(StrEnum):
    NONE = ""
    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    FREE = "free"


class Reason(StrEnum):
    NO_RULE = "no-rule"  # nothing of this key is in force here on that day
    NO_ROOM = "no-room"
    NOT_A_NUMBER = "not-a-number"
    NOT_WHOLE = "not-whole"
    NOT_POSSIBLE = "not-possible"  # nothing, a share above the whole, a yes that is neither
    BELOW_THE_LAW = "below-the-law"
    ABOVE_THE_LAW = "above-the-law"
    CROSSES_PARTNER = "crosses-partner"  # a least above the most, or the reverse
    NO_CLAUSE = "no-clause"
    CLAUSE_TOO_LONG = "clause-too-long"
    LATER_RULE_STANDS = "later-rule-stands"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason why a compound's own number is refused, with its facts."""

    reason: Reason
    facts: Mapping[str, int | str | date] = field(default_factory=dict)


def combined(room: Room, legal: Number, own: Number) -> Number:
    """What is in force where the law says `legal` and the compound `own`.

    A number adopted under an older, laxer law gives way by itself.
    """
    if room is Room.AT_LEAST:
        return max(legal, own)
    if room is Room.AT_MOST:
        return min(legal, own)
    return own if room is Room.FREE else legal


def possible(unit: str, value: Number) -> bool:
    """Whether a number can be one of its unit at all."""
    if unit == "yes":
        return value in (0, 1)
    return 0 < value <= 1 if unit in SHARES else value > 0


def to_set(unit: str, room: Room, legal: Number, own: str) -> tuple[Obstacle, ...]:
    """Every reason against the number `own`, as text, where the law says `legal`."""
    if room is Room.NONE:
        return (Obstacle(Reason.NO_ROOM),)
    try:
        value = number(own if len(own) <= VALUE_LENGTH else "")
    except ValueError:
        return (Obstacle(Reason.NOT_A_NUMBER),)
    found = []
    if unit not in EXACT and value.denominator != 1:
        found.append(Obstacle(Reason.NOT_WHOLE))
    if not possible(unit, value):
        found.append(Obstacle(Reason.NOT_POSSIBLE))
    if room is Room.AT_LEAST and value < legal:
        found.append(Obstacle(Reason.BELOW_THE_LAW, {"legal": str(legal)}))
    if room is Room.AT_MOST and value > legal:
        found.append(Obstacle(Reason.ABOVE_THE_LAW, {"legal": str(legal)}))
    return tuple(found)


def clause_obstacles(clause: str) -> tuple[Obstacle, ...]:
    """A number of its own stands in a clause that the owners adopted."""
    if not clause:
        return (Obstacle(Reason.NO_CLAUSE),)
    if len(clause) > CLAUSE_LENGTH:
        return (Obstacle(Reason.CLAUSE_TOO_LONG, {"most": CLAUSE_LENGTH}),)
    return ()


def partner_of(key: str) -> str:
    """The other end of a range, `….max` of `….min` and the reverse; "" of other keys."""
    stem, _, end = key.rpartition(".")
    other = {"min": "max", "max": "min"}.get(end)
    return f"{stem}.{other}" if stem and other else ""


def crosses(key: str, own: Number, partner: Number) -> bool:
    """Whether `own` as one end of a range passes the other end."""
    return own > partner if key.endswith(".min") else own < partner
