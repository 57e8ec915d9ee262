"""When does a period end?  Civil Code arts 200-204, read with art. 1259.

Days are calendar days unless a rule says 工作日.  The day of the event is not counted, the next
day is day 1 (art. 201).  A period by months or years ends on the same day of its last month, or on
that month's last day where there is none (art. 202).  A period whose last day is a day of rest
ends on the first working day after it (art. 203), at 24:00.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from portal.tools.timekeeping.holidays import PUBLISHED, Calendar, DayKind

_ONE_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class UnknownYear:
    """The answer depends on a year whose holidays are not published; never before `not_before`."""

    year: int
    not_before: date


def roll_forward(day: date, *, calendar: Calendar = PUBLISHED) -> date | UnknownYear:
    """Return the first working day that is not before `day`: a period's last day by art. 203."""
    while not (kind := calendar.kind_of(day)).is_worked:
        if kind is DayKind.UNKNOWN:
            return UnknownYear(day.year, day)
        day += _ONE_DAY
    return day


def within_days(event: date, days: int, *, calendar: Calendar = PUBLISHED) -> date | UnknownYear:
    """Return the last day for what is due `days`日内 of `event` (at least one day)."""
    return roll_forward(event + timedelta(_at_least_one(days)), calendar=calendar)


def days_before(event: date, days: int) -> date:
    """Return the last day for what is due `days`日前 of `event` (at least one day).

    Counted back: the day before the event is day 1.  It is not moved off a day of rest, since
    moving it forward would shorten the time that the law gives those who are notified.
    """
    return event - timedelta(_at_least_one(days))


def within_working_days(
    event: date, days: int, *, calendar: Calendar = PUBLISHED
) -> date | UnknownYear:
    """Return the `days`-th working day after `event`: the last day for `days`个工作日内."""
    day = event
    for _ in range(_at_least_one(days)):
        found = roll_forward(day + _ONE_DAY, calendar=calendar)
        if isinstance(found, UnknownYear):
            return found
        day = found
    return day


def count_working_days(
    event: date, through: date, *, calendar: Calendar = PUBLISHED
) -> int | UnknownYear:
    """Count the working days after `event` up to and with `through`; 0 where it is not later."""
    worked = 0
    for ahead in range(1, (through - event).days + 1):
        day = event + timedelta(ahead)
        kind = calendar.kind_of(day)
        if kind is DayKind.UNKNOWN:
            return UnknownYear(day.year, day)
        worked += kind.is_worked
    return worked


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later (earlier if negative), or that month's last day."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


def add_years(day: date, years: int) -> date:
    """Return the same day `years` later; 2020-02-29 and six years are 2026-02-28."""
    return add_months(day, 12 * years)


def _at_least_one(days: int) -> int:
    if days < 1:
        raise ValueError(f"a period of {days} days")
    return days
