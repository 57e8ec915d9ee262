"""Ballots that cannot be opened: which verdicts hang on them."""

from dataclasses import replace

import pytest

from committees.rules.ballots import Ballot, Part
from committees.rules.doubt import could_change
from committees.rules.matters import BarName, Candidate, Decision, Election, Meeting
from tests.committees.rules.conftest import RULES

AGREE, AGAINST = [1, 0, 0, 0], [0, 1, 0, 0]


def parts(voters):
    return [Part(f"p{n:02}", f"v{n}", 100, ("all",)) for n in range(voters)]


def meeting(*matters):
    return Meeting(replace(RULES), matters)


def decision(options=("agree", "against", "abstain", "follow")):
    return Decision("m1", "续聘", BarName.ORDINARY, "all", options)


def election(names, seats):
    people = tuple(Candidate(name, name, party_member=False) for name in names)
    return Election("m2", "选举", BarName.ORDINARY, "all", seats, 0, len(names), people)


def ballots(*choices):
    return [Ballot(n + 2, f"v{n}", "online", said) for n, said in enumerate(choices)]


def lost(first, count):
    return [f"v{n}" for n in range(first, first + count)]


@pytest.mark.parametrize(
    ("agree", "against", "unopenable", "changes"),
    [
        (6, 3, 0, False),
        (6, 3, 1, False),  # 6 of 10 agree, whatever the one says
        (5, 4, 1, True),  # 5 of 10 is no majority
        (5, 4, 0, False),
        (4, 5, 1, False),  # 5 of 10 at most
        (4, 5, 2, True),  # 6 of 11
        (4, 1, 3, True),  # with the three enough take part
        (2, 1, 1, False),  # 4 of 10 take part at most
    ],
)
def test_a_decision_hangs_on_them_where_all_for_or_all_against_turn_it(
    agree, against, unopenable, changes
):
    cast = ballots(*[{"m1": AGREE}] * agree, *[{"m1": AGAINST}] * against)
    voters = 11 if agree + against + unopenable > 10 else 10
    told = could_change(
        meeting(decision()), parts(voters), cast, unopenable=lost(len(cast), unopenable)
    )
    assert told == (("m1",) if changes else ())


def test_followers_may_leave_with_them():
    follow = {"m1": [0, 0, 0, 1]}
    cast = ballots(*[{"m1": AGREE}] * 4, *[{"m1": AGAINST}] * 3, follow, follow)
    assert could_change(meeting(decision()), parts(10), cast, unopenable=["v9"]) == ("m1",)


@pytest.mark.parametrize(
    ("first", "second", "unopenable", "changes"),
    [(7, 5, 1, False), (7, 5, 2, True), (6, 6, 1, True), (9, 2, 1, False)],
)
def test_an_election_hangs_on_them_where_a_candidate_gets_in_or_falls_out(
    first, second, unopenable, changes
):
    cast = [[int(n < first), int(n >= 9 - second)] for n in range(9)]
    told = could_change(
        meeting(election(["c1", "c2"], 1)),
        parts(11),
        ballots(*[{"m2": said} for said in cast]),
        unopenable=lost(9, unopenable),
    )
    assert told == (("m2",) if changes else ())


def test_who_has_another_ballot_that_counts_is_left_out():
    cast = ballots(*[{"m1": AGREE}] * 5, *[{"m1": AGAINST}] * 4)
    assert could_change(meeting(decision()), parts(10), cast, unopenable=["v0"]) == ()


def test_a_voter_without_a_part_in_the_scope_changes_nothing():
    cast = ballots(*[{"m1": AGREE}] * 5, *[{"m1": AGAINST}] * 4)
    elsewhere = [*parts(9), Part("p99", "v9", 100, ("parking",))]
    assert could_change(meeting(decision()), elsewhere, cast, unopenable=["v9"]) == ()


def test_each_matter_is_told_by_itself():
    cast = ballots(*[{"m1": AGREE, "m2": [1, 0]}] * 5, *[{"m1": AGAINST, "m2": [1, 0]}] * 4)
    asked = meeting(decision(), election(["c1", "c2"], 1))
    assert could_change(asked, parts(10), cast, unopenable=["v9"]) == ("m1",)
