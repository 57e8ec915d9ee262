"""The public list of a campaign: in the order of its results, nothing of them before they hang."""

from datetime import timedelta
from fractions import Fraction

import pytest

from portal.campaigns import actions
from portal.campaigns.models import Result
from portal.campaigns.queries.pages import (
    award_of,
    entry_lines,
    posted_of,
    result_of,
)
from portal.campaigns.queries.pages import (
    campaigns as all_campaigns,
)
from portal.campaigns.queries.standards import standard_values
from portal.campaigns.rules.standard import Scorer
from portal.publicity.actions import start_clock
from tests.costs import cost_of
from tests.factories import campaigns, places
from tests.factories.campaigns import ENTRY_CLOSED, OPENED

THIRDS = standard_values()["default"] | {
    "weight": [{"scorer": "community", "share": "1/3"}, {"scorer": "county", "share": "2/3"}]
}


def by(run):
    return run.officers[Scorer.COUNTY].pk


def publish(run):
    run.campaign = actions.publish_results(run.campaign, by=by(run), at=ENTRY_CLOSED)


def neighbours(cast, count):
    return [places.compound(cast.compound.region) for _ in range(count)]


def test_a_third_of_a_tenth_decides_the_order_though_both_read_the_same(cast, letters):
    other = places.compound(cast.compound.region)
    run = campaigns.scoring(cast.compound, cast.wang, other, standard=THIRDS)
    for compound, drill in ((cast.compound, 0), (other, 1)):
        run.score(Scorer.COMMUNITY, run.entry_of(compound), fire__drill=drill)
    for stage in (Scorer.STREET, Scorer.COUNTY):
        run.campaign = actions.advance(run.campaign, stage.value, by=by(run), at=ENTRY_CLOSED)
        for compound in run.compounds:
            run.score(stage, run.entry_of(compound))
    publish(run)
    lines = entry_lines(run.campaign, ENTRY_CLOSED)
    assert [line.reckoned.tenths for line in lines] == [Fraction(2941, 3), Fraction(980)]
    assert [(line.entry.compound, line.points) for line in lines] == [
        (other, "98"),
        (cast.compound, "98"),
    ]


def test_before_results_are_posted_nothing_of_points_or_vetoes_is_in_the_list(cast):
    run = campaigns.scored(cast.compound, cast.wang, *neighbours(cast, 1))
    words = actions.VetoWords("funds", True, "挪用", "通报1号")
    actions.say_veto(run.entry, words, by=by(run), at=ENTRY_CLOSED)
    for line in entry_lines(run.campaign, ENTRY_CLOSED):
        assert (line.reckoned, line.points, line.posted, line.award, line.is_refused) == (
            None,
            "",
            None,
            None,
            False,
        )


def test_equal_points_stand_in_the_order_of_the_compounds_codes(cast, letters):
    run = campaigns.posted(cast.compound, cast.wang, *neighbours(cast, 2))
    codes = [line.entry.compound.code for line in entry_lines(run.campaign, ENTRY_CLOSED)]
    assert codes == sorted(codes)


def test_the_list_costs_the_same_at_one_and_three(cast, letters):
    one = campaigns.posted(cast.compound, cast.wang)
    there = places.compound()
    three = campaigns.posted(there, cast.wang, *(places.compound(there.region) for _ in "ab"))
    costs = [
        cost_of(lambda run=run: entry_lines(run.campaign, ENTRY_CLOSED)) for run in (one, three)
    ]
    assert costs[0] == costs[1]


def test_a_result_stands_with_its_clock_and_an_award_with_its_entry_only(cast, letters):
    other = places.compound(cast.compound.region)
    run = campaigns.scored(cast.compound, cast.wang, other)
    assert result_of(run.entry) is None
    run.score(Scorer.COUNTY, run.entry_of(other), **dict.fromkeys(LOSE, 0))
    publish(run)
    for one in Result.objects.all():
        start_clock(one.publicity, at=ENTRY_CLOSED)
    result = result_of(run.entry)
    assert not posted_of(result, ENTRY_CLOSED).state.is_over
    over = ENTRY_CLOSED + timedelta(days=6)
    assert posted_of(result, over).state.is_over
    run.campaign = actions.award(run.campaign, by=by(run), at=over)
    assert award_of(run.entry).title == "五星级"
    assert award_of(run.entry_of(other)) is None


LOSE = ["party__share", "committee__term", "fire__checks", "firm__complaints", "firm__disclosure"]


@pytest.mark.django_db
def test_all_campaigns_stand_the_newest_year_first(cast):
    run = campaigns.opened(cast.compound, cast.wang)
    for name, year in (("旧", 2025), ("新", 2027), ("又", 2026)):
        plan = campaigns.plan(name=name, year=year)
        actions.open_campaign(run.region, plan, by=by(run), at=OPENED)
    assert [one.name for one in all_campaigns()] == ["新", "又", "2026年美丽小区评选", "旧"]
