"""What campaigns ask of each office, and of nobody else."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser

from portal.accounts.models import CompoundOffice, RegionOffice
from portal.campaigns import actions, permissions
from portal.campaigns.queries.tasks import tasks_of
from portal.campaigns.rules.standard import Scorer
from tests.factories import campaigns, people, places
from tests.factories.campaigns import ENTRY_CLOSED, OPENED

LAST_DAY = OPENED.replace(month=9, day=30, hour=23)  # of entry


def tasks(user, at=ENTRY_CLOSED):
    return tasks_of(user, at, entrants=permissions.ENTRANTS, officers=permissions.OFFICERS)


def to_enter(user, at=OPENED):
    return [compound for _campaign, compound in tasks(user, at).to_enter]


def to_score(user):
    return [entry.compound for entry in tasks(user).to_score]


def say_veto(run, *, stands):
    words = actions.VetoWords("funds", stands, "挪用", "通报1号")
    actions.say_veto(run.entry, words, by=run.officers[Scorer.COUNTY].pk, at=ENTRY_CLOSED)


@pytest.mark.parametrize(
    ("who", "asked"),
    [("wang", True), ("li", True), ("chen", False), ("qian", False), ("zhao", False)],
)
def test_the_manager_and_the_committee_are_asked_to_enter(cast, who, asked):
    campaigns.opened(cast.compound, cast.wang)
    assert to_enter(getattr(cast, who)) == ([cast.compound] if asked else [])


def test_a_draft_still_waits_and_a_submission_does_not(cast):
    run = campaigns.entered(cast.compound, cast.wang)
    assert to_enter(cast.wang) == [cast.compound]
    actions.submit_entry(run.entry, by=cast.wang.pk, at=OPENED)
    assert to_enter(cast.wang) == []


def test_entry_is_asked_for_up_to_its_last_hour(cast):
    campaigns.opened(cast.compound, cast.wang)
    assert to_enter(cast.wang, LAST_DAY) == [cast.compound]
    assert to_enter(cast.wang, LAST_DAY + timedelta(hours=1)) == []


def test_a_campaign_of_another_county_asks_nothing(cast):
    campaigns.opened(places.compound(), cast.wang)
    assert to_enter(cast.wang) == []


def test_an_office_that_is_over_asks_nothing(cast):
    campaigns.opened(cast.compound, cast.wang)
    CompoundOffice.objects.filter(user=cast.wang).update(until=date(2026, 8, 31))
    assert to_enter(cast.wang) == []


@pytest.mark.parametrize("turn", list(Scorer))
def test_each_level_is_asked_in_its_turn_and_only_until_it_has_scored(cast, turn):
    run = campaigns.scoring(cast.compound, cast.wang, to=turn.value)
    asked = {level: to_score(user) for level, user in run.officers.items()}
    assert asked == {level: [cast.compound] if level is turn else [] for level in Scorer}
    run.score(turn)
    assert to_score(run.officers[turn]) == []


def test_a_level_elsewhere_is_not_asked(cast):
    campaigns.scoring(cast.compound, cast.wang, to="street")
    elsewhere = campaigns.officers_of(places.compound())
    assert [to_score(user) for user in elsewhere.values()] == [[], [], []]
    assert to_score(cast.zhao) == [cast.compound]


def test_a_draft_that_was_never_submitted_is_not_to_be_scored(cast):
    run = campaigns.submitted(cast.compound, cast.wang)
    other = places.compound(cast.compound.region)
    actions.enter(run.campaign, other, by=cast.wang.pk, at=OPENED)
    by = run.officers[Scorer.COUNTY].pk
    actions.advance(run.campaign, "community", by=by, at=ENTRY_CLOSED)
    assert to_score(run.officers[Scorer.COMMUNITY]) == [cast.compound]


def test_what_is_vetoed_need_not_be_scored_until_the_veto_is_lifted(cast):
    run = campaigns.scoring(cast.compound, cast.wang, to="county")
    say_veto(run, stands=True)
    assert to_score(run.officers[Scorer.COUNTY]) == []
    say_veto(run, stands=False)
    assert to_score(run.officers[Scorer.COUNTY]) == [cast.compound]


def test_a_level_that_a_veto_passed_over_is_asked_once_it_is_lifted(cast):
    run = campaigns.scoring(cast.compound, cast.wang)
    say_veto(run, stands=True)
    by = run.officers[Scorer.COUNTY].pk
    run.campaign = actions.advance(run.campaign, "street", by=by, at=ENTRY_CLOSED)
    assert to_score(run.officers[Scorer.COMMUNITY]) == []
    say_veto(run, stands=False)
    asked = [to_score(run.officers[level]) for level in Scorer]
    assert asked == [[cast.compound], [cast.compound], []]
    run.score(Scorer.COMMUNITY)
    assert to_score(run.officers[Scorer.COMMUNITY]) == []


def test_who_holds_an_office_twice_sees_an_entry_once(cast):
    run = campaigns.scoring(cast.compound, cast.wang, to="street")
    street, officer = cast.compound.region.parent, run.officers[Scorer.STREET]
    people.region_office(officer, street, RegionOffice.Role.STREET, since=date(2026, 1, 1))
    assert to_score(officer) == [cast.compound]


def test_the_county_steers_its_own_campaigns_until_names_are_given(cast, letters):
    run = campaigns.posted(cast.compound, cast.wang)
    county = run.officers[Scorer.COUNTY]
    assert tasks(county).to_steer == [run.campaign]
    assert tasks(run.officers[Scorer.STREET]).to_steer == []
    elsewhere = campaigns.officers_of(places.compound())[Scorer.COUNTY]
    assert tasks(elsewhere).to_steer == []
    with time_machine.travel(ENTRY_CLOSED, tick=False):
        letters.deliver()
    over = ENTRY_CLOSED + timedelta(days=30)
    run.refresh()
    actions.award(run.campaign, by=county.pk, at=over)
    assert not tasks(county, over)


def test_of_several_campaigns_one_asks_for_its_own(cast):
    run = campaigns.opened(cast.compound, cast.wang)
    second = actions.open_campaign(
        run.region, campaigns.plan(name="另一次"), by=run.officers[Scorer.COUNTY].pk, at=OPENED
    )
    mine = tasks(cast.wang, OPENED)
    assert len(mine.to_enter) == 2
    assert mine.of(second).to_enter == [(second, cast.compound)]
    county = tasks(run.officers[Scorer.COUNTY], OPENED)
    assert county.of(run.campaign).to_steer == [run.campaign]


def test_a_visitor_is_asked_nothing(cast):
    campaigns.scoring(cast.compound, cast.wang)
    assert not tasks(AnonymousUser())
