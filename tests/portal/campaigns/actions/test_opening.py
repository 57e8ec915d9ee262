"""A campaign opens once with its standard frozen, and goes on one stage at a time."""

import copy
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from portal.campaigns import actions
from portal.campaigns.actions import refusals
from portal.campaigns.models import Campaign, FrozenStandard, StageReached
from portal.campaigns.queries.standards import standard_in, standard_values
from portal.campaigns.queries.steering import Why
from portal.campaigns.rules.standard import NotAStandard, Scorer
from portal.tools.audit.models import AuditEntry
from portal.tools.chain.canonical import canonical, sha256
from tests.factories import campaigns, places
from tests.factories.campaigns import ENTRY_CLOSED, OPENED, plan
from tests.factories.cast import make_cast
from tests.racing import at_once

DEFAULT = standard_values()["default"]
MIDNIGHT = datetime(2026, 10, 1, tzinfo=ZoneInfo("Asia/Shanghai"))


def by(run):
    return run.officers[Scorer.COUNTY].pk


def reopen(run, **changes):
    return actions.open_campaign(run.region, plan(**changes), by=by(run), at=OPENED)


def advance(run, to, at=ENTRY_CLOSED):
    run.campaign = actions.advance(run.campaign, to, by=by(run), at=at)


def test_a_campaign_opens_for_entries_with_its_stage_noted(cast):
    run = campaigns.opened(cast.compound, cast.wang)
    reached = StageReached.objects.get(campaign=run.campaign)
    assert (run.campaign.stage, reached.stage, reached.by, reached.at) == (
        "entry",
        "entry",
        by(run),
        OPENED,
    )
    noted = AuditEntry.objects.get(act="campaigns.open_campaign")
    assert noted.facts == {
        "code": f"{run.region.code}-2026-1",
        "standard": run.campaign.standard.sha256,
    }


def test_the_standard_is_frozen_as_it_was_though_the_file_is_changed_later(cast):
    value = copy.deepcopy(DEFAULT)
    run = campaigns.opened(cast.compound, cast.wang, standard=value)
    before = copy.deepcopy(value)
    value["heading"][0]["item"][0]["points"] = 99
    frozen = FrozenStandard.objects.get()
    assert frozen.value == before
    assert frozen.sha256 == sha256(canonical(before))
    assert standard_in(run.refresh().campaign).points == 100


def test_campaigns_of_the_same_standard_share_one_frozen_row_and_another_has_its_own(cast):
    run = campaigns.opened(cast.compound, cast.wang)
    assert reopen(run, name="同一标准").standard == run.campaign.standard
    other = reopen(run, name="另一标准", standard=DEFAULT | {"version": "2027.1"})
    assert other.standard != run.campaign.standard
    assert FrozenStandard.objects.count() == 2


def test_a_standard_that_is_broken_opens_nothing_and_tells_every_fault(cast):
    run = campaigns.opened(cast.compound, cast.wang)
    broken = DEFAULT | {
        "points": 101,
        "weight": [{"scorer": "street", "share": "1/2"}],
        "level": [{"code": "a", "title": "甲", "at_least": 0, "rule": ""}],
    }
    with pytest.raises(NotAStandard) as refused:
        reopen(run, name="坏的", standard=broken)
    assert refused.value.faults == (
        "standard: the items have 100 points, not 101",
        "level a: 0 of 101 points",
        "weight: together 1/2, not 1",
    )
    assert Campaign.objects.count() == FrozenStandard.objects.count() == 1


def test_a_name_is_taken_for_its_year_and_county_only(cast):
    run = campaigns.opened(cast.compound, cast.wang)
    with pytest.raises(refusals.AlreadyOpen):
        reopen(run)
    assert reopen(run, name="第二次").code == f"{run.region.code}-2026-2"
    assert reopen(run, year=2027).code == f"{run.region.code}-2027-1"
    elsewhere = actions.open_campaign(places.region("county"), plan(), by=by(run), at=OPENED)
    assert elsewhere.code.endswith("-2026-1")


@pytest.mark.parametrize(
    "days",
    [
        {"community_until": date(2026, 9, 30)},
        {"street_until": date(2026, 10, 9)},
        {"county_until": date(2026, 10, 20)},
        {"publicity_on": date(2026, 10, 30)},
    ],
)
def test_stages_that_do_not_follow_each_other_are_never_stored(cast, days):
    run = campaigns.opened(cast.compound, cast.wang)
    with pytest.raises(IntegrityError, match="follow_each_other"), transaction.atomic():
        reopen(run, name="乱序", **days)
    assert Campaign.objects.count() == 1


def test_entry_ends_with_its_last_day_not_a_moment_before(cast):
    run = campaigns.submitted(cast.compound, cast.wang)
    with pytest.raises(refusals.StageBlocked) as refused:
        advance(run, "community", at=MIDNIGHT - timedelta(microseconds=1))
    (found,) = refused.value.obstacles
    assert (found.why, found.facts) == (Why.ENTRY_RUNS, {"until": date(2026, 9, 30)})
    advance(run, "community", at=MIDNIGHT)
    assert run.refresh().campaign.stage == "community"


def test_all_that_blocks_the_end_of_entry_is_told_at_once(cast):
    run = campaigns.entered(cast.compound, cast.wang)
    with pytest.raises(refusals.StageBlocked) as refused:
        advance(run, "community", at=OPENED)
    assert [one.why for one in refused.value.obstacles] == [Why.ENTRY_RUNS, Why.NOBODY_SUBMITTED]


@pytest.mark.parametrize("at_stage", ["community", "street", "county"])
@pytest.mark.parametrize(
    "to", ["entry", "community", "street", "county", "publicity", "awarded", "nowhere", ""]
)
def test_no_stage_is_skipped_repeated_gone_back_to_or_reached_past_its_own_act(cast, at_stage, to):
    run = campaigns.scoring(cast.compound, cast.wang, to=at_stage)
    run.score(Scorer(at_stage))
    following = {"community": "street", "street": "county"}.get(at_stage)
    if to == following:
        advance(run, to)
    else:
        with pytest.raises(refusals.WrongStage) as refused:
            advance(run, to)
        assert refused.value.stage == at_stage
    expected = following if to == following else at_stage
    assert run.refresh().campaign.stage == expected


def test_every_entry_left_unscored_blocks_and_is_named_by_its_compound(cast):
    others = [places.compound(cast.compound.region) for _ in range(2)]
    run = campaigns.scoring(cast.compound, cast.wang, *others)
    run.score(Scorer.COMMUNITY, run.entry_of(others[0]))
    with pytest.raises(refusals.StageBlocked) as refused:
        advance(run, "street")
    found = [(one.why, one.compound, one.facts) for one in refused.value.obstacles]
    told = {"scorer": Scorer.COMMUNITY}
    assert found == [
        (Why.NOT_SCORED, cast.compound, told),
        (Why.NOT_SCORED, others[1], told),
    ]


def test_a_draft_that_was_not_submitted_blocks_nobody(cast):
    run = campaigns.submitted(cast.compound, cast.wang)
    other = places.compound(cast.compound.region)
    actions.enter(run.campaign, other, by=cast.wang.pk, at=OPENED)
    advance(run, "community")
    run.score(Scorer.COMMUNITY)
    advance(run, "street")
    assert run.campaign.stage == "street"


def test_two_who_open_the_same_at_once_open_one(own_database):
    cast = make_cast()
    run = campaigns.opened(cast.compound, cast.wang)
    outcomes = at_once(*[lambda: reopen(run, name="同时")] * 3)
    assert sorted(type(one).__name__ for one in outcomes) == [
        "AlreadyOpen",
        "AlreadyOpen",
        "Campaign",
    ]
    assert Campaign.objects.filter(name="同时").count() == 1


def test_two_who_open_different_ones_at_once_get_different_numbers(own_database):
    cast = make_cast()
    run = campaigns.opened(cast.compound, cast.wang)
    opened = at_once(*[lambda name=name: reopen(run, name=name) for name in ("甲", "乙", "丙")])
    codes = sorted(one.code for one in opened)
    assert codes == [f"{run.region.code}-2026-{number}" for number in (2, 3, 4)]


def test_two_who_advance_at_once_go_one_stage(own_database):
    cast = make_cast()
    run = campaigns.submitted(cast.compound, cast.wang)
    outcomes = at_once(*[lambda: advance(run, "community")] * 2)
    assert [type(one) for one in outcomes if one] == [refusals.WrongStage]
    assert StageReached.objects.filter(campaign=run.campaign, stage="community").count() == 1


def test_who_advances_while_another_submits_leaves_no_entry_half_in(own_database):
    """Either it was submitted before entry ended, or it is told that entry is over."""
    cast = make_cast()
    other = places.compound(cast.compound.region)
    run = campaigns.entered(cast.compound, cast.wang, other)
    actions.submit_entry(run.entry, by=cast.wang.pk, at=OPENED)
    late = run.entry_of(other)
    stepped, sent = at_once(
        lambda: advance(run, "community"),
        lambda: actions.submit_entry(late, by=cast.wang.pk, at=OPENED),
    )
    assert stepped is None
    if isinstance(sent, Exception):
        assert isinstance(sent, refusals.WrongStage)
    assert late.submission.exists() is not isinstance(sent, Exception)
