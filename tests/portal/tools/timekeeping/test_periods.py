"""Where periods end: Civil Code arts 200-204."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.tools.timekeeping.holidays import PUBLISHED, DayKind
from portal.tools.timekeeping.periods import (
    UnknownYear,
    add_months,
    add_years,
    count_working_days,
    days_before,
    roll_forward,
    within_days,
    within_working_days,
)

KNOWN_DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("event", "days", "last"),
    [
        (date(2026, 11, 24), 1, date(2026, 11, 25)),  # the next day is day 1
        (date(2026, 11, 24), 3, date(2026, 11, 27)),
        (date(2026, 11, 24), 4, date(2026, 11, 30)),  # Saturday → Monday
        (date(2026, 11, 24), 5, date(2026, 11, 30)),  # Sunday → Monday
        (date(2026, 9, 24), 7, date(2026, 10, 8)),  # 1 October → the day after the holiday
        (date(2026, 9, 10), 10, date(2026, 9, 20)),  # a Sunday that is worked
        (date(2026, 2, 7), 7, date(2026, 2, 14)),  # a Saturday that is worked
        (date(2026, 2, 8), 7, date(2026, 2, 24)),  # the first day off → nine days later
        (date(2026, 12, 1), 30, date(2026, 12, 31)),
    ],
)
def test_a_period_of_days_ends_on_a_working_day(event, days, last):
    assert within_days(event, days) == last


@pytest.mark.parametrize(
    ("event", "days", "answer"),
    [
        (date(2026, 12, 1), 31, UnknownYear(2027, date(2027, 1, 1))),
        (date(2026, 12, 1), 60, UnknownYear(2027, date(2027, 1, 30))),
        (date(2023, 11, 1), 30, UnknownYear(2023, date(2023, 12, 1))),
    ],
)
def test_a_period_that_ends_in_an_unpublished_year_says_so_and_from_when(event, days, answer):
    assert within_days(event, days) == answer


@given(KNOWN_DAYS, st.integers(1, 120))
def test_a_period_is_never_shorter_than_its_days_nor_longer_than_the_rest_after_it(event, days):
    last = within_days(event, days)
    nominal = event + timedelta(days)
    if isinstance(last, UnknownYear):
        assert last.not_before >= nominal
        return
    assert PUBLISHED.kind_of(last).is_worked
    resting = [nominal + timedelta(n) for n in range((last - nominal).days)]
    assert [day for day in resting if PUBLISHED.kind_of(day).is_worked] == []


def test_a_working_day_stays_where_it_is_and_a_day_of_rest_moves():
    assert roll_forward(date(2026, 11, 24)) == date(2026, 11, 24)
    assert roll_forward(date(2026, 10, 1)) == date(2026, 10, 8)


def test_days_before_are_counted_back_and_not_moved():
    assert days_before(date(2026, 12, 20), 15) == date(2026, 12, 5)  # a Saturday
    assert days_before(date(2026, 3, 1), 1) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("event", "days", "last"),
    [
        (date(2026, 11, 24), 3, date(2026, 11, 27)),
        (date(2026, 11, 26), 2, date(2026, 11, 30)),  # over a weekend
        (date(2026, 9, 18), 1, date(2026, 9, 20)),  # a Sunday that is worked
        (date(2026, 9, 30), 3, date(2026, 10, 10)),  # 8, 9 and the worked Saturday
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # the worked Saturday, then after nine days
        (date(2026, 10, 3), 1, date(2026, 10, 8)),  # an event on a day of rest
        (date(2026, 12, 30), 1, date(2026, 12, 31)),
        (date(2026, 12, 30), 2, UnknownYear(2027, date(2027, 1, 1))),
        (date(2026, 12, 30), 5, UnknownYear(2027, date(2027, 1, 1))),
    ],
)
def test_working_days_count_make_up_days_and_skip_rest(event, days, last):
    assert within_working_days(event, days) == last


@given(KNOWN_DAYS, st.integers(1, 30))
def test_counting_up_to_the_nth_working_day_gives_n(event, days):
    last = within_working_days(event, days)
    if isinstance(last, UnknownYear):
        assert count_working_days(event, last.not_before) == last
    else:
        assert count_working_days(event, last) == days
        assert count_working_days(event, last - timedelta(1)) == days - 1


def test_a_count_into_an_unpublished_year_says_so():
    first = UnknownYear(2027, date(2027, 1, 1))
    assert count_working_days(date(2026, 12, 30), date(2026, 12, 31)) == 1
    assert count_working_days(date(2026, 12, 30), date(2027, 1, 8)) == first


@pytest.mark.parametrize("through", [date(2026, 11, 24), date(2026, 11, 1)])
def test_no_working_day_lies_between_a_day_and_itself_or_an_earlier_one(through):
    assert count_working_days(date(2026, 11, 24), through) == 0


@pytest.mark.parametrize("period", [within_days, days_before, within_working_days])
@pytest.mark.parametrize("days", [0, -1])
def test_a_period_has_at_least_one_day(period, days):
    with pytest.raises(ValueError, match=f"a period of {days} days"):
        period(date(2026, 11, 24), days)


@pytest.mark.parametrize(
    ("day", "years", "same_day"),
    [
        (date(2020, 2, 29), 6, date(2026, 2, 28)),
        (date(2020, 2, 29), 4, date(2024, 2, 29)),
        (date(2021, 3, 15), 5, date(2026, 3, 15)),
        (date(2024, 2, 29), -1, date(2023, 2, 28)),
    ],
)
def test_years_end_on_the_same_day_or_the_last_of_the_month(day, years, same_day):
    assert add_years(day, years) == same_day


@pytest.mark.parametrize(
    ("day", "months", "same_day"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 31), 2, date(2026, 3, 31)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 4, 30), -2, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 7, 1), 0, date(2026, 7, 1)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(day, months, same_day):
    assert add_months(day, months) == same_day


def test_an_unknown_kind_is_not_worked():
    assert DayKind.UNKNOWN.is_worked is False
