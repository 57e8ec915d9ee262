"""A standard is taken whole or refused with every fault; the default agrees with the rulebook."""

import copy

import pytest

from portal.campaigns.queries.sources import SOURCES
from portal.campaigns.queries.standards import standard_values
from portal.campaigns.rules.standard import NotAStandard, Scorer, read_standard
from tests.factories.rulebook import entries

DEFAULT = standard_values()["default"]


def faults_of(value):
    with pytest.raises(NotAStandard) as refused:
        read_standard(value, sources=SOURCES.keys())
    return refused.value.faults


def test_the_default_is_a_standard_of_a_hundred_points_judged_by_the_county():
    found = read_standard(DEFAULT, sources=SOURCES.keys())
    assert (found.points, dict(found.weights)) == (100, {Scorer.COUNTY: 1})
    assert found.sources == SOURCES.keys()


def test_points_and_levels_of_the_default_are_the_rulebooks():
    book = {entry.key: entry.value for entry in entries() if entry.key.startswith("campaign.")}
    found = read_standard(DEFAULT, sources=SOURCES.keys())
    said = {one.rule: one.points for one in found.headings}
    said |= {one.rule: one.at_least for one in found.levels}
    assert {key: str(book[key]) for key in said} == {key: str(n) for key, n in said.items()}


def test_every_fault_of_sense_is_told_at_once():
    broken = copy.deepcopy(DEFAULT)
    broken["heading"][0]["item"][0] |= {"source": "gossip", "points": 5}
    broken["heading"][0]["item"][1] |= {"source": "fire.on_time"}
    broken["heading"][1]["item"][1] |= {"evidence": "rumour", "code": "party.branch"}
    broken["level"][0]["at_least"] = 101
    broken["weight"] = [{"scorer": "street", "share": "1/2"}, {"scorer": "king", "share": "1/3"}]
    assert faults_of(broken) == (
        "item party.branch: 2 times",
        "item party.share: no record is called 'gossip'",
        "item party.branch: uploaded, yet with a source",
        "item party.branch: evidence is rumour, not upload or record",
        "standard: the items have 99 points, not 100",
        "level first: 101 of 100 points",
        "weight: nobody is called 'king'",
        "weight: together 5/6, not 1",
    )


def test_every_fault_of_shape_is_told_at_once():
    broken = copy.deepcopy(DEFAULT)
    broken["name"] = " "
    broken["points"] = True
    broken["veto"] = []
    broken["heading"][0]["item"] = []
    broken["heading"][1]["item"][0]["source"] = 3
    broken["level"][0] = "first"
    assert faults_of(broken) == (
        "standard: name is empty",
        "standard: points is missing or not int",
        "heading 1: no item",
        "heading 2, item 1: source is not text",
        "standard: no veto",
        "level 1: not a table",
    )


@pytest.mark.parametrize("share", ["0", "3/2", "half", "1/0", "-1"])
def test_a_share_is_a_part_of_one(share):
    broken = DEFAULT | {"weight": [{"scorer": "county", "share": share}]}
    assert faults_of(broken) == (f"weight county: {share!r} is no share",)


def test_an_item_has_points_and_levels_differ():
    broken = copy.deepcopy(DEFAULT)
    broken["heading"][0]["item"][0]["points"] = 0
    broken["points"] = 94
    broken["level"][1]["at_least"] = 90
    assert faults_of(broken) == ("item party.share: 0 points", "level from 90: 2 times")
