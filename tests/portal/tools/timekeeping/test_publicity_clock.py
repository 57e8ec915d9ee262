"""The publicity clock at the edges of its days, by the clock in Shanghai."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.tools.timekeeping.publicity_clock import PublicityClock, Reading, local_day

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day, hour=0, minute=0, second=0):
    return datetime(2026, 11, day, hour, minute, second, tzinfo=SHANGHAI)


CLOCK = PublicityClock(at(2, 9, 30), days=7)


@pytest.mark.parametrize(
    ("now", "reading"),
    [
        (at(1, 12), Reading(0, 7, 7, False)),
        (at(2, 9, 30), Reading(0, 7, 7, False)),
        (at(2, 23, 59, 59), Reading(0, 7, 7, False)),
        (at(3), Reading(1, 7, 6, False)),
        (at(8, 12), Reading(6, 7, 1, False)),
        (at(9), Reading(7, 7, 0, False)),
        (at(9, 23, 59, 59), Reading(7, 7, 0, False)),
        (at(10), Reading(7, 7, 0, True)),
        (at(30), Reading(7, 7, 0, True)),
    ],
)
def test_the_day_after_posting_is_day_one_and_the_last_ends_at_midnight(now, reading):
    assert CLOCK.read(now) == reading
    assert CLOCK.read(now.astimezone(UTC)) == reading


def test_the_clock_names_its_days_and_its_end():
    assert (CLOCK.first_on, CLOCK.last_on) == (date(2026, 11, 3), date(2026, 11, 9))
    assert CLOCK.ends_at == at(10)
    assert CLOCK.ends_at.astimezone(UTC) == datetime(2026, 11, 9, 16, tzinfo=UTC)


def test_the_day_of_posting_is_the_local_one():
    # 17:00 UTC on the first is already the second in Shanghai.
    posted = PublicityClock(datetime(2026, 11, 1, 17, tzinfo=UTC), days=1)
    assert (posted.first_on, posted.last_on) == (date(2026, 11, 3), date(2026, 11, 3))


def test_a_last_day_of_rest_stays_the_last_day():
    assert PublicityClock(at(21), days=7).last_on == date(2026, 11, 28)  # a Saturday


def test_a_posting_over_new_year_needs_no_holiday_table():
    posted = PublicityClock(datetime(2026, 12, 28, 9, tzinfo=SHANGHAI), days=7)
    assert posted.last_on == date(2027, 1, 4)


def test_local_day_turns_at_midnight_in_shanghai():
    midnight = datetime(2026, 11, 24, 16, tzinfo=UTC)
    assert local_day(midnight) == date(2026, 11, 25)
    assert local_day(midnight - timedelta(seconds=1)) == date(2026, 11, 24)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="without a time zone"):
        PublicityClock(at(1).replace(tzinfo=None), days=7)
    with pytest.raises(ValueError, match="without a time zone"):
        CLOCK.read(at(1).replace(tzinfo=None))


def test_a_publicity_has_at_least_one_day():
    with pytest.raises(ValueError, match="a publicity of 0 days"):
        PublicityClock(at(2), days=0)
