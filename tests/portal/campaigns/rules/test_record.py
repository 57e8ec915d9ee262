"""From an exported entry alone the total is reckoned again, by whoever holds it, for good."""

import copy
import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.campaigns.queries.standards import standard_values
from portal.campaigns.rules.record import FORM, agrees, exported, recomputed, standard_of
from portal.campaigns.rules.standard import NotAStandard, Scorer
from portal.campaigns.rules.total import Outcome, total
from portal.tools.chain.canonical import canonical

DEFAULT = standard_values()["default"]
MOST = {item["code"]: item["points"] * 10 for head in DEFAULT["heading"] for item in head["item"]}
VETOES = [one["code"] for one in DEFAULT["veto"]]
SHARES = st.sampled_from(
    [
        {"county": "1"},
        {"street": "1"},
        {"community": "1/3", "county": "2/3"},
        {"community": "0.2", "street": "0.3", "county": "0.5"},
        {"community": "1/7", "street": "2/7", "county": "4/7"},
    ]
)
sheets = st.fixed_dictionaries({code: st.integers(0, most) for code, most in MOST.items()})


def entry(shares, scores, vetoes=()):
    standard = DEFAULT | {"weight": [{"scorer": who, "share": x} for who, x in shares.items()]}
    given_ = dict.fromkeys(Scorer, scores)
    reckoned = total(standard_of(standard), given_, vetoes=vetoes)
    facts = {"self": dict(MOST), "records": {}}
    return exported(facts, standard, given_, vetoes=list(vetoes), reckoned=reckoned)


@settings(max_examples=40)
@given(shares=SHARES, scores=sheets, vetoes=st.sets(st.sampled_from(VETOES)))
def test_the_value_survives_its_own_canonical_bytes_and_agrees(shares, scores, vetoes):
    value = entry(shares, scores, sorted(vetoes))
    again = json.loads(canonical(value))
    assert agrees(again)
    assert recomputed(again) == recomputed(value)
    assert canonical(again) == canonical(value)


@settings(max_examples=40)
@given(shares=SHARES, scores=sheets)
def test_equal_sheets_of_every_level_give_their_sum_whatever_the_weights(shares, scores):
    """Shares make one together, so that nothing is lost or won by splitting."""
    found = recomputed(entry(shares, scores))
    assert found.tenths == sum(scores.values())
    assert sum(found.headings.values()) == found.tenths
    assert set(found.scorers.values()) == {sum(scores.values())}


@settings(max_examples=60)
@given(shares=SHARES, scores=sheets, item=st.sampled_from(sorted(MOST)), more=st.integers(1, 50))
def test_a_tenth_more_never_costs_a_level(shares, scores, item, more):
    levels = ["", *(one.code for one in reversed(standard_of(DEFAULT).levels))]
    raised = scores | {item: min(scores[item] + more, MOST[item])}
    before, after = (recomputed(entry(shares, one)) for one in (scores, raised))
    assert after.tenths >= before.tenths
    ranks = [levels.index(one.level.code if one.level else "") for one in (before, after)]
    assert ranks[1] >= ranks[0]


@settings(max_examples=30)
@given(scores=sheets, item=st.sampled_from(sorted(MOST)), by=st.sampled_from([-1, 1]))
def test_any_score_changed_by_a_tenth_afterwards_is_found(scores, item, by):
    value = entry({"county": "1"}, scores)
    changed = value["scores"]["county"][item] + by
    value["scores"]["county"][item] = changed
    assert not agrees(value)


@pytest.mark.parametrize(
    "tamper",
    [
        lambda one: one["total"].update(tenths="999"),
        lambda one: one["total"].update(outcome="below"),
        lambda one: one["total"].update(level="second"),
        lambda one: one["total"]["headings"].update(fire="1"),
        lambda one: one["total"].update(vetoes=["funds"]),
        lambda one: one["vetoes"].append("accident"),
        lambda one: one["scores"].pop("county"),
        lambda one: one["standard"]["level"][0].update(at_least=100, title="六星级"),
    ],
)
def test_a_value_that_was_touched_no_longer_agrees(tamper):
    value = copy.deepcopy(entry({"county": "1"}, MOST | {"fire.drill": 0}))
    assert agrees(value)
    tamper(value)
    assert not agrees(value)


def test_a_standard_that_was_broken_afterwards_is_refused_with_every_fault():
    value = copy.deepcopy(entry({"county": "1"}, MOST))
    value["standard"]["points"] = 90
    value["standard"]["weight"] = [{"scorer": "county", "share": "1/2"}]
    with pytest.raises(NotAStandard) as refused:
        agrees(value)
    assert refused.value.faults == (
        "standard: the items have 100 points, not 90",
        "weight: together 1/2, not 1",
    )


def test_a_score_that_is_missing_leaves_no_total_and_is_named():
    scores = dict(MOST)
    del scores["fire.drill"]
    value = entry({"county": "1"}, scores)
    assert value["total"]["outcome"] == Outcome.INCOMPLETE
    assert (value["total"]["tenths"], value["total"]["level"]) == ("", "")
    assert value["total"]["missing"] == [["county", "fire.drill"]]
    assert agrees(value)


def test_thirds_stay_exact_and_are_no_floats():
    shares = {"community": "1/3", "county": "2/3"}
    standard = DEFAULT | {"weight": [{"scorer": who, "share": x} for who, x in shares.items()]}
    given_ = {Scorer.COMMUNITY: MOST | {"fire.drill": 1}, Scorer.COUNTY: MOST}
    reckoned = total(standard_of(standard), given_)
    assert reckoned.tenths == Fraction(2941, 3)
    value = exported({}, standard, given_, vetoes=[], reckoned=reckoned)
    assert value["total"]["tenths"] == "2941/3"
    assert value["format"] == FORM


def test_records_that_no_query_knows_any_more_are_read_as_they_were_named():
    value = copy.deepcopy(DEFAULT)
    value["heading"][0]["item"][0]["source"] = "a.record.long.gone"
    assert "a.record.long.gone" in standard_of(value).sources
