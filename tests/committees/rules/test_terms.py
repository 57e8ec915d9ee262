"""Reminders before the end of a term, at the edges of the rulebook's marks."""

from datetime import date, timedelta

import pytest

from committees.rules.terms import Alert, Mark, alert_on, days_left

ENDS = date(2026, 12, 31)
MARKS = {
    Alert.FIRST: Mark(180, inclusive=True),
    Alert.SECOND: Mark(150, inclusive=True),
    Alert.THIRD: Mark(90, inclusive=True),
    Alert.RED: Mark(60, inclusive=False),
}


@pytest.mark.parametrize(
    ("left", "alert"),
    [
        (181, None),
        (180, Alert.FIRST),
        (151, Alert.FIRST),
        (150, Alert.SECOND),
        (91, Alert.SECOND),
        (90, Alert.THIRD),
        (60, Alert.THIRD),
        (59, Alert.RED),
        (0, Alert.RED),
        (-1, Alert.OVER),
    ],
)
def test_the_most_pressing_reminder_that_is_due(left, alert):
    on = ENDS - timedelta(days=left)
    assert days_left(ENDS, on=on) == left
    assert alert_on(on, ends_on=ENDS, marks=MARKS) == alert


def test_without_marks_only_a_term_that_is_over_is_told():
    assert alert_on(ENDS, ends_on=ENDS, marks={}) is None
    assert alert_on(ENDS + timedelta(days=1), ends_on=ENDS, marks={}) is Alert.OVER


def test_a_mark_that_is_missing_is_passed_over():
    marks = {Alert.FIRST: Mark(180, inclusive=True)}
    assert alert_on(ENDS - timedelta(days=10), ends_on=ENDS, marks=marks) is Alert.FIRST


def test_a_compound_may_ask_to_be_reminded_earlier():
    marks = MARKS | {Alert.FIRST: Mark(365, inclusive=True)}
    assert alert_on(ENDS - timedelta(days=300), ends_on=ENDS, marks=marks) is Alert.FIRST
