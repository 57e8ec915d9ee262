"""What stands in the way of a meeting's next step, all of it.

Notice of 15 days: 物业管理条例 art. 14; publicity of candidates and the length of voting: local
practice (law.md §4.7).  The periods are values from the rulebook, which says too whether one may be
waived; a waiver is agreed to by another and published.  A step without what it needs, or before
the hour that was announced, may not be taken at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum


class Step(StrEnum):
    FREEZE = "freeze"
    PUBLISH = "publish"
    OPEN = "open"
    RESCHEDULE = "reschedule"
    CLOSE = "close"
    COUNT = "count"


class Code(StrEnum):
    NO_MATTERS = "no-matters"
    ROLL_EMPTY = "roll-empty"
    NOBODY_STANDS = "nobody-stands"
    FEWER_THAN_SEATS = "fewer-than-seats"
    NOT_CONTESTED = "not-contested"
    NOTICE_NOT_LIVE = "notice-not-live"
    NOTICE_TOO_SHORT = "notice-too-short"
    CANDIDATES_TOO_SHORT = "candidates-too-short"
    OPENS_LATER = "opens-later"
    WINDOW_TOO_SHORT = "window-too-short"
    WINDOW_TOO_LONG = "window-too-long"
    ENDS_IN_THE_PAST = "ends-in-the-past"
    ENDS_BEFORE_IT_OPENS = "ends-before-it-opens"
    CLOSES_LATER = "closes-later"


Facts = Mapping[str, int | str | date | datetime]
FIRM = frozenset(
    {
        Code.NO_MATTERS,
        Code.ROLL_EMPTY,
        Code.NOBODY_STANDS,
        Code.NOTICE_NOT_LIVE,
        Code.OPENS_LATER,
        Code.ENDS_IN_THE_PAST,
        Code.ENDS_BEFORE_IT_OPENS,
        Code.CLOSES_LATER,
    }
)


# The rule of the book that each period comes from.
RULES: Mapping[Code, str] = {
    Code.NOTICE_TOO_SHORT: "meeting.notice.days",
    Code.CANDIDATES_TOO_SHORT: "publicity.candidates.days",
    Code.WINDOW_TOO_SHORT: "voting.days.min",
    Code.WINDOW_TOO_LONG: "voting.days.max",
}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason why a step is not due; `facts` are what a sentence about it needs.  `is_firm`
    says that its rule may not be waived."""

    code: Code
    facts: Facts = field(default_factory=dict)
    is_firm: bool = False

    @property
    def may_be_waived(self) -> bool:
        return self.code not in FIRM and not self.is_firm

    @property
    def rule(self) -> str:
        """The rulebook's key of the period, "" where it is none."""
        return RULES.get(self.code, "")


@dataclass(frozen=True, slots=True)
class Periods:
    """Days, each from the rulebook; `firm` holds the keys of those that may not be waived."""

    notice: int
    candidates: int
    voting_least: int
    voting_most: int
    firm: frozenset[str] = frozenset()

    def obstacle(self, code: Code, facts: Facts) -> Obstacle:
        """A period not kept, firm where its rule may not be waived."""
        return Obstacle(code, facts, is_firm=RULES[code] in self.firm)


@dataclass(frozen=True, slots=True)
class Slate:
    """An election's standing candidates against its seats."""

    title: str
    candidates: int
    seats: int


@dataclass(frozen=True, slots=True)
class Publications:
    """When the notice and the candidate list went live; None while they have not."""

    notice_live_on: date | None
    candidates_end_at: datetime | None
    has_election: bool


def to_freeze(*, matters: int, parts: int) -> tuple[Obstacle, ...]:
    """The roll is frozen once it is known what is asked and somebody stands on it."""
    found = []
    if not matters:
        found.append(Obstacle(Code.NO_MATTERS))
    if not parts:
        found.append(Obstacle(Code.ROLL_EMPTY))
    return tuple(found)


def to_publish(slates: tuple[Slate, ...]) -> tuple[Obstacle, ...]:
    """An election needs somebody who stands; as many as seats, and more where it is contested."""
    found = []
    for slate in slates:
        facts: Facts = {"title": slate.title, "candidates": slate.candidates, "seats": slate.seats}
        if not slate.candidates:
            found.append(Obstacle(Code.NOBODY_STANDS, facts))
        elif slate.candidates < slate.seats:
            found.append(Obstacle(Code.FEWER_THAN_SEATS, facts))
        elif slate.candidates == slate.seats:
            found.append(Obstacle(Code.NOT_CONTESTED, facts))
    return tuple(found)


def to_open(
    published: Publications,
    periods: Periods,
    *,
    opens_at: datetime,
    closes_at: datetime,
    at: datetime,
) -> tuple[Obstacle, ...]:
    """Voting opens when notice and publicity have run; moments carry the compound's time zone.

    "15日前" counts calendar days, the day of the notice not among them (Civil Code art. 201).
    """
    if published.notice_live_on is None:
        return (Obstacle(Code.NOTICE_NOT_LIVE),)
    found = []
    had = (at.date() - published.notice_live_on).days
    if had < periods.notice:
        due = published.notice_live_on + timedelta(days=periods.notice)
        facts: Facts = {"days": had, "needed": periods.notice, "due_on": due}
        found.append(periods.obstacle(Code.NOTICE_TOO_SHORT, facts))
    ends_at = published.candidates_end_at
    if published.has_election and (ends_at is None or at < ends_at):
        until: Facts = {"ends_at": ends_at} if ends_at else {}
        needed: Facts = {"needed": periods.candidates, **until}
        found.append(periods.obstacle(Code.CANDIDATES_TOO_SHORT, needed))
    if at < opens_at:
        found.append(Obstacle(Code.OPENS_LATER, {"opens_at": opens_at}))
    return (*found, *_window(periods, opens_at=at, closes_at=closes_at, at=at))


def to_reschedule(
    periods: Periods, *, opens_at: datetime, closes_at: datetime, at: datetime
) -> tuple[Obstacle, ...]:
    """The end may be moved before it comes, to a moment still ahead."""
    return _window(periods, opens_at=opens_at, closes_at=closes_at, at=at)


def to_close(*, closes_at: datetime, at: datetime) -> tuple[Obstacle, ...]:
    """Voting ends at its announced or rescheduled end, never before."""
    return (Obstacle(Code.CLOSES_LATER, {"closes_at": closes_at}),) if at < closes_at else ()


def _window(
    periods: Periods, *, opens_at: datetime, closes_at: datetime, at: datetime
) -> tuple[Obstacle, ...]:
    if closes_at <= at:
        return (Obstacle(Code.ENDS_IN_THE_PAST, {"closes_at": closes_at}),)
    if closes_at <= opens_at:
        return (Obstacle(Code.ENDS_BEFORE_IT_OPENS, {"opens_at": opens_at}),)
    length = closes_at - opens_at
    if length < timedelta(days=periods.voting_least):
        short: Facts = {"needed": periods.voting_least, "closes_at": closes_at}
        return (periods.obstacle(Code.WINDOW_TOO_SHORT, short),)
    if length > timedelta(days=periods.voting_most):
        long: Facts = {"most": periods.voting_most, "closes_at": closes_at}
        return (periods.obstacle(Code.WINDOW_TOO_LONG, long),)
    return ()
