"""Every page of campaigns asks the database as often at one row as at three."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from portal.accounts.models import CompoundOffice
from portal.campaigns import actions
from portal.campaigns.queries import states
from portal.campaigns.rules.standard import Scorer
from tests.costs import cost_of, page_cost
from tests.factories import campaigns, people, places
from tests.factories.campaigns import ENTRY_CLOSED, OPENED


@pytest.fixture(autouse=True)
def demonstration(db):
    """Offices over a region count without a second factor."""
    places.installation()


STAGES = {
    "opened": campaigns.opened,
    "entered": campaigns.entered,
    "submitted": campaigns.submitted,
    "community": lambda *who: campaigns.scoring(*who, to="community"),
    "street": lambda *who: campaigns.scoring(*who, to="street"),
    "county": lambda *who: campaigns.scoring(*who, to="county"),
    "scored": campaigns.scored,
    "posted": campaigns.posted,
}


def runs(stage, letters, client_of=lambda run: run.officers[Scorer.COUNTY]):
    """A campaign of one compound, and one of three in another county, each with who looks at it."""
    found = []
    for more in (0, 2):
        first = places.compound()
        others = [places.compound(first.region) for _ in range(more)]
        manager = people.user()
        for compound in (first, *others):
            firm = people.firm(compound)
            people.compound_office(manager, compound, CompoundOffice.Role.MANAGER, firm=firm)
        run = STAGES[stage](first, manager, *others)
        letters.deliver()
        client = Client()
        client.force_login(client_of(run))
        found.append((run, client))
    return found


def costs(found, name):
    return [
        page_cost(client, reverse(f"campaigns:{name}", args=[run.campaign.code]))
        for run, client in found
    ]


@pytest.mark.parametrize("stage", STAGES)
def test_the_console_of_a_campaign_costs_the_same(stage, letters):
    at = OPENED if stage in ("opened", "entered") else ENTRY_CLOSED
    with time_machine.travel(at, tick=False):
        one, three = costs(runs(stage, letters), "manage")
    assert one == three


@pytest.mark.parametrize("stage", STAGES)
def test_the_public_page_and_what_it_asks_of_an_officer_cost_the_same(stage, letters):
    with time_machine.travel(ENTRY_CLOSED, tick=False):
        found = runs(stage, letters, lambda run: run.officers[Scorer.COMMUNITY])
        one, three = costs(found, "campaign")
    assert one == three


@pytest.mark.parametrize("stage", ["opened", "entered"])
def test_what_may_be_entered_costs_the_same(stage, letters):
    with time_machine.travel(OPENED, tick=False):
        one, three = costs(runs(stage, letters, lambda run: run.manager), "campaign")
    assert one == three


def test_the_console_after_the_names_are_given_costs_the_same(letters):
    with time_machine.travel(ENTRY_CLOSED, tick=False):
        found = runs("posted", letters)
    over = ENTRY_CLOSED + timedelta(days=30)
    for run, _client in found:
        actions.award(run.campaign, by=run.officers[Scorer.COUNTY].pk, at=over)
    with time_machine.travel(over, tick=False):
        for run, client in found:
            client.force_login(run.officers[Scorer.COUNTY])
        one, three = costs(found, "manage")
        assert one == three
        one, three = costs(found, "campaign")
    assert one == three


def test_the_list_of_campaigns_costs_the_same_at_one_and_three(letters):
    found = runs("opened", letters)
    client = Client()
    address = reverse("campaigns:campaigns")
    two = page_cost(client, address)
    run = found[0][0]
    for year in (2027, 2028):
        plan = campaigns.plan(name=f"{year}年评选", year=year)
        actions.open_campaign(run.region, plan, by=run.officers[Scorer.COUNTY].pk, at=OPENED)
    assert page_cost(client, address) == two


@pytest.mark.parametrize("name", ["entry", "score"])
def test_an_entry_costs_the_same_with_one_scoring_of_each_level_and_with_three(letters, name):
    with time_machine.travel(ENTRY_CLOSED, tick=False):
        ((run, client), _other) = runs("scored", letters)
        address = reverse(f"campaigns:{name}", args=[run.campaign.code, run.compounds[0].code])
        one = page_cost(client, address)
        for tenths in (10, 20):
            run.score(Scorer.COUNTY, party__branch=tenths)
        assert page_cost(client, address) == one


def test_a_draft_costs_the_same_with_one_file_and_with_three(letters):
    with time_machine.travel(OPENED, tick=False):
        ((run, client), _other) = runs("entered", letters, lambda run: run.manager)
        address = reverse("campaigns:draft", args=[run.campaign.code, run.compounds[0].code])
        campaigns.attach(run.compounds[0], run.manager)
        one = page_cost(client, address)
        for _more in range(2):
            campaigns.attach(run.compounds[0], run.manager)
        assert page_cost(client, address) == one


def test_the_states_cost_six_queries_however_many_campaigns(letters, django_assert_num_queries):
    run = runs("posted", letters)[1][0]
    for rows in (1, 2):
        with django_assert_num_queries(6):
            assert len(states(run.region.path, on=ENTRY_CLOSED.date())) == rows
        plan = campaigns.plan(name=f"又一次评选{rows}")
        actions.open_campaign(run.region, plan, by=run.officers[Scorer.COUNTY].pk, at=OPENED)


def test_the_figures_of_three_compounds_are_counted_as_those_of_one(letters):
    one, three = (run for run, _client in runs("posted", letters))
    day = ENTRY_CLOSED.date()
    figures = [states(run.region.path, on=day)[0] for run in (one, three)]
    assert [(f.entries, f.submitted, f.scored_by_county) for f in figures] == [
        (1, 1, 1),
        (3, 3, 3),
    ]
    assert cost_of(lambda: states(one.region.path, on=day)) == cost_of(
        lambda: states(three.region.path, on=day)
    )
