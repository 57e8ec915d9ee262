"""How a campaign stands on a day: counted anew from the rows, for any region and any day."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.campaigns import actions
from portal.campaigns.models import Award, Entry, Result, Scoring, Submission
from portal.campaigns.queries import awards_of, states
from portal.campaigns.rules.standard import Scorer
from portal.publicity.actions import start_clock
from portal.publicity.models import Publicity
from tests.costs import cost_of
from tests.factories import campaigns, places
from tests.factories import county as counties
from tests.factories.campaigns import OPENED

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST, LAST = date(2026, 8, 30), date(2026, 11, 20)
days = st.dates(FIRST, LAST)


def at(month, day, hour=9):
    return datetime(2026, month, day, hour, tzinfo=SHANGHAI)


@pytest.fixture
def run(db, letters):
    """Three compounds in two streets, each step on a day of its own; the last named on 11-10."""
    county = counties.county()
    first, second, third = county.compound(0), county.compound(0), county.compound(1)
    run = campaigns.opened(first, county.officer, second, third)
    by = run.officers[Scorer.COUNTY].pk
    for day, compound in ((2, first), (5, second), (9, third)):
        entry = actions.enter(run.campaign, compound, by=by, at=at(9, day))
        actions.save_self_score(entry, run.marks(), by=by, at=at(9, day))
    for day, compound in ((12, first), (20, second)):
        actions.submit_entry(run.entry_of(compound), by=by, at=at(9, day))
    day = 1
    for stage in Scorer:
        run.campaign = actions.advance(run.campaign, stage.value, by=by, at=at(10, day))
        for compound in (first, second):
            day += 3
            sheet = actions.Sheet(stage, run.marks(), 0, campaigns.new_key())
            actions.score_entry(run.entry_of(compound), sheet, by=by, at=at(10, day, 23))
        day += 1
    run.campaign = actions.publish_results(run.campaign, by=by, at=at(10, 28))
    for day, publicity in zip((28, 30), Publicity.objects.order_by("compound"), strict=True):
        start_clock(publicity, at=at(10, day))
    run.campaign = actions.award(run.campaign, by=by, at=at(11, 10))
    return run


def by_hand(run, path, on):
    """The figures counted row by row, as a clerk would."""
    end = datetime.combine(on + timedelta(days=1), datetime.min.time(), tzinfo=SHANGHAI)
    here = [
        one
        for one in Entry.objects.select_related("compound__region")
        if one.compound.region.path.startswith(path)
    ]
    of = {one.pk for one in here}

    def there(rows):
        return {one.entry_id for one in rows if one.entry_id in of and one.at < end}

    scored = [
        there(Scoring.objects.filter(level=scorer)) for scorer in ("community", "street", "county")
    ]
    hanging = [
        one
        for one in Result.objects.filter(entry__in=of)
        for start in one.publicity.start.all()
        if start.live_at < end <= start.ends_at
    ]
    return [
        sum(one.entered_at < end for one in here),
        len(there(Submission.objects.all())),
        *(len(one) for one in scored),
        len(hanging),
        len(there(Award.objects.all())),
    ]


def told(state):
    return [
        state.entries,
        state.submitted,
        state.scored_by_community,
        state.scored_by_street,
        state.scored_by_county,
        state.in_publicity,
        state.awarded,
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(on=days, street=st.sampled_from([None, 0, 1, 2]))
def test_the_figures_of_any_day_and_region_are_the_rows_counted_by_hand(run, on, street):
    region = (
        run.region
        if street is None
        else places.Region.objects.filter(parent=run.region).order_by("path")[street]
    )
    found = states(region.path, on=on)
    if on < OPENED.date():
        assert found == []
    else:
        (state,) = found
        assert told(state) == by_hand(run, region.path, on)


@pytest.mark.parametrize(
    ("on", "stage"),
    [
        ((9, 1), "entry"),
        ((9, 30), "entry"),
        ((10, 1), "community"),
        ((10, 7), "community"),
        ((10, 8), "street"),
        ((10, 15), "county"),
        ((10, 27), "county"),
        ((10, 28), "publicity"),
        ((11, 9), "publicity"),
        ((11, 10), "awarded"),
        ((11, 20), "awarded"),
    ],
)
def test_a_campaign_is_at_the_stage_it_had_reached_by_the_end_of_the_day(run, on, stage):
    (state,) = states(run.region.path, on=date(2026, *on))
    assert state.stage == stage


def test_a_result_is_in_publicity_from_the_day_it_is_live_to_its_last_day(run):
    numbers = {
        day: states(run.region.path, on=date(2026, 10, 27) + timedelta(days=day))[0].in_publicity
        for day in range(10)
    }
    assert list(numbers.values()) == [0, 1, 1, 2, 2, 2, 2, 1, 1, 0]


def test_no_figure_of_what_was_done_ever_falls(run):
    seen = [0] * 7
    for day in range((LAST - OPENED.date()).days):
        (state,) = states(run.region.path, on=OPENED.date() + timedelta(days=day))
        now = told(state)
        lasting = [0, 1, 2, 3, 4, 6]  # what hangs is taken down again
        assert [now[place] for place in lasting] >= [seen[place] for place in lasting]
        assert all(now[place] >= seen[place] for place in lasting)
        seen = now


def test_the_streets_together_are_the_county(run):
    streets = places.Region.objects.filter(parent=run.region)
    for on in (date(2026, 9, 15), date(2026, 10, 20), date(2026, 11, 1), LAST):
        (whole,) = states(run.region.path, on=on)
        parts = [told(states(one.path, on=on)[0]) for one in streets]
        assert [sum(numbers) for numbers in zip(*parts, strict=True)] == told(whole)


def test_a_campaign_of_another_county_concerns_no_region_here(run):
    elsewhere = places.region("county")
    assert states(elsewhere.path, on=LAST) == []
    actions.open_campaign(
        elsewhere, campaigns.plan(), by=run.officers[Scorer.COUNTY].pk, at=at(11, 1)
    )
    assert [one.campaign.region for one in states(elsewhere.path, on=LAST)] == [elsewhere]
    assert [one.campaign for one in states(run.region.path, on=LAST)] == [run.campaign]


def test_a_region_whose_code_begins_like_anothers_is_not_taken_for_it(run):
    near = places.region("county", code=f"{run.region.code}1")
    assert states(near.path, on=LAST) == []


def test_the_states_cost_the_same_for_one_campaign_and_three(run):
    def look():
        return states(run.region.path, on=LAST)

    cost = cost_of(look)
    for name in ("第二次", "第三次"):
        by = run.officers[Scorer.COUNTY].pk
        actions.open_campaign(run.region, campaigns.plan(name=name), by=by, at=at(11, 1))
    assert [one.campaign.name for one in look()][:2] == ["2026年美丽小区评选", "第二次"]
    assert cost_of(look) == cost == 6


def test_an_award_stands_with_its_compound_and_with_no_other(run):
    for compound, titles in zip(run.compounds, (["五星级"], ["五星级"], []), strict=True):
        assert [one.title for one in awards_of(compound)] == titles
