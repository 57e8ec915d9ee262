"""A compound may be stricter than the law, never laxer, and hears every reason against it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rulebook.rules.room import (
    Obstacle,
    Reason,
    Room,
    clause_obstacles,
    combined,
    crosses,
    partner_of,
    possible,
    to_set,
)


def reasons(*asked):
    return [obstacle.reason for obstacle in to_set(*asked)]


@pytest.mark.parametrize(
    ("room", "own", "holds"),
    [
        (Room.AT_LEAST, 14, 15),
        (Room.AT_LEAST, 15, 15),
        (Room.AT_LEAST, 16, 16),
        (Room.AT_MOST, 14, 14),
        (Room.AT_MOST, 15, 15),
        (Room.AT_MOST, 16, 15),
        (Room.FREE, 1, 1),
        (Room.FREE, 99, 99),
        (Room.NONE, 1, 15),
        (Room.NONE, 99, 15),
    ],
)
def test_what_holds_is_the_own_number_as_far_as_the_law_leaves_room(room, own, holds):
    assert combined(room, 15, own) == holds


@pytest.mark.parametrize(
    ("room", "own", "found"),
    [
        (Room.AT_LEAST, "14", [Reason.BELOW_THE_LAW]),
        (Room.AT_LEAST, "15", []),
        (Room.AT_LEAST, "16", []),
        (Room.AT_MOST, "16", [Reason.ABOVE_THE_LAW]),
        (Room.AT_MOST, "15", []),
        (Room.AT_MOST, "14", []),
        (Room.FREE, "1", []),
        (Room.FREE, "0", [Reason.NOT_POSSIBLE]),
        (Room.NONE, "15", [Reason.NO_ROOM]),
    ],
)
def test_the_edge_of_the_room_is_the_laws_own_number(room, own, found):
    assert reasons("days", room, 15, own) == found


def test_every_reason_is_told_at_once():
    assert to_set("days", Room.AT_LEAST, 15, "0.5") == (
        Obstacle(Reason.NOT_WHOLE),
        Obstacle(Reason.BELOW_THE_LAW, {"legal": "15"}),
    )
    assert reasons("days", Room.AT_LEAST, 15, "0") == [Reason.NOT_POSSIBLE, Reason.BELOW_THE_LAW]
    assert reasons("share", Room.AT_MOST, Fraction(1, 2), "3/2") == [
        Reason.NOT_POSSIBLE,
        Reason.ABOVE_THE_LAW,
    ]


@pytest.mark.parametrize("own", ["", "十五", "-15", "15天", "1/0", "1" * 41, "0" * 40 + "5"])
def test_what_is_no_number_is_said_to_be_none(own):
    assert reasons("days", Room.FREE, 15, own) == [Reason.NOT_A_NUMBER]


@pytest.mark.parametrize(
    ("unit", "value", "can_be"),
    [
        ("share", Fraction(1, 1000), True),
        ("share-of-all", Fraction(1), True),
        ("share-of-participants", Fraction(1001, 1000), False),
        ("share", Fraction(0), False),
        ("yes", 0, True),
        ("yes", 1, True),
        ("yes", 2, False),
        ("days", 0, False),
        ("days", 1, True),
    ],
)
def test_a_number_must_be_one_of_its_unit(unit, value, can_be):
    assert possible(unit, value) is can_be


def test_a_whole_number_in_another_writing_is_whole():
    assert reasons("days", Room.AT_LEAST, 15, "30/2") == []
    assert reasons("days", Room.AT_LEAST, 15, "31/2") == [Reason.NOT_WHOLE]


def test_a_clause_is_asked_for_and_fits_its_field():
    assert clause_obstacles("《议事规则》第12条") == ()
    assert clause_obstacles("") == (Obstacle(Reason.NO_CLAUSE),)
    assert clause_obstacles("条" * 200) == ()
    assert clause_obstacles("条" * 201) == (Obstacle(Reason.CLAUSE_TOO_LONG, {"most": 200}),)


@pytest.mark.parametrize(
    ("key", "partner"),
    [
        ("voting.days.min", "voting.days.max"),
        ("voting.days.max", "voting.days.min"),
        ("voting.days.usual.min", "voting.days.usual.max"),
        ("meeting.notice.days", ""),
        ("min", ""),
    ],
)
def test_the_ends_of_a_range_know_each_other(key, partner):
    assert partner_of(key) == partner


def test_a_range_may_close_to_one_number_but_not_cross():
    assert [crosses("a.min", own, 7) for own in (6, 7, 8)] == [False, False, True]
    assert [crosses("a.max", own, 7) for own in (6, 7, 8)] == [True, False, False]


@given(st.sampled_from(Room), st.integers(1, 400), st.integers(1, 400))
def test_a_number_let_in_is_the_number_that_holds(room, legal, own):
    let_in = not to_set("days", room, legal, str(own))
    assert not let_in or combined(room, legal, own) == own


@given(st.integers(1, 400), st.integers(1, 400))
def test_no_own_number_ever_undercuts_the_law(legal, own):
    assert combined(Room.AT_LEAST, legal, own) >= legal
    assert combined(Room.AT_MOST, legal, own) <= legal
    assert combined(Room.NONE, legal, own) == legal
