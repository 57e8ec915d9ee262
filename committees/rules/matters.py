"""What a meeting asks and by which rules it counts: the values of `election-record/1`'s manifest.

Every bar, number of seats and way out of a tie is a value that the rulebook and the meeting's own
rules (议事规则) supply; the names of the choices among them stand here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from committees.rules.thresholds import Bar, Measure

AGREE, ABSTAIN, FOLLOW = "agree", "abstain", "follow"


class BarName(StrEnum):
    ORDINARY = "ordinary"
    SPECIAL = "special"


class Duplicate(StrEnum):
    """Which ballot of a voter counts; a channel means its first, else the first of any."""

    FIRST = "first"
    LAST = "last"
    ONLINE = "online"
    PAPER = "paper"


class Deemed(StrEnum):
    """Whether those who were served and cast nothing take part and follow the majority."""

    NONE = "none"
    FOLLOW = "follow"


class Tie(StrEnum):
    RUNOFF = "runoff"
    LOT = "lot"


class NotCountable(ValueError):
    """A meeting that cannot be counted as it is asked; `reasons` are all of them, as facts."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Rules:
    participation: Bar
    ordinary: Bar
    special: Bar
    duplicate: Duplicate
    deemed: Deemed
    rank_by: tuple[Measure, ...]  # one or both, the first decides first
    tie: Tie
    lot_seed: str
    party_target: Bar | None  # None where the place has no target

    def bar(self, name: BarName) -> Bar:
        return self.special if name is BarName.SPECIAL else self.ordinary


@dataclass(frozen=True, slots=True)
class Decision:
    """A question; `options` begin with `agree`; `deemed` of None means the meeting's own."""

    id: str
    title: str
    bar: BarName
    scope: str
    options: tuple[str, ...]
    deemed: Deemed | None = None

    @property
    def width(self) -> int:
        return len(self.options)


@dataclass(frozen=True, slots=True)
class Candidate:
    id: str
    name: str
    party_member: bool


@dataclass(frozen=True, slots=True)
class Election:
    id: str
    title: str
    bar: BarName
    scope: str
    seats: int
    alternates: int
    max_choices: int
    candidates: tuple[Candidate, ...]

    @property
    def width(self) -> int:
        return len(self.candidates)


Matter = Decision | Election


@dataclass(frozen=True, slots=True)
class Meeting:
    """Refuses (`NotCountable`) rules and matters to which the counting gives no clear answer."""

    rules: Rules
    matters: tuple[Matter, ...]

    def __post_init__(self) -> None:
        reasons = tuple(_obstacles(self))
        if reasons:
            raise NotCountable(reasons)


def _obstacles(meeting: Meeting) -> Iterator[str]:
    rank_by = meeting.rules.rank_by
    if not rank_by or len(set(rank_by)) < len(rank_by):
        yield "rank_by is not one or both measures"
    if len({matter.id for matter in meeting.matters}) < len(meeting.matters):
        yield "two matters share an id"
    for matter in meeting.matters:
        if isinstance(matter, Decision):
            yield from _obstacles_to_decision(matter)
        else:
            yield from _obstacles_to_election(matter)


def _obstacles_to_decision(decision: Decision) -> Iterator[str]:
    if decision.options[:1] != (AGREE,):
        yield f"the options of {decision.id} do not begin with {AGREE}"
    if len(set(decision.options)) < len(decision.options):
        yield f"an option of {decision.id} stands there twice"


def _obstacles_to_election(election: Election) -> Iterator[str]:
    if len({candidate.id for candidate in election.candidates}) < len(election.candidates):
        yield f"two candidates of {election.id} share an id"
    if election.seats < 1 or election.alternates < 0 or election.max_choices < 1:
        yield f"{election.id} has no seat, no choice, or fewer than no alternates"
