"""Where does a publicity (公示) stand?  Civil Code arts 201 and 203, by portal.tools.timekeeping.

The clock starts when the notice is live, not when it was announced: until readers can see the
text, no day of theirs has run.  The day it went live is not counted, the last ends at 24:00.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from portal.tools.timekeeping.publicity_clock import PublicityClock, Reading


class Phase(StrEnum):
    ANNOUNCED = "announced"  # frozen and hashed, but the notice is not live yet
    RUNNING = "running"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a publicity, both included; `ends_at` is 24:00 of the last."""

    first_on: date
    last_on: date
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class State:
    """A publicity at one moment: its phase, the clock's reading, and its days once they are known.

    `span` is None while nothing has started; the reading then stands before day 1.
    """

    phase: Phase
    reading: Reading
    span: Span | None

    @property
    def is_running(self) -> bool:
        return self.phase is Phase.RUNNING

    @property
    def is_over(self) -> bool:
        return self.phase is Phase.OVER


def span_of(live_at: datetime, days: int) -> Span:
    """The days of a publicity that went live at `live_at` (with its zone) for `days` days."""
    clock = PublicityClock(live_at, days)
    return Span(clock.first_on, clock.last_on, clock.ends_at)


def state_at(now: datetime, *, live_at: datetime | None, days: int) -> State:
    """Read the clock at `now`; `live_at` is None while the notice is not live."""
    if live_at is None or now < live_at:
        return State(Phase.ANNOUNCED, Reading(0, days, days, is_over=False), None)
    reading = PublicityClock(live_at, days).read(now)
    phase = Phase.OVER if reading.is_over else Phase.RUNNING
    return State(phase, reading, span_of(live_at, days))
