"""What stands in the way of the next stage: all of it, for each entry, and nothing else."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.campaigns import actions
from portal.campaigns.models import Campaign
from portal.campaigns.queries.steering import (
    DAYS_LEAST,
    DAYS_MOST,
    Why,
    is_open_for_entry,
    levels_to_score,
    levels_until,
    next_stage,
    obstacles,
    publicity_days,
)
from portal.campaigns.rules.standard import Scorer
from portal.publicity.actions import start_clock
from tests.costs import cost_of
from tests.factories import campaigns, places
from tests.factories.campaigns import ENTRY_CLOSED, OPENED

Stage = Campaign.Stage
LAST_DAY = ENTRY_CLOSED.replace(month=9, day=30, hour=23, minute=59)
VETO = actions.VetoWords("funds", True, "挪用", "通报1号")


def by(run):
    return run.officers[Scorer.COUNTY].pk


@pytest.mark.parametrize(
    ("stage", "following", "levels"),
    [
        (Stage.ENTRY, Stage.COMMUNITY, []),
        (Stage.COMMUNITY, Stage.STREET, [Scorer.COMMUNITY]),
        (Stage.STREET, Stage.COUNTY, [Scorer.COMMUNITY, Scorer.STREET]),
        (Stage.COUNTY, Stage.PUBLICITY, list(Scorer)),
        (Stage.PUBLICITY, Stage.AWARDED, []),
        (Stage.AWARDED, None, []),
    ],
)
def test_each_stage_has_its_next_and_the_levels_whose_turn_has_come(stage, following, levels):
    assert next_stage(Campaign(stage=stage)) is following
    assert levels_until(stage) == levels


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    scored=st.lists(st.booleans(), min_size=3, max_size=3),
    vetoed=st.lists(st.booleans(), min_size=3, max_size=3),
)
def test_an_entry_blocks_if_it_is_neither_scored_nor_vetoed(three, scored, vetoed):
    run = three
    with transaction.atomic():
        blocking = []
        for compound, is_scored, is_vetoed in zip(run.compounds, scored, vetoed, strict=True):
            entry = run.entry_of(compound)
            if is_scored:
                run.score(Scorer.COMMUNITY, entry)
            if is_vetoed:
                actions.say_veto(entry, VETO, by=by(run), at=ENTRY_CLOSED)
            if not is_scored and not is_vetoed:
                blocking.append(compound)
        found = obstacles(run.campaign, ENTRY_CLOSED)
        assert {one.compound for one in found} == set(blocking)
        assert len(found) == len(blocking)
        assert {one.why for one in found} <= {Why.NOT_SCORED}
        transaction.set_rollback(True)


@pytest.fixture
def three(cast):
    others = [places.compound(cast.compound.region) for _ in range(2)]
    return campaigns.scoring(cast.compound, cast.wang, *others)


def test_every_level_that_was_passed_over_blocks_beside_the_one_whose_turn_it_is(three):
    run = three
    for compound in run.compounds:
        actions.say_veto(run.entry_of(compound), VETO, by=by(run), at=ENTRY_CLOSED)
    run.campaign = actions.advance(run.campaign, "street", by=by(run), at=ENTRY_CLOSED)
    lifted = actions.VetoWords("funds", False, "查无实据", "复核1号")
    entry = run.entry_of(run.compounds[1])
    actions.say_veto(entry, lifted, by=by(run), at=ENTRY_CLOSED)
    found = obstacles(run.campaign, ENTRY_CLOSED)
    assert [(one.facts["scorer"], one.compound) for one in found] == [
        (Scorer.COMMUNITY, run.compounds[1]),
        (Scorer.STREET, run.compounds[1]),
    ]
    entry = run.entry_of(run.compounds[1])
    assert levels_to_score(entry) == [Scorer.STREET, Scorer.COMMUNITY]
    run.score(Scorer.COMMUNITY, entry)
    assert levels_to_score(entry) == [Scorer.STREET]


def test_who_has_scored_in_its_turn_may_correct_it_until_the_stage_is_left(cast):
    run = campaigns.scoring(cast.compound, cast.wang, to="street")
    run.score(Scorer.STREET)
    assert levels_to_score(run.entry) == [Scorer.STREET]


@pytest.mark.parametrize(
    ("at", "whys"),
    [
        (OPENED, [Why.ENTRY_RUNS, Why.NOBODY_SUBMITTED]),
        (LAST_DAY, [Why.ENTRY_RUNS, Why.NOBODY_SUBMITTED]),
        (LAST_DAY + timedelta(minutes=1), [Why.NOBODY_SUBMITTED]),
    ],
)
def test_entry_runs_to_the_end_of_its_last_day_and_needs_somebody_who_submitted(cast, at, whys):
    run = campaigns.entered(cast.compound, cast.wang)
    assert [one.why for one in obstacles(run.campaign, at)] == whys
    assert is_open_for_entry(run.campaign, at) is (Why.ENTRY_RUNS in whys)


def test_what_hangs_blocks_until_its_own_end_and_says_when_that_is(cast, letters):
    run = campaigns.posted(cast.compound, cast.wang)
    (waiting,) = obstacles(run.campaign, ENTRY_CLOSED)
    assert (waiting.why, waiting.compound) == (Why.NOT_LIVE, cast.compound)
    start = start_clock(run.entry.result.get().publicity, at=ENTRY_CLOSED)
    (running,) = obstacles(run.campaign, start.ends_at - timedelta(microseconds=1))
    assert (running.why, running.facts["ends_at"]) == (Why.PUBLICITY_RUNS, start.ends_at)
    assert obstacles(run.campaign, start.ends_at) == ()
    run.campaign = actions.award(run.campaign, by=by(run), at=start.ends_at)
    assert [one.why for one in obstacles(run.campaign, start.ends_at)] == [Why.AWARDED]


def test_the_days_of_publicity_are_the_rulebooks_with_their_article(cast):
    run = campaigns.opened(cast.compound, cast.wang)
    least, most = publicity_days(run.campaign, OPENED)
    assert (least.key, int(least.value)) == (DAYS_LEAST, 5)
    assert (most.key, int(most.value)) == (DAYS_MOST, 7)


@pytest.mark.parametrize("stage", ["community", "county"])
def test_what_blocks_is_found_at_the_same_cost_for_one_and_three(cast, stage):
    one = campaigns.scoring(cast.compound, cast.wang, to=stage)
    there = places.compound()
    others = [places.compound(there.region) for _ in range(2)]
    more = campaigns.scoring(there, cast.wang, *others, to=stage)
    costs = [cost_of(lambda run=run: obstacles(run.campaign, ENTRY_CLOSED)) for run in (one, more)]
    assert costs[0] == costs[1]
    assert len(obstacles(more.campaign, ENTRY_CLOSED)) == 3
