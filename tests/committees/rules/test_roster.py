"""Who may sit together: somebody, under one chair, and nobody twice; and in which post."""

from datetime import date, timedelta

import pytest

from committees.rules.roster import Choice, PostsFault, RosterFault, posts_faults, roster_faults

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
