"""Is what was marked a ballot?"""

import pytest

from committees.rules.marking import TOO_MANY, UNKNOWN, WRONG_SHAPE, faults
from committees.rules.matters import BarName, Candidate, Decision, Election

DECISION = Decision("m1", "表决", BarName.ORDINARY, "homes", ("agree", "against", "abstain"))
PEOPLE = tuple(Candidate(f"c{n}", f"候选人{n}", party_member=False) for n in range(1, 5))
ELECTION = Election("m2", "选举", BarName.ORDINARY, "homes", 2, 1, 2, PEOPLE)
MATTERS = (DECISION, ELECTION)


@pytest.mark.parametrize(
    ("choices", "on_screen", "on_paper"),
    [
        ({}, (), ()),
        ({"m1": [1, 0, 0], "m2": [1, 1, 0, 0]}, (), ()),
        ({"m1": [0, 0, 0], "m2": [0, 0, 0, 0]}, (), ()),
        ({"m1": [1, 1, 0]}, (("m1", TOO_MANY),), ()),
        ({"m2": [1, 1, 1, 0]}, (("m2", TOO_MANY),), ()),
        ({"m1": [1, 0]}, (("m1", WRONG_SHAPE),), (("m1", WRONG_SHAPE),)),
        ({"m1": [2, 0, 0]}, (("m1", WRONG_SHAPE),), (("m1", WRONG_SHAPE),)),
        ({"m9": [1]}, (("m9", UNKNOWN),), (("m9", UNKNOWN),)),
        (
            {"m9": [1], "m2": [1], "m1": [1, 1, 1]},
            (("m9", UNKNOWN), ("m1", TOO_MANY), ("m2", WRONG_SHAPE)),
            (("m9", UNKNOWN), ("m2", WRONG_SHAPE)),
        ),
    ],
)
def test_a_screen_stops_too_many_marks_and_paper_is_keyed_as_it_is(choices, on_screen, on_paper):
    assert faults(MATTERS, choices, on_paper=False) == on_screen
    assert faults(MATTERS, choices, on_paper=True) == on_paper
