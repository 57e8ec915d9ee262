"""How campaigns stand at the end of a day, in the region that is asked for, and what was won."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from portal.campaigns import actions
from portal.campaigns.queries import awards_of, states
from portal.campaigns.queries.entries import standing_vetoes, total_of
from portal.campaigns.queries.pages import entry_lines
from portal.campaigns.rules.standard import Scorer
from portal.campaigns.rules.total import Outcome
from tests.factories import campaigns, places
from tests.factories.campaigns import ENTRY_CLOSED, OPENED

DAY = ENTRY_CLOSED.date()


def by_county(run):
    return run.officers[Scorer.COUNTY].pk


def figures(run, region, on=DAY):
    (one,) = states(region.path, on=on)
    assert one.campaign == run.campaign
    scored = (one.scored_by_community, one.scored_by_street, one.scored_by_county)
    return one.stage, one.entries, one.submitted, scored, one.in_publicity, one.awarded


@pytest.fixture
def two(cast):
    """A campaign of the cast's compound and one in the next community of the street."""
    community = places.region("community", cast.compound.region.parent)
    return campaigns.scoring(cast.compound, cast.wang, places.compound(community), to="street")


def test_each_region_is_told_of_the_entries_within_it(two, cast):
    community, street = cast.compound.region, cast.compound.region.parent
    assert figures(two, street) == ("street", 2, 2, (2, 0, 0), 0, 0)
    assert figures(two, community) == ("street", 1, 1, (1, 0, 0), 0, 0)
    assert figures(two, street.parent) == figures(two, street)


def test_a_draft_is_an_entry_and_no_submission(cast):
    run = campaigns.entered(cast.compound, cast.wang)
    assert figures(run, cast.compound.region) == ("entry", 1, 0, (0, 0, 0), 0, 0)


def test_two_scorings_of_a_level_are_one_scored_entry(two, cast):
    for _again in range(2):
        two.score(Scorer.STREET)
    assert figures(two, cast.compound.region)[3] == (1, 1, 0)


def test_a_result_is_in_publicity_from_when_it_is_live_to_its_last_day(cast, letters):
    run = campaigns.posted(cast.compound, cast.wang)
    region = cast.compound.region
    assert figures(run, region)[0] == "publicity"
    assert figures(run, region)[4] == 0
    letters.deliver()
    start = run.refresh().entry.result.get().publicity.start.get()
    days = [timezone.localdate(start.live_at), start.last_on, start.last_on + timedelta(days=1)]
    assert [figures(run, region, on=day)[4] for day in days] == [1, 1, 0]


def test_an_award_is_counted_and_shown_from_its_day(cast, letters):
    run = campaigns.posted(cast.compound, cast.wang)
    letters.deliver()
    over = run.entry.result.get().publicity.start.get().ends_at
    actions.award(run.refresh().campaign, by=by_county(run), at=over)
    day = timezone.localdate(over)
    assert figures(run, cast.compound.region, on=day)[0] == "awarded"
    assert figures(run, cast.compound.region, on=day)[5] == 1
    assert figures(run, cast.compound.region, on=day - timedelta(days=1))[5] == 0
    (award,) = awards_of(cast.compound)
    assert award.entry.campaign == run.campaign
    assert awards_of(cast.other_compound) == []


def test_the_newest_year_stands_first_and_of_a_year_the_first_code(cast):
    run = campaigns.opened(cast.compound, cast.wang)
    for name, year in (("明年", 2027), ("今年又一次", 2026)):
        plan = campaigns.plan(name=name, year=year)
        actions.open_campaign(run.region, plan, by=by_county(run), at=OPENED)
    names = [one.campaign.name for one in states(run.region.path, on=DAY)]
    assert names == ["明年", "2026年美丽小区评选", "今年又一次"]


def test_before_it_opened_there_is_no_campaign(cast):
    run = campaigns.opened(cast.compound, cast.wang)
    assert states(run.region.path, on=date(2026, 8, 31)) == []


def test_the_stage_is_told_in_words(cast):
    run = campaigns.opened(cast.compound, cast.wang)
    assert states(run.region.path, on=DAY)[0].stage_words == "申报"


def test_the_list_puts_the_most_points_first_the_vetoed_after_them_and_drafts_last(cast, letters):
    region = cast.compound.region
    others = [places.compound(region) for _ in range(2)]
    run = campaigns.scoring(cast.compound, cast.wang, *others, to="county")
    draft = places.compound(region)
    for compound, drill in zip(run.compounds, (0, 60, 60), strict=True):
        run.score(Scorer.COUNTY, run.entry_of(compound), fire__drill=drill)
    words = actions.VetoWords("funds", True, "挪用", "通报1号")
    vetoed = run.entry_of(others[1])
    actions.say_veto(vetoed, words, by=by_county(run), at=ENTRY_CLOSED)
    campaigns.Entry.objects.create(
        campaign=run.campaign, compound=draft, entered_by=cast.wang.pk, entered_at=OPENED
    )
    run.campaign = actions.publish_results(run.campaign, by=by_county(run), at=ENTRY_CLOSED)
    lines = entry_lines(run.campaign, ENTRY_CLOSED)
    assert [line.entry.compound for line in lines] == [others[0], cast.compound, others[1], draft]
    assert [line.is_refused for line in lines] == [False, False, True, False]
    assert [line.points for line in lines] == ["100", "94", "100", ""]


def test_a_total_says_what_stands_a_veto_before_all_points(cast):
    run = campaigns.scored(cast.compound, cast.wang)
    assert total_of(run.entry).outcome is Outcome.REACHED
    for stands, outcome in ((True, Outcome.VETOED), (False, Outcome.REACHED)):
        words = actions.VetoWords("funds", stands, "挪用", "通报1号")
        actions.say_veto(run.entry, words, by=by_county(run), at=ENTRY_CLOSED)
        assert (set(standing_vetoes(run.entry)) == {"funds"}) is stands
        assert total_of(run.entry).outcome is outcome
