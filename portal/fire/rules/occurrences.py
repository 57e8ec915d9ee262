"""What is due, done, late or missed of a duty that comes round.  law.md §6.10.

A period by months is the calendar's: 每月 is each month, three months each quarter; fifteen days
is half a month, seven a week from Monday.  Each such window asks for one check.  A window that
ended without one is missed and stays missed: a check in the next window makes it up late, and
does not heal it.
"""

from __future__ import annotations

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

DAY = timedelta(days=1)
WEEK, HALF_MONTH = 7, 15
YEAR = 12


class Returning(Protocol):
    """What comes round: of any day the window in which it lies."""

    def window(self, day: date, *, start: date) -> Window: ...


class State(StrEnum):
    DONE = "done"
    LATE = "late"  # nothing in its window, made up in the next
    MISSED = "missed"
    DUE = "due"  # its window runs and nothing is done yet
    OVERDUE = "overdue"  # its window runs, and the one before passed without a check


@dataclass(frozen=True, slots=True)
class Period:
    """How often: every `days`, or every `months`; one of the two is 0."""

    days: int = 0
    months: int = 0

    @classmethod
    def of(cls, number: int, unit: str) -> Period:
        """The period of a rule: its number and unit (days, months or years)."""
        if unit == "days":
            return cls(days=number)
        return cls(months=number * (YEAR if unit == "years" else 1))

    def window(self, day: date, *, start: date) -> Window:
        """The window in which `day` lies; `start` counts only where the calendar has no such."""
        if self.months:
            return self._months(day)
        if self.days == HALF_MONTH:
            last = monthrange(day.year, day.month)[1]
            first, end = (1, HALF_MONTH) if day.day <= HALF_MONTH else (HALF_MONTH + 1, last)
            return Window(day.replace(day=first), day.replace(day=end))
        if self.days == WEEK:
            monday = day - day.weekday() * DAY
            return Window(monday, monday + 6 * DAY)
        first_day = start + (day - start).days // self.days * self.days * DAY
        return Window(first_day, first_day + (self.days - 1) * DAY)

    def _months(self, day: date) -> Window:
        first = (day.year * YEAR + day.month - 1) // self.months * self.months
        last = first + self.months - 1
        year, month0 = divmod(last, YEAR)
        return Window(
            date(first // YEAR, first % YEAR + 1, 1),
            date(year, month0 + 1, monthrange(year, month0 + 1)[1]),
        )


@dataclass(frozen=True, slots=True)
class Window:
    """One due occurrence: any day from `first_on` to `last_on`."""

    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A window and what became of it; `done_on` is the check's day, of a late one too.  An overdue
    one has the window that `passed` without a check before it."""

    window: Window
    state: State
    done_on: date | None = None
    passed: Window | None = None

    @property
    def asked_for(self) -> Window:
        """The days in which the check was to be made: of an overdue one, those that passed."""
        return self.passed or self.window

    @property
    def is_missed(self) -> bool:
        """Made up late is missed all the same."""
        return self.state in {State.MISSED, State.LATE}


def windows(period: Returning, *, start: date, first_on: date, last_on: date) -> Iterator[Window]:
    """Every window since `start` that ends not before `first_on` and begins by `last_on`."""
    window = period.window(max(start, first_on), start=start)
    while window.first_on <= last_on:
        yield window
        window = period.window(window.last_on + DAY, start=start)


def occurrences(
    period: Returning, *, start: date, days: Sequence[date], first_on: date, on: date
) -> list[Occurrence]:
    """The occurrences from `first_on` as they stood at the end of `on`; `days` are the checks'
    days, sorted."""
    if on < start:
        return []
    known = days[: bisect_left(days, on + DAY)]
    return [
        _occurrence(window, period, start=start, days=known, on=on)
        for window in windows(period, start=start, first_on=first_on, last_on=on)
    ]


def standing(
    period: Returning, *, start: date, days: Sequence[date], on: date
) -> Occurrence | None:
    """The occurrence whose window runs on `on`: done, due or overdue; None before `start`."""
    return next(iter(occurrences(period, start=start, days=days, first_on=on, on=on)), None)


def count_on_time(found: Iterable[Occurrence], *, first_on: date, last_on: date) -> tuple[int, int]:
    """How many occurrences ending in these days were done in time, and how many there were."""
    ended = [one for one in found if first_on <= one.window.last_on <= last_on]
    return sum(one.state is State.DONE for one in ended), len(ended)


def _occurrence(
    window: Window, period: Returning, *, start: date, days: Sequence[date], on: date
) -> Occurrence:
    done_on = _first_within(days, window)
    if done_on:
        return Occurrence(window, State.DONE, done_on)
    if window.last_on < on:
        following = period.window(window.last_on + DAY, start=start)
        late_on = _first_within(days, following)
        return Occurrence(window, State.LATE if late_on else State.MISSED, late_on)
    day_before = window.first_on - DAY
    if day_before >= start:
        before = period.window(day_before, start=start)
        if not _first_within(days, before):
            return Occurrence(window, State.OVERDUE, passed=before)
    return Occurrence(window, State.DUE)


def _first_within(days: Sequence[date], window: Window) -> date | None:
    place = bisect_left(days, window.first_on)
    found = days[place] if place < len(days) else None
    return found if found and found <= window.last_on else None
