"""Meetings that cannot be counted are refused with every reason."""

from dataclasses import replace

import pytest

from committees.rules.matters import BarName, Meeting, NotCountable
from committees.rules.thresholds import Measure


def test_a_bar_is_found_by_its_name(rules):
    assert rules.bar(BarName.ORDINARY) is rules.ordinary
    assert rules.bar(BarName.SPECIAL) is rules.special


def test_a_matter_is_as_wide_as_its_options_or_candidates(decision, make_election):
    assert (decision.width, make_election(9).width) == (4, 9)


def test_a_sound_meeting_is_accepted(rules, decision, make_election):
    assert Meeting(rules, (decision, make_election(4))).matters[0] is decision


@pytest.mark.parametrize("rank_by", [(), (Measure.AREA, Measure.AREA)])
def test_candidates_are_ranked_by_one_or_both_measures(rules, rank_by):
    with pytest.raises(NotCountable) as refusal:
        Meeting(replace(rules, rank_by=rank_by), ())
    assert refusal.value.reasons == ("rank_by is not one or both measures",)


@pytest.mark.parametrize("change", [{"seats": 0}, {"alternates": -1}, {"max_choices": 0}])
def test_an_election_has_a_seat_and_a_choice(rules, make_election, change):
    with pytest.raises(NotCountable) as refusal:
        Meeting(rules, (make_election(3, **change),))
    assert refusal.value.reasons == ("m2 has no seat, no choice, or fewer than no alternates",)


def test_every_reason_is_given_at_once(rules, decision, make_election):
    twins = make_election(2).candidates[:1] * 2
    matters = (
        replace(decision, options=("against", "against")),
        replace(make_election(2), id="m1", candidates=twins),
        replace(decision, options=()),
    )
    with pytest.raises(NotCountable) as refusal:
        Meeting(replace(rules, rank_by=()), matters)
    assert refusal.value.reasons == (
        "rank_by is not one or both measures",
        "two matters share an id",
        "the options of m1 do not begin with agree",
        "an option of m1 stands there twice",
        "two candidates of m1 share an id",
        "the options of m1 do not begin with agree",
    )
