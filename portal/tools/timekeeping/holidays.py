"""Which days are worked, by the yearly notices of the State Council's General Office.

Holidays include the weekend days the notices count into them; make-up workdays (调休上班) are
Saturdays and Sundays that are worked.  A year without a notice is unknown, never guessed: each
November brings the next one, and its table is added here or passed in by the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_SATURDAY = 5


class DayKind(StrEnum):
    WORKDAY = "workday"
    MAKE_UP_WORKDAY = "make-up-workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    UNKNOWN = "unknown"  # no notice for this year is at hand

    @property
    def is_worked(self) -> bool:
        return self in (DayKind.WORKDAY, DayKind.MAKE_UP_WORKDAY)


@dataclass(frozen=True, slots=True)
class YearTable:
    """What one notice (`source`) says of one year."""

    year: int
    source: str
    holidays: frozenset[date]
    make_up_workdays: frozenset[date]


class Calendar:
    """The tables at hand, asked day by day."""

    def __init__(self, tables: Iterable[YearTable]) -> None:
        tables = tuple(tables)
        self.years = frozenset(table.year for table in tables)
        # A notice may reach into the year before or after its own, so days are looked up in all.
        self._holidays = frozenset().union(*(table.holidays for table in tables))
        self._make_up = frozenset().union(*(table.make_up_workdays for table in tables))

    def kind_of(self, day: date) -> DayKind:
        """Say what `day` is; `DayKind.UNKNOWN` where no notice covers its year."""
        if day in self._holidays:
            return DayKind.HOLIDAY
        if day in self._make_up:
            return DayKind.MAKE_UP_WORKDAY
        if day.year not in self.years:
            return DayKind.UNKNOWN
        return DayKind.WEEKEND if day.weekday() >= _SATURDAY else DayKind.WORKDAY


def _days(year: int, spans: str) -> Iterator[date]:
    """Read days such as `1.1 2.10-2.17` (month.day, spans inclusive)."""
    for span in spans.split():
        ends = [date(year, *map(int, end.split("."))) for end in span.split("-")]
        for ahead in range((ends[-1] - ends[0]).days + 1):
            yield ends[0] + timedelta(ahead)


def _table(year: int, source: str, *, holidays: str, make_up: str) -> YearTable:
    return YearTable(
        year, source, frozenset(_days(year, holidays)), frozenset(_days(year, make_up))
    )


PUBLISHED = Calendar(
    (
        _table(
            2024,
            "国办发明电〔2023〕7号",
            holidays="1.1 2.10-2.17 4.4-4.6 5.1-5.5 6.10 9.15-9.17 10.1-10.7",
            make_up="2.4 2.18 4.7 4.28 5.11 9.14 9.29 10.12",
        ),
        _table(
            2025,
            "国办发明电〔2024〕12号",
            holidays="1.1 1.28-2.4 4.4-4.6 5.1-5.5 5.31-6.2 10.1-10.8",
            make_up="1.26 2.8 4.27 9.28 10.11",
        ),
        _table(
            2026,
            "国办发明电〔2025〕7号",
            holidays="1.1-1.3 2.15-2.23 4.4-4.6 5.1-5.5 6.19-6.21 9.25-9.27 10.1-10.7",
            make_up="1.4 2.14 2.28 5.9 9.20 10.10",
        ),
    )
)
