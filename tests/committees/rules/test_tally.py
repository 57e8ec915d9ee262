"""A whole meeting counted: participation, following, election."""

from dataclasses import replace

import pytest

from committees.rules.matters import BarName, Deemed, Meeting, Tie
from committees.rules.ratio import PartyShare
from committees.rules.seats import Seating, Standing
from committees.rules.tally import count
from committees.rules.thresholds import GateName, Measure, Weight

YES, NO, ABSTAIN, FOLLOW = (1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)
NOTHING_SAID, TWO_SAID = (0, 0, 0, 0), (1, 1, 0, 0)


def said(*choices, matter="m1"):
    """Voter v1 says the first, v2 the second …; None casts a ballot silent on the matter."""
    return [
        (f"v{n}", {} if choice is None else {matter: choice})
        for n, choice in enumerate(choices, start=1)
    ]


@pytest.fixture
def count_decision(decision, one_matter, make_parts, make_ballots):
    """Count m1 among voters of 100 each (or `areas`), of whom the first say `choices`."""

    def counted(*choices, voters=6, areas=None, served=(), deemed=None, bar=BarName.ORDINARY):
        meeting = one_matter(replace(decision, deemed=deemed, bar=bar))
        parts = make_parts(*(areas or [100] * voters))
        (result,) = count(meeting, parts, make_ballots(*said(*choices)), served=served)
        return result

    return counted


@pytest.fixture
def count_election(make_election, one_matter, make_parts, make_ballots):
    """Count m2 with `candidates` among six voters of 100 each, of whom the first say `choices`."""

    def counted(*choices, candidates=3, party=(), rules=None, served=(), **changes):
        matter = make_election(candidates, party=party, **changes)
        meeting = one_matter(matter, **(rules or {}))
        ballots = make_ballots(*said(*choices, matter="m2"))
        (result,) = count(meeting, make_parts(*[100] * 6), ballots, served=served)
        return result

    return counted


# Decisions


@pytest.mark.parametrize(
    ("wrong", "why"),
    [(None, "silent"), (NOTHING_SAID, "no mark"), (TWO_SAID, "two marks"), (ABSTAIN, "abstains")],
)
def test_a_ballot_that_does_not_agree_takes_part_and_supports_nothing(count_decision, wrong, why):
    result = count_decision(YES, YES, wrong, wrong)
    assert result.verdict.participation.part == Weight(4, 400)
    assert result.verdict.participation.is_cleared is True  # exactly two thirds
    assert result.verdict.agreement.part == Weight(2, 200)
    assert result.verdict.passed is False, why  # exactly half is not more than half


def test_one_more_than_half_passes_an_ordinary_matter(count_decision):
    assert count_decision(YES, YES, YES, NO).verdict.passed is True


def test_three_quarters_exactly_pass_a_special_matter(count_decision):
    assert count_decision(YES, YES, YES, NO, bar=BarName.SPECIAL).verdict.passed is True
    assert count_decision(YES, YES, YES, NO, NO, bar=BarName.SPECIAL).verdict.passed is False


def test_one_head_short_of_two_thirds_decides_nothing(count_decision):
    result = count_decision(YES, YES, YES)
    assert result.verdict.agreement.is_cleared is True
    assert result.verdict.passed is False
    assert [(s.gate, s.measure, s.needed) for s in result.verdict.shortfalls] == [
        (GateName.PARTICIPATION, Measure.HEADS, 1),
        (GateName.PARTICIPATION, Measure.AREA, 100),
    ]


def test_an_owner_of_two_parts_is_one_head_with_both_areas(
    decision, one_matter, make_parts, make_ballots
):
    parts = make_parts(100, 100, 100)
    parts[1] = parts[1]._replace(voter="v1")
    (result,) = count(one_matter(decision), parts, make_ballots(("v1", {"m1": YES})))
    assert result.eligible == Weight(2, 300)
    assert result.options[0] == Weight(1, 200)


def test_a_voter_outside_the_scope_does_not_take_part(
    decision, one_matter, make_parts, make_ballots
):
    parts = [*make_parts(100, 100, scopes=("all", "b1")), *make_parts(0, 0, 500)[2:]]
    ballots = make_ballots(*said(YES, NO, YES))
    (result,) = count(one_matter(replace(decision, scope="b1")), parts, ballots)
    assert (result.eligible, result.verdict.participation.part) == (Weight(2, 200), Weight(2, 200))
    assert result.options[0] == Weight(1, 100)


def test_a_matter_of_nobody_does_not_pass(decision, one_matter, make_parts):
    (result,) = count(one_matter(replace(decision, scope="nowhere")), make_parts(100), [])
    assert result.eligible == Weight(0, 0)
    assert result.verdict.passed is False
    assert [s.needed for s in result.verdict.shortfalls] == [None] * 4


# Following


def test_those_who_chose_to_follow_are_added_for_the_agreement_alone(count_decision):
    result = count_decision(YES, YES, NO, FOLLOW)
    assert result.leader == "agree"
    assert result.options == (Weight(2, 200), Weight(1, 100), Weight(0, 0), Weight(1, 100))
    assert result.verdict.agreement.part == Weight(3, 300)
    assert (result.verdict.passed, result.cast_only.passed, result.strict.passed) == (
        True,
        True,
        False,
    )


def test_following_a_majority_against_adds_nothing_to_agree(count_decision):
    result = count_decision(YES, NO, NO, FOLLOW)
    assert result.leader == "against"
    assert result.verdict.agreement.part == Weight(1, 100)


@pytest.mark.parametrize(
    ("choices", "areas", "leader"),
    [
        ((YES, NO, FOLLOW), (100, 100, 100), None),  # tied on both
        ((YES, NO, FOLLOW), (101, 100, 100), None),  # tied by heads
        ((YES, YES, NO, FOLLOW), (50, 50, 100, 1), None),  # tied by area
        ((YES, YES, NO, FOLLOW), (50, 49, 100, 1), None),  # heads and area differ
        ((YES, YES, NO, FOLLOW), (50, 51, 100, 1), "agree"),
        ((ABSTAIN, ABSTAIN, YES, FOLLOW), (100, 100, 1, 1), "agree"),  # abstaining never leads
        ((FOLLOW, FOLLOW, FOLLOW), (100, 100, 100), None),  # nobody to follow
        ((YES, FOLLOW), (0, 100), None),  # no area: tied with against at nothing
        ((), (100,), None),
    ],
)
def test_there_is_a_majority_to_follow_only_if_one_option_leads_alone_on_both_measures(
    count_decision, choices, areas, leader
):
    assert count_decision(*choices, areas=areas).leader == leader


def test_followers_without_a_majority_stay_where_they_are(count_decision):
    result = count_decision(YES, NO, FOLLOW, FOLLOW)
    assert result.verdict == result.strict
    assert result.verdict.agreement.part == Weight(1, 100)


def test_a_decision_without_the_option_has_no_followers(decision, one_matter, make_parts):
    meeting = one_matter(replace(decision, options=("agree",)))
    (result,) = count(meeting, make_parts(100), [])
    assert (result.leader, result.options) == (None, (Weight(0, 0),))


def test_the_deemed_take_part_and_follow_and_the_strict_result_stands_beside(count_decision):
    served = ["v1", "v4", "v5", "v6", "v9"]
    result = count_decision(YES, YES, NO, served=served, deemed=Deemed.FOLLOW)
    assert result.deemed == Weight(3, 300)
    assert result.verdict.participation.part == Weight(6, 600)
    assert result.verdict.agreement.part == Weight(5, 500)
    assert result.verdict.passed is True
    assert result.options[0] == Weight(2, 200)
    assert result.strict.participation.part == Weight(3, 300)
    assert result.strict.agreement.part == Weight(2, 200)
    assert result.strict == result.cast_only
    assert result.strict.passed is False


def test_the_deemed_take_part_even_where_there_is_no_majority(count_decision):
    result = count_decision(YES, NO, served=["v3", "v4"], deemed=Deemed.FOLLOW)
    assert result.leader is None
    assert result.verdict.participation.part == Weight(4, 400)
    assert result.verdict.agreement.part == Weight(1, 100)


def test_without_a_rule_the_served_are_not_deemed(count_decision):
    result = count_decision(YES, served=["v2", "v3"], deemed=Deemed.NONE)
    assert result.deemed == Weight(0, 0)
    assert result.verdict == result.strict


@pytest.mark.parametrize(
    ("meetings", "own", "deemed"),
    [
        (Deemed.FOLLOW, None, Weight(1, 100)),
        (Deemed.FOLLOW, Deemed.NONE, Weight(0, 0)),
        (Deemed.NONE, Deemed.FOLLOW, Weight(1, 100)),
        (Deemed.NONE, None, Weight(0, 0)),
    ],
)
def test_a_decisions_own_rule_goes_before_the_meetings(
    decision, one_matter, make_parts, meetings, own, deemed
):
    meeting = one_matter(replace(decision, deemed=own), deemed=meetings)
    (result,) = count(meeting, make_parts(100, 100), [], served=["v2"])
    assert result.deemed == deemed


def test_a_served_voter_whose_ballots_were_all_voided_has_cast_nothing(
    decision, one_matter, make_parts, make_ballots
):
    meeting = one_matter(decision, deemed=Deemed.FOLLOW)
    ballots = make_ballots(*said(YES, NO))
    (result,) = count(meeting, make_parts(100, 100), ballots, served=["v2"], voided=[2])
    assert result.deemed == Weight(1, 100)
    assert result.options[1] == Weight(0, 0)
    assert result.verdict.agreement.part == Weight(2, 200)


def test_the_deemed_of_another_scope_stay_away(decision, one_matter, make_parts):
    meeting = one_matter(replace(decision, scope="b1"), deemed=Deemed.FOLLOW)
    parts = [*make_parts(100, scopes=("b1",)), *make_parts(0, 100)[1:]]
    (result,) = count(meeting, parts, [], served=["v1", "v2"])
    assert result.deemed == Weight(1, 100)


# Elections


def test_candidates_over_half_by_both_measures_are_elected_in_rank_order(count_election):
    result = count_election(
        (0, 1, 1), (1, 1, 1), (1, 1, 1), (1, 1, 0), (0, 1, 0), (0, 1, 0), party=(2,)
    )
    assert [who.agreement.part.heads for who in result.candidates] == [3, 6, 3]
    assert [who.is_qualified for who in result.candidates] == [False, True, False]
    assert result.seating == Seating(("c2",))
    assert result.open_seats == 2
    assert result.party == PartyShare(result.party.target, 1, 1)
    assert [s.needed for s in result.candidates[0].shortfalls] == [1, 1]
    assert result.candidates[1].shortfalls == ()


def test_more_marks_than_allowed_take_part_and_support_nobody(count_election):
    result = count_election((1, 1, 1), (1, 1, 0), (1, 0, 0), (0, 0, 0), None, max_choices=2)
    assert result.participation.part == Weight(5, 500)
    assert [who.agreement.part.heads for who in result.candidates] == [2, 1, 0]


def test_if_too_few_take_part_nobody_is_elected_and_all_seats_are_open(count_election):
    result = count_election((1, 1, 1), (1, 1, 1), (1, 1, 1), party=(1, 2, 3))
    assert [who.is_qualified for who in result.candidates] == [True, True, True]
    assert [who.standing for who in result.candidates] == [Standing.NOT_ELECTED] * 3
    assert (result.seating, result.open_seats) == (Seating(), 3)
    assert (result.party.members, result.party.met) == (0, False)
    assert [s.measure for s in result.participation.shortfalls] == [Measure.HEADS, Measure.AREA]


def test_the_deemed_never_take_part_in_an_election(count_election):
    result = count_election(
        (1, 1, 1), served=["v2", "v3", "v4", "v5"], rules={"deemed": Deemed.FOLLOW}
    )
    assert result.participation.part == Weight(1, 100)


def test_a_tied_candidate_is_undecided_and_the_seat_stays_open(count_election):
    choices = [(1, 1, 1)] * 4 + [(1, 0, 0)]
    result = count_election(*choices, seats=2, party=(1,))
    assert result.seating == Seating(("c1",), (), ("c2", "c3"))
    assert [who.standing for who in result.candidates] == [
        Standing.ELECTED,
        Standing.UNDECIDED_SEAT,
        Standing.UNDECIDED_SEAT,
    ]
    assert result.open_seats == 1
    assert (result.party.members, result.party.party_members, result.party.met) == (1, 1, True)


def test_a_lot_leaves_no_tie(count_election):
    choices = [(1, 1, 1)] * 4 + [(1, 0, 0)]
    result = count_election(*choices, seats=2, rules={"tie": Tie.LOT, "lot_seed": "s"})
    assert len(result.seating.elected) == 2
    assert (result.seating.tied, result.open_seats) == ((), 0)


def test_party_members_are_counted_and_never_preferred(count_election):
    choices = [(1, 1, 1)] * 5 + [(0, 1, 1)]
    result = count_election(*choices, seats=2, alternates=1, party=(1,))
    assert result.seating == Seating(("c2", "c3"), ("c1",))
    assert (result.party.party_members, result.party.met) == (0, False)


def test_every_matter_is_answered_in_its_order(rules, decision, make_election, make_parts):
    meeting = Meeting(rules, (make_election(2), decision, replace(decision, id="m3")))
    results = count(meeting, make_parts(100), [])
    assert [result.id for result in results] == ["m2", "m1", "m3"]
