"""The yearly tables of days off, beside an independent list."""

from datetime import date, timedelta

import pytest

from portal.tools.timekeeping.holidays import PUBLISHED, Calendar, DayKind, YearTable

KIND_BY_DAY = [
    (date(2024, 2, 9), DayKind.WORKDAY),  # the eve of 2024 was not yet a statutory holiday
    (date(2024, 2, 10), DayKind.HOLIDAY),
    (date(2025, 1, 26), DayKind.MAKE_UP_WORKDAY),
    (date(2025, 1, 28), DayKind.HOLIDAY),
    (date(2025, 10, 8), DayKind.HOLIDAY),
    (date(2025, 10, 9), DayKind.WORKDAY),
    (date(2026, 1, 4), DayKind.MAKE_UP_WORKDAY),
    (date(2026, 2, 23), DayKind.HOLIDAY),
    (date(2026, 2, 24), DayKind.WORKDAY),
    (date(2026, 11, 28), DayKind.WEEKEND),
    (date(2026, 12, 31), DayKind.WORKDAY),
    (date(2023, 12, 31), DayKind.UNKNOWN),
    (date(2027, 1, 1), DayKind.UNKNOWN),
    (date(2027, 1, 2), DayKind.UNKNOWN),
]


@pytest.mark.parametrize(("day", "kind"), KIND_BY_DAY)
def test_a_day_is_what_the_notice_says(day, kind):
    assert PUBLISHED.kind_of(day) is kind


def test_only_workdays_and_make_up_workdays_are_worked():
    assert [kind for kind in DayKind if kind.is_worked] == [
        DayKind.WORKDAY,
        DayKind.MAKE_UP_WORKDAY,
    ]


def test_three_years_are_published():
    assert PUBLISHED.years == {2024, 2025, 2026}


def test_the_tables_agree_with_an_independent_list_on_every_day():
    other = pytest.importorskip("chinese_calendar")
    days = [date(2024, 1, 1) + timedelta(ahead) for ahead in range(366 + 365 + 365)]
    assert [day for day in days if PUBLISHED.kind_of(day).is_worked != other.is_workday(day)] == []
    # Where the other list names a festival on a worked weekend it means the make-up workday.
    assert [
        day
        for day in days
        if (PUBLISHED.kind_of(day) is DayKind.HOLIDAY)
        != (other.is_holiday(day) and other.get_holiday_detail(day)[1] is not None)
    ] == []


def test_a_notice_that_reaches_into_the_year_before_is_heard_there():
    calendar = Calendar(
        [
            YearTable(2030, "test", frozenset(), frozenset()),
            YearTable(2031, "test", frozenset({date(2030, 12, 31)}), frozenset()),
        ]
    )
    assert calendar.kind_of(date(2030, 12, 31)) is DayKind.HOLIDAY
    assert calendar.kind_of(date(2030, 12, 30)) is DayKind.WORKDAY


def test_without_tables_every_day_is_unknown():
    assert Calendar([]).kind_of(date(2026, 11, 24)) is DayKind.UNKNOWN
