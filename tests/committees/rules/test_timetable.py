"""What stands in the way of a step: each period at its edge, all obstacles at once."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from committees.rules.timetable import (
    FIRM,
    Code,
    Obstacle,
    Periods,
    Publications,
    Slate,
    to_close,
    to_freeze,
    to_open,
    to_publish,
    to_reschedule,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
PERIODS = Periods(notice=15, candidates=10, voting_least=5, voting_most=60)
NOTICE_ON = date(2026, 11, 1)
CANDIDATES_END = datetime(2026, 11, 12, tzinfo=SHANGHAI)
PUBLISHED = Publications(NOTICE_ON, CANDIDATES_END, has_election=True)


def moment(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=SHANGHAI)


def codes(obstacles: tuple[Obstacle, ...]) -> list[Code]:
    return [obstacle.code for obstacle in obstacles]


@pytest.mark.parametrize(
    ("matters", "parts", "expected"),
    [
        (1, 1, []),
        (0, 1, [Code.NO_MATTERS]),
        (1, 0, [Code.ROLL_EMPTY]),
        (0, 0, [Code.NO_MATTERS, Code.ROLL_EMPTY]),
    ],
)
def test_a_roll_is_frozen_for_a_matter_and_somebody_to_vote(matters, parts, expected):
    assert codes(to_freeze(matters=matters, parts=parts)) == expected


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [
        (0, [Code.NOBODY_STANDS]),
        (4, [Code.FEWER_THAN_SEATS]),
        (5, [Code.NOT_CONTESTED]),
        (6, []),
    ],
)
def test_an_election_wants_more_candidates_than_seats(candidates, expected):
    assert codes(to_publish((Slate("选举", candidates, 5),))) == expected


def test_each_election_is_looked_at():
    slates = (Slate("甲", 0, 5), Slate("乙", 9, 5), Slate("丙", 3, 3))
    found = to_publish(slates)
    assert [(one.code, one.facts["title"]) for one in found] == [
        (Code.NOBODY_STANDS, "甲"),
        (Code.NOT_CONTESTED, "丙"),
    ]


def open_at(at: datetime, published: Publications = PUBLISHED, **times: datetime):
    times = {"opens_at": at, "closes_at": at + timedelta(days=14)} | times
    return to_open(published, PERIODS, at=at, **times)


@pytest.mark.parametrize(
    ("day", "expected"),
    [(15, [Code.NOTICE_TOO_SHORT]), (16, [])],
)
def test_fifteen_days_before_leaves_out_the_day_of_the_notice(day, expected):
    assert codes(open_at(moment(day, 0))) == expected


def test_a_notice_too_short_says_when_it_is_long_enough():
    (found,) = open_at(moment(15))
    assert found.facts == {"days": 14, "needed": 15, "due_on": date(2026, 11, 16)}
    assert found.may_be_waived


def test_a_notice_that_is_not_live_is_all_there_is_to_say():
    published = Publications(None, None, has_election=True)
    (found,) = open_at(moment(30), published)
    assert (found.code, found.may_be_waived) == (Code.NOTICE_NOT_LIVE, False)


@pytest.mark.parametrize(
    ("end", "has_election", "expected"),
    [
        (moment(20), True, []),
        (moment(20) + timedelta(seconds=1), True, [Code.CANDIDATES_TOO_SHORT]),
        (None, True, [Code.CANDIDATES_TOO_SHORT]),
        (None, False, []),
    ],
)
def test_the_candidates_hang_their_full_time(end, has_election, expected):
    published = Publications(NOTICE_ON, end, has_election=has_election)
    assert codes(open_at(moment(20), published)) == expected


def test_voting_does_not_open_before_the_announced_hour():
    at = moment(20)
    assert codes(open_at(at, opens_at=at)) == []
    assert codes(open_at(at, opens_at=at + timedelta(seconds=1))) == [Code.OPENS_LATER]


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (timedelta(days=5) - timedelta(seconds=1), [Code.WINDOW_TOO_SHORT]),
        (timedelta(days=5), []),
        (timedelta(days=60), []),
        (timedelta(days=60, seconds=1), [Code.WINDOW_TOO_LONG]),
        (timedelta(0), [Code.ENDS_IN_THE_PAST]),
    ],
)
def test_voting_lasts_within_its_bounds(length, expected):
    at = moment(20)
    assert codes(open_at(at, closes_at=at + length)) == expected


def test_everything_that_is_wrong_is_said_at_once():
    at = moment(10)
    times = {"opens_at": at + timedelta(days=1), "closes_at": at + timedelta(days=2)}
    assert codes(open_at(at, **times)) == [
        Code.NOTICE_TOO_SHORT,
        Code.CANDIDATES_TOO_SHORT,
        Code.OPENS_LATER,
        Code.WINDOW_TOO_SHORT,
    ]


def test_the_end_is_measured_from_the_opening_when_it_is_moved():
    opened, now = moment(1), moment(5)
    ends = {4: [Code.ENDS_IN_THE_PAST], 5: [Code.ENDS_IN_THE_PAST], 6: []}
    for day, expected in ends.items():
        assert codes(to_reschedule(PERIODS, opens_at=opened, closes_at=moment(day), at=now)) == (
            expected
        )


def test_voting_closes_at_its_end_and_not_before():
    assert to_close(closes_at=moment(20), at=moment(20)) == ()
    (found,) = to_close(closes_at=moment(20), at=moment(20) - timedelta(seconds=1))
    assert (found.code, found.may_be_waived) == (Code.CLOSES_LATER, False)


def test_before_the_opening_the_end_is_measured_from_the_opening_to_come():
    opens, now = moment(10), moment(5)
    past, early = [Code.ENDS_IN_THE_PAST], [Code.ENDS_BEFORE_IT_OPENS]
    ends = {5: past, 6: early, 10: early, 15: []}
    for day, expected in ends.items():
        assert codes(to_reschedule(PERIODS, opens_at=opens, closes_at=moment(day), at=now)) == (
            expected
        )


def test_what_a_step_needs_cannot_be_waived():
    assert {
        Code.NO_MATTERS,
        Code.ROLL_EMPTY,
        Code.NOBODY_STANDS,
        Code.ENDS_BEFORE_IT_OPENS,
        Code.NOTICE_NOT_LIVE,
        Code.OPENS_LATER,
        Code.ENDS_IN_THE_PAST,
        Code.CLOSES_LATER,
    } == FIRM
