"""How near is the end of a committee's term?  law.md §4.7: reminders before 届满, then 换届.

The last day belongs to the term.  The marks come from the rulebook; nothing follows from them but
a reminder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Alert(StrEnum):
    """From the most pressing to the first reminder."""

    OVER = "over"
    RED = "red"
    THIRD = "third"
    SECOND = "second"
    FIRST = "first"


@dataclass(frozen=True, slots=True)
class Mark:
    """So many days before the end, the number itself included or not (Civil Code art. 1259)."""

    days: int
    inclusive: bool

    def reached(self, left: int) -> bool:
        return left < self.days or (self.inclusive and left == self.days)


def days_left(ends_on: date, *, on: date) -> int:
    """0 on the last day, negative once the term is over."""
    return (ends_on - on).days


def alert_on(on: date, *, ends_on: date, marks: Mapping[Alert, Mark]) -> Alert | None:
    """The most pressing reminder that is due on the day, None while there is none."""
    left = days_left(ends_on, on=on)
    if left < 0:
        return Alert.OVER
    return next((one for one in Alert if one in marks and marks[one].reached(left)), None)
