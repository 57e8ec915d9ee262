"""Which ballot counts, and what a voter weighs."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees.rules.ballots import (
    Ballot,
    MalformedBallot,
    Part,
    UnknownVoter,
    areas_by_scope,
    counting_ballots,
)
from committees.rules.matters import Duplicate, Meeting


def cast(*channels):
    """Ballots of one voter by these channels, numbered from 1."""
    return [Ballot(seq, "v1", channel, {}) for seq, channel in enumerate(channels, start=1)]


def counted(rules, ballots, *, rule=Duplicate.FIRST, matters=(), voters=("v1",), voided=()):
    meeting = Meeting(replace(rules, duplicate=rule), matters)
    return counting_ballots(meeting, ballots, voters=set(voters), voided=voided)


def test_a_voter_is_one_head_in_each_scope_with_the_sum_of_its_parts_there():
    parts = [
        Part("p1", "v1", 8932, ("all", "homes")),
        Part("p2", "v1", 1200, ("all", "b1")),
        Part("p3", "v1", 1000, ("all", "homes")),
        Part("p4", "v2", 700, ("b1",)),
        Part("p5", "v3", 1, ()),
    ]
    areas, voters = areas_by_scope(parts, {"all", "homes", "b1", "b9"})
    assert areas == {
        "all": {"v1": 11132},
        "homes": {"v1": 9932},
        "b1": {"v1": 1200, "v2": 700},
        "b9": {},
    }
    assert voters == {"v1", "v2", "v3"}


@pytest.mark.parametrize(
    ("rule", "channels", "seq"),
    [
        (Duplicate.FIRST, ["paper", "online", "paper"], 1),
        (Duplicate.LAST, ["paper", "online", "paper"], 3),
        (Duplicate.ONLINE, ["paper", "online", "online"], 2),
        (Duplicate.ONLINE, ["online", "paper"], 1),
        (Duplicate.PAPER, ["online", "onsite", "paper", "paper"], 3),
        (Duplicate.PAPER, ["onsite", "online", "proxy"], 1),  # none of that channel: the first
        (Duplicate.ONLINE, ["external"], 1),
    ],
)
def test_the_rule_for_duplicates_chooses_the_ballot(rules, rule, channels, seq):
    assert counted(rules, cast(*channels), rule=rule)["v1"].seq == seq


@pytest.mark.parametrize(
    ("rule", "seq"),
    [(Duplicate.FIRST, 2), (Duplicate.LAST, 3), (Duplicate.ONLINE, 3), (Duplicate.PAPER, 2)],
)
def test_the_rule_looks_only_at_ballots_that_were_not_voided(rules, rule, seq):
    ballots = cast("online", "paper", "online", "paper")
    assert counted(rules, ballots, rule=rule, voided={1, 4})["v1"].seq == seq


def test_a_voter_whose_ballots_are_all_voided_has_none(rules):
    assert counted(rules, cast("online", "paper"), voided=[1, 2]) == {}


@given(data=st.data(), rule=st.sampled_from(Duplicate))
def test_the_order_in_which_ballots_are_given_changes_nothing(rules, data, rule):
    channels = data.draw(st.lists(st.sampled_from(["online", "paper", "proxy"]), min_size=1))
    ballots = cast(*channels)
    shuffled = data.draw(st.permutations(ballots))
    assert counted(rules, shuffled, rule=rule) == counted(rules, ballots, rule=rule)


def test_a_ballot_of_a_voter_without_parts_is_refused(rules):
    ballots = [Ballot(7, "v9", "online", {}), Ballot(5, "v8", "online", {})]
    with pytest.raises(UnknownVoter) as refusal:
        counted(rules, ballots)
    assert refusal.value.seq == 5


@pytest.mark.parametrize(
    "choices",
    [
        {"m9": (1, 0, 0, 0)},
        {"m1": ()},
        {"m1": (1, 0, 0)},
        {"m1": (1, 0, 0, 0, 0)},
        {"m1": (2, 0, 0, 0)},
        {"m1": (-1, 1, 1, 0)},
    ],
)
def test_an_unknown_matter_or_a_wrong_list_is_refused(rules, decision, choices):
    ballots = [Ballot(1, "v1", "online", {"m1": (1, 0, 0, 0)}), Ballot(2, "v1", "paper", choices)]
    with pytest.raises(MalformedBallot) as refusal:
        counted(rules, ballots, matters=(decision,))
    assert refusal.value.seq == 2
    assert counted(rules, ballots, matters=(decision,), voided={2})["v1"].seq == 1
