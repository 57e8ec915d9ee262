"""manifest.json to and from values."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from committees.rules.manifest import (
    Manifest,
    Plan,
    UnknownFormat,
    manifest_json,
    plan_json,
    read_manifest,
    read_plan,
    read_rules,
    rules_values,
)
from committees.rules.matters import BarName, Decision, Deemed, Duplicate, Meeting, Tie

RECORDS = Path(__file__).parents[2] / "data" / "records"
EXAMPLE = (RECORDS / "50" / "manifest.json").read_bytes()


@pytest.mark.parametrize("record", ["50", "81"])
def test_an_example_manifest_is_written_again_byte_for_byte(record):
    written = (RECORDS / record / "manifest.json").read_bytes()
    assert manifest_json(read_manifest(written)) == written


def test_the_values_of_an_example_are_read():
    manifest = read_manifest(EXAMPLE)
    assert (manifest.plan.compound_code, manifest.plan.compound_name) == ("330324-0001", "测试小区")
    assert (manifest.plan.number, manifest.plan.title) == ("T-50", "业主大会会议")
    assert manifest.opens_at == datetime(2026, 10, 1, tzinfo=UTC)
    assert manifest.plan.closes_at == datetime(2026, 10, 20, 10, tzinfo=UTC)
    rules = manifest.meeting.rules
    assert (rules.duplicate, rules.deemed, rules.tie) == (
        Duplicate.ONLINE,
        Deemed.FOLLOW,
        Tie.LOT,
    )
    special, election, ordinary = manifest.meeting.matters
    assert special == Decision(
        "m1",
        "利用共用部位经营",
        BarName.SPECIAL,
        "all",
        ("agree", "against", "abstain", "follow"),
        Deemed.FOLLOW,
    )
    assert (election.seats, election.alternates, election.max_choices) == (3, 2, 6)
    assert [who.party_member for who in election.candidates] == [True, False, True] + [False] * 3
    assert ordinary.deemed is Deemed.NONE


def test_rules_go_to_plain_values_and_back(rules):
    assert read_rules(json.loads(json.dumps(rules_values(rules)))) == rules


def test_without_a_party_target_the_rules_say_nothing_of_it(rules):
    without = replace(rules, party_target=None)
    values = json.loads(json.dumps(rules_values(without)))
    assert values.keys() == rules_values(rules).keys() - {"party_target"}
    assert read_rules(values) == without


def test_a_decision_without_a_rule_of_its_own_says_nothing_of_it(rules, decision):
    moment = datetime(2026, 10, 1, tzinfo=UTC)
    plan = Plan("c", "n", "1", "t", moment, Meeting(rules, (decision,)))
    manifest = Manifest(plan, moment, "")
    assert "deemed" not in json.loads(manifest_json(manifest))["matters"][0]
    own_meeting = Meeting(rules, (replace(decision, deemed=Deemed.NONE),))
    own = replace(manifest, plan=replace(plan, meeting=own_meeting))
    assert json.loads(manifest_json(own))["matters"][0]["deemed"] == "none"
    assert read_manifest(manifest_json(own)) == own


@pytest.mark.parametrize(
    "other",
    [
        b"",
        b"[]",
        b"\xff",
        b"{}",
        b"[" * 100_000,
        EXAMPLE + b"\n",
        EXAMPLE.replace(b"election-record/1", b"election-record/2"),
        EXAMPLE.replace(b'"den":3', b'"den":0'),
        EXAMPLE.replace(
            b'{"den":2,"inclusive":false,"num":1}', b'{"den":4,"inclusive":false,"num":2}'
        ),
        EXAMPLE.replace(b'"seats":3', b'"seats":0'),
        EXAMPLE.replace(b'"seats":3', b'"seats":"3"'),
        EXAMPLE.replace(b'"seats":3', b'"seats":3.0'),
        EXAMPLE.replace(b'"tie":"lot"', b'"tie":"age"'),
        EXAMPLE.replace(b'"T-50"', b"null"),
        EXAMPLE.replace(b"2026-10-01T00:00:00Z", b"2026-10-01T00:00:00"),
    ],
)
def test_other_bytes_are_no_manifest(other):
    with pytest.raises(UnknownFormat):
        read_manifest(other)


def test_a_plan_is_the_manifest_without_what_the_opening_adds():
    manifest = read_manifest(EXAMPLE)
    said = json.loads(plan_json(manifest.plan))
    whole = json.loads(EXAMPLE)
    del whole["format"], whole["parts_sha256"], whole["meeting"]["opens_at"]
    assert said == whole
    assert read_plan(plan_json(manifest.plan)) == manifest.plan


def test_a_manifest_names_its_sealing_key_only_where_it_has_one():
    manifest = replace(read_manifest(EXAMPLE), sealing_key="5e" * 32)
    written = manifest_json(manifest)
    assert json.loads(written)["sealing_key"] == "5e" * 32
    assert read_manifest(written) == manifest
    with pytest.raises(UnknownFormat):
        read_manifest(written.replace(b"5e" * 32, b""))
