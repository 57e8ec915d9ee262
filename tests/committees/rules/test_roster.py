"""Who may sit together: somebody, under one chair, and nobody twice; and in which post."""

from datetime import date, timedelta

import pytest

from committees.rules.roster import (
    Choice,
    Leave,
    LeavingFault,
    PostsFault,
    RosterFault,
    Sitter,
    leaving_faults,
    newly_entered,
    next_alternate,
    posts_faults,
    roster_faults,
)

NOBODY, CHAIRS, TWICE = RosterFault
BOTH, UNSEATED, EARLY, LATE = PostsFault
FIRST, LAST = date(2026, 1, 1), date(2030, 12, 31)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("seats", "faults"),
    [
        ([], (NOBODY,)),
        ([("a", "member")], ()),
        ([("a", "alternate")], (NOBODY,)),
        ([("a", "chair"), ("b", "vice"), ("c", "vice"), ("d", "alternate")], ()),
        ([("a", "chair"), ("b", "chair")], (CHAIRS,)),
        ([("a", "member"), ("a", "member")], (TWICE,)),
        ([("a", "member"), ("a", "alternate")], (TWICE,)),
        ([("a", "chair"), ("a", "chair")], (CHAIRS, TWICE)),
        ([("a", "alternate"), ("a", "alternate")], (NOBODY, TWICE)),
    ],
)
def test_every_fault_of_a_list_is_told(seats, faults):
    assert roster_faults(seats) == faults


@pytest.mark.parametrize(
    ("chair", "vices", "since", "faults"),
    [
        ("a", ["b", "c"], FIRST, ()),
        ("a", [], LAST, ()),
        (None, [], FIRST, ()),
        (None, ["b"], FIRST, ()),
        ("a", ["a"], FIRST, (BOTH,)),
        ("z", [], FIRST, (UNSEATED,)),
        ("a", ["z"], FIRST, (UNSEATED,)),
        ("a", [], FIRST - DAY, (EARLY,)),
        ("a", [], LAST + DAY, (LATE,)),
        ("z", ["z"], FIRST, (BOTH, UNSEATED)),
        ("z", ["z"], LAST + DAY, (BOTH, LATE)),
    ],
)
def test_every_fault_of_a_choice_is_told(chair, vices, since, faults):
    choice = Choice(chair, vices, since)
    assert posts_faults(choice, seated="abc", first_on=FIRST, last_on=LAST) == faults


@pytest.mark.parametrize(
    ("ranks", "first"), [({}, None), ({"a": 2}, "a"), ({"a": 3, "b": 1, "c": 2}, "b")]
)
def test_the_alternate_of_the_lowest_rank_moves_up(ranks, first):
    assert next_alternate(ranks) == first


@pytest.mark.parametrize(
    ("last_on", "follower", "faults"),
    [
        (date(2026, 5, 1), None, ()),
        (date(2026, 5, 1), "b", ()),
        (date(2026, 1, 1), "b", ()),
        (date(2026, 6, 1), None, ()),
        (date(2025, 12, 31), None, (LeavingFault.BEFORE_THE_SEAT,)),
        (date(2025, 12, 31), "a", (LeavingFault.BEFORE_THE_SEAT,)),
        (date(2026, 6, 2), None, (LeavingFault.NOT_YET,)),
        (date(2026, 5, 1), "a", (LeavingFault.NOT_THE_NEXT,)),
        (date(2026, 6, 2), "x", (LeavingFault.NOT_YET, LeavingFault.NOT_THE_NEXT)),
    ],
)
def test_a_leave_has_its_day_and_the_next_in_order(last_on, follower, faults):
    found = leaving_faults(
        Leave(last_on, follower),
        since=date(2026, 1, 1),
        today=date(2026, 6, 1),
        ranks={"a": 2, "b": 1},
    )
    assert found == faults


def sitter(person, name="张三", *, by_name=False, party=True):
    return Sitter(person, name, by_name, party)


@pytest.mark.parametrize(
    ("elected", "sat", "entered"),
    [
        ([sitter(1)], [sitter(1)], []),
        ([sitter(1, "改名")], [sitter(1)], []),
        ([sitter(2)], [sitter(1)], [2]),  # both linked: two people of one name
        ([sitter(2)], [sitter(1, by_name=True)], []),
        ([sitter(2, by_name=True)], [sitter(1)], []),
        ([sitter(2, "李四")], [sitter(1, by_name=True)], [2]),
        ([sitter(1), sitter(2)], [sitter(1), sitter(3, by_name=True)], []),
        ([sitter(1), sitter(2)], [sitter(1)], [2]),
        ([sitter(1, party=False), sitter(2)], [sitter(3, by_name=True)], [1]),
        ([sitter(1), sitter(2), sitter(4)], [sitter(3, by_name=True)], [2, 4]),
    ],
)
def test_who_is_new_goes_by_the_person_and_by_name_where_one_is_known_by_name(
    elected, sat, entered
):
    assert [one.person for one in newly_entered(elected, sat)] == entered
