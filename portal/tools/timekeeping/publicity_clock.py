"""How far has a publicity (公示) run?  Civil Code arts 201 and 203: day 1 is the day after posting,
and the last day ends at 24:00, by the clock of the place.

The length is a least time for the readers, not a time limit for an act, so that the last day is
not moved when it is a day of rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")


def local_day(at: datetime) -> date:
    """Return the calendar day of a moment in China; refuses a naive datetime."""
    if at.utcoffset() is None:
        raise ValueError("a moment without a time zone")
    return at.astimezone(LOCAL).date()


@dataclass(frozen=True, slots=True)
class Reading:
    """The clock at one moment: day `day` of `of`, with `days_left` whole days after today.

    `day` is 0 on the day of posting and before it.  On the last day `days_left` is 0 while
    `is_over` is still false; it turns true at 24:00, and the numbers then stand still.
    """

    day: int
    of: int
    days_left: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class PublicityClock:
    """A publicity posted at `posted_at` (with its time zone) for `days` days (at least one)."""

    posted_at: datetime
    days: int

    def __post_init__(self) -> None:
        local_day(self.posted_at)
        if self.days < 1:
            raise ValueError(f"a publicity of {self.days} days")

    @property
    def first_on(self) -> date:
        """Day 1."""
        return local_day(self.posted_at) + timedelta(1)

    @property
    def last_on(self) -> date:
        """The last day, on which objections are still in time."""
        return local_day(self.posted_at) + timedelta(self.days)

    @property
    def ends_at(self) -> datetime:
        """24:00 of the last day, written as 00:00 local time of the next; the first moment over."""
        return datetime.combine(self.last_on + timedelta(1), time(), tzinfo=LOCAL)

    def read(self, now: datetime) -> Reading:
        """Read the clock at `now`, a moment with a time zone."""
        elapsed = (local_day(now) - local_day(self.posted_at)).days
        day = min(max(elapsed, 0), self.days)
        return Reading(day, self.days, self.days - day, now >= self.ends_at)
