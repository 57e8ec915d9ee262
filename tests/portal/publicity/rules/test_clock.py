"""Where a publicity stands, at the edges of its days by the clock in Shanghai."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.publicity.rules.clock import Phase, Span, State, span_of, state_at
from portal.tools.timekeeping.publicity_clock import Reading

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day, hour=0, minute=0, second=0, month=11):
    return datetime(2026, month, day, hour, minute, second, tzinfo=SHANGHAI)


LIVE = at(19, 9, 30)
SPAN = Span(date(2026, 11, 20), date(2026, 11, 26), at(27))


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (at(19, 9, 29, 59), State(Phase.ANNOUNCED, Reading(0, 7, 7, False), None)),
        (at(19, 9, 30), State(Phase.RUNNING, Reading(0, 7, 7, False), SPAN)),
        (at(19, 23, 59, 59), State(Phase.RUNNING, Reading(0, 7, 7, False), SPAN)),
        (at(20), State(Phase.RUNNING, Reading(1, 7, 6, False), SPAN)),
        (at(22, 12), State(Phase.RUNNING, Reading(3, 7, 4, False), SPAN)),
        (at(26), State(Phase.RUNNING, Reading(7, 7, 0, False), SPAN)),
        (at(26, 23, 59, 59), State(Phase.RUNNING, Reading(7, 7, 0, False), SPAN)),
        (at(27), State(Phase.OVER, Reading(7, 7, 0, True), SPAN)),
        (at(1, month=12), State(Phase.OVER, Reading(7, 7, 0, True), SPAN)),
    ],
)
def test_the_day_it_went_live_is_not_counted_and_the_last_ends_at_24(now, state):
    assert state_at(now, live_at=LIVE, days=7) == state
    assert state_at(now.astimezone(UTC), live_at=LIVE.astimezone(UTC), days=7) == state


def test_nothing_runs_before_the_notice_is_live():
    assert state_at(at(30), live_at=None, days=7) == State(
        Phase.ANNOUNCED, Reading(0, 7, 7, False), None
    )


@pytest.mark.parametrize(
    ("live_at", "days", "span"),
    [
        # late in the evening: by UTC it is still the day before
        (at(19, 0, 0, 1), 1, Span(date(2026, 11, 20), date(2026, 11, 20), at(21))),
        (at(19, 23, 59, 59), 1, Span(date(2026, 11, 20), date(2026, 11, 20), at(21))),
        # the last day is 1 October, a holiday: the text hangs its days and no art. 203 moves them
        (at(24, month=9), 7, Span(date(2026, 9, 25), date(2026, 10, 1), at(2, month=10))),
        (
            datetime(2028, 2, 27, 12, tzinfo=SHANGHAI),
            2,
            Span(date(2028, 2, 28), date(2028, 2, 29), datetime(2028, 3, 1, tzinfo=SHANGHAI)),
        ),
    ],
)
def test_the_span_has_its_days_whole(live_at, days, span):
    assert span_of(live_at, days) == span


@pytest.mark.parametrize("days", [0, -1])
def test_a_publicity_hangs_at_least_a_day(days):
    with pytest.raises(ValueError, match=f"a publicity of {days} days"):
        span_of(LIVE, days)


MOMENTS = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001 - hypothesis wants naive bounds
    datetime(2040, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, SHANGHAI]),
)


@given(live_at=MOMENTS, days=st.integers(1, 400))
def test_it_never_hangs_a_moment_less_than_its_days(live_at, days):
    span = span_of(live_at, days)
    assert timedelta(days) < span.ends_at - live_at <= timedelta(days + 1)
    assert (span.last_on - span.first_on).days == days - 1
    before = span.ends_at - timedelta(microseconds=1)
    assert state_at(before, live_at=live_at, days=days).is_running
    assert state_at(span.ends_at, live_at=live_at, days=days).is_over
