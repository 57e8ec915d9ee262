"""Who may sit together: somebody, under one chair, and nobody twice."""

import pytest

from committees.rules.roster import RosterFault, roster_faults

NOBODY, CHAIRS, TWICE = RosterFault


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
