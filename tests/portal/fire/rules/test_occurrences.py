"""What is due, done, late and missed: windows of the calendar, one check each."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.fire.rules.occurrences import (
    Period,
    State,
    Window,
    count_on_time,
    occurrences,
    standing,
    windows,
)

DAILY, WEEKLY, HALF = Period(days=1), Period(days=7), Period(days=15)
MONTHLY, QUARTERLY, YEARLY = Period(months=1), Period(months=3), Period(months=12)
PERIODS = [DAILY, WEEKLY, HALF, Period(days=10), MONTHLY, QUARTERLY, Period(months=6), YEARLY]
START = date(2026, 1, 1)
some_days = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("period", "day", "first", "last"),
    [
        (DAILY, "2026-11-24", "2026-11-24", "2026-11-24"),
        (WEEKLY, "2026-11-24", "2026-11-23", "2026-11-29"),  # a Tuesday: Monday to Sunday
        (WEEKLY, "2026-11-29", "2026-11-23", "2026-11-29"),
        (HALF, "2026-02-15", "2026-02-01", "2026-02-15"),
        (HALF, "2026-02-16", "2026-02-16", "2026-02-28"),
        (HALF, "2028-02-29", "2028-02-16", "2028-02-29"),
        (HALF, "2026-12-31", "2026-12-16", "2026-12-31"),
        (MONTHLY, "2026-02-10", "2026-02-01", "2026-02-28"),
        (QUARTERLY, "2026-11-24", "2026-10-01", "2026-12-31"),
        (QUARTERLY, "2026-03-31", "2026-01-01", "2026-03-31"),
        (Period(months=6), "2026-07-01", "2026-07-01", "2026-12-31"),
        (YEARLY, "2026-07-01", "2026-01-01", "2026-12-31"),
        (Period(days=10), "2026-01-21", "2026-01-21", "2026-01-30"),
        (Period(days=10), "2026-01-20", "2026-01-11", "2026-01-20"),
    ],
)
def test_a_window_is_the_calendars(period, day, first, last):
    found = period.window(date.fromisoformat(day), start=START)
    assert found == Window(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("number", "unit", "period"),
    [(1, "days", DAILY), (15, "days", HALF), (3, "months", QUARTERLY), (1, "years", YEARLY)],
)
def test_a_period_is_the_rules_number_and_unit(number, unit, period):
    assert Period.of(number, unit) == period


def states(period, days, on, start=START, first_on=START):
    found = occurrences(period, start=start, days=days, first_on=first_on, on=on)
    return [one.state for one in found]


def test_a_check_on_the_last_day_of_a_month_is_in_time():
    assert states(MONTHLY, [date(2026, 1, 31)], date(2026, 1, 31)) == [State.DONE]


def test_a_check_a_day_later_makes_up_and_does_not_heal():
    found = occurrences(
        MONTHLY, start=START, days=[date(2026, 2, 1)], first_on=START, on=date(2026, 2, 1)
    )
    assert [(one.state, one.done_on) for one in found] == [
        (State.LATE, date(2026, 2, 1)),
        (State.DONE, date(2026, 2, 1)),
    ]
    assert [one.is_missed for one in found] == [True, False]


def test_what_nobody_made_up_in_the_next_window_is_missed_for_good():
    found = states(DAILY, [date(2026, 1, 3)], date(2026, 1, 3))
    assert found == [State.MISSED, State.LATE, State.DONE]


def test_on_its_last_day_a_window_is_due_and_after_it_overdue():
    assert states(MONTHLY, [], date(2026, 1, 31)) == [State.DUE]
    assert states(MONTHLY, [], date(2026, 2, 1)) == [State.MISSED, State.OVERDUE]


def test_an_overdue_duty_names_the_days_that_passed():
    found = standing(MONTHLY, start=START, days=[], on=date(2026, 2, 10))
    assert (found.window.first_on, found.asked_for.last_on) == (
        date(2026, 2, 1),
        date(2026, 1, 31),
    )
    due = standing(MONTHLY, start=START, days=[], on=date(2026, 1, 10))
    assert due.asked_for == due.window


def test_a_check_today_ends_what_was_overdue():
    on = date(2026, 2, 10)
    assert standing(MONTHLY, start=START, days=[on], on=on).state is State.DONE


def test_nothing_is_asked_before_the_start():
    assert standing(DAILY, start=START, days=[], on=date(2025, 12, 31)) is None
    assert states(DAILY, [], date(2025, 12, 31)) == []


def test_the_first_window_is_the_one_in_which_the_duty_starts():
    start = date(2026, 1, 20)
    assert states(MONTHLY, [], date(2026, 2, 28), start=start, first_on=start) == [
        State.MISSED,
        State.OVERDUE,
    ]
    assert standing(MONTHLY, start=start, days=[], on=start).state is State.DUE


def test_a_past_day_is_told_as_it_was():
    days = [date(2026, 2, 1)]
    assert states(MONTHLY, days, date(2026, 1, 31)) == [State.DUE]


@given(st.sampled_from(PERIODS), some_days, st.integers(0, 400))
def test_windows_follow_each_other_without_gap_or_overlap(period, start, length):
    last = start + timedelta(days=length)
    found = list(windows(period, start=start, first_on=start, last_on=last))
    assert found[0].first_on <= start <= found[0].last_on
    assert found[-1].first_on <= last <= found[-1].last_on
    for before, after in pairwise(found):
        assert after.first_on == before.last_on + timedelta(days=1)
    for one in found:
        for day in (one.first_on, one.last_on):
            assert period.window(max(day, start), start=start) == one


@given(st.sampled_from(PERIODS), st.lists(some_days, max_size=30), some_days)
def test_an_occurrence_is_done_if_and_only_if_a_check_lies_in_its_window(period, days, on):
    known = sorted(days)
    for one in occurrences(period, start=START, days=known, first_on=START, on=on):
        inside = [d for d in known if one.window.first_on <= d <= one.window.last_on and d <= on]
        assert (one.state is State.DONE) == bool(inside)
        if inside:
            assert one.done_on == inside[0]


@given(st.sampled_from(PERIODS), st.lists(some_days, max_size=30), some_days, some_days)
def test_one_more_check_never_makes_anything_worse(period, days, extra, on):
    def missed(known):
        found = occurrences(period, start=START, days=sorted(known), first_on=START, on=on)
        return [one.is_missed for one in found]

    before, after = missed(days), missed([*days, extra])
    assert all(now <= then for then, now in zip(before, after, strict=True))


@given(st.sampled_from(PERIODS), st.lists(some_days, max_size=30), some_days)
def test_only_the_last_window_may_be_due_or_overdue(period, days, on):
    found = states(period, sorted(days), on)
    open_ = {State.DUE, State.OVERDUE}
    assert all(state not in open_ for state in found[:-1])
    assert found[-1] in open_ | {State.DONE}


def test_on_time_counts_windows_that_end_within_the_days():
    found = occurrences(
        WEEKLY, start=START, days=[date(2026, 1, 8)], first_on=START, on=date(2026, 1, 31)
    )
    first_on, last_on = date(2026, 1, 5), date(2026, 1, 31)
    assert count_on_time(found, first_on=first_on, last_on=last_on) == (1, 3)
