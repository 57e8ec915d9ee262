"""Each window keeps the rule of its beginning; a change acts from the next one."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.fire.rules.occurrences import Period, State, Window, occurrences, windows
from portal.fire.rules.rhythm import rhythm

DAILY, WEEKLY, HALF, MONTHLY = Period(days=1), Period(days=7), Period(days=15), Period(months=1)
START = date(2026, 6, 1)  # a Monday
ON = date(2026, 7, 31)


def day(text):
    return date.fromisoformat(f"2026-{text}")


def made(*changes):
    return rhythm([(since, period, period) for since, period in changes], start=START)


def windows_of(found):
    return list(windows(found, start=START, first_on=START, last_on=ON))


def test_a_week_that_runs_stays_a_week_and_days_follow():
    found = windows_of(made((START, WEEKLY), (day("06-10"), DAILY)))
    assert found[1] == Window(day("06-08"), day("06-14"))
    assert found[2] == Window(day("06-15"), day("06-15"))


def test_a_change_on_the_first_day_of_a_window_acts_at_once():
    found = windows_of(made((START, WEEKLY), (day("06-15"), DAILY)))
    assert found[2] == Window(day("06-15"), day("06-15"))


def test_a_calendar_window_across_the_end_begins_the_day_after():
    found = windows_of(made((START, WEEKLY), (day("06-10"), MONTHLY)))
    assert found[2:4] == [Window(day("06-15"), day("06-30")), Window(day("07-01"), day("07-31"))]


def test_a_change_taken_back_before_the_window_ends_changes_nothing():
    undone = made((START, MONTHLY), (day("06-10"), HALF), (day("06-12"), MONTHLY))
    assert windows_of(undone) == windows_of(made((START, MONTHLY)))


def test_what_set_the_period_is_told_of_each_window():
    found = made((START, WEEKLY), (day("06-10"), DAILY))
    assert [found.at(one).ruling for one in (START, day("06-14"), day("06-15"))] == [
        WEEKLY,
        WEEKLY,
        DAILY,
    ]


def test_a_change_today_leaves_every_window_that_has_begun():
    before = occurrences(made((START, WEEKLY)), start=START, days=[], first_on=START, on=ON)
    after = occurrences(
        made((START, WEEKLY), (ON, DAILY)), start=START, days=[], first_on=START, on=ON
    )
    assert after == before
    assert {one.state for one in after} == {State.MISSED, State.OVERDUE}


@pytest.mark.parametrize("first", [WEEKLY, HALF, MONTHLY, Period(days=10), DAILY])
@given(
    changes=st.lists(
        st.tuples(
            st.dates(START + timedelta(days=1), ON),
            st.sampled_from([DAILY, WEEKLY, HALF, MONTHLY, Period(days=3), Period(months=3)]),
        ),
        max_size=6,
        unique_by=lambda one: one[0],
    )
)
def test_windows_follow_each_other_without_gap_or_overlap(first, changes):
    found = made((START, first), *sorted(changes, key=lambda one: one[0]))
    told = windows_of(found)
    assert all(
        after.first_on == before.last_on + timedelta(days=1) for before, after in pairwise(told)
    )
    assert all(found.window(one, start=START) == w for w in told for one in (w.first_on, w.last_on))
    for one in told[1:]:
        in_force = [
            period
            for since, period in sorted(changes, key=lambda one: one[0])
            if since <= one.first_on
        ] or [first]
        assert found.at(one.first_on).period == in_force[-1]
