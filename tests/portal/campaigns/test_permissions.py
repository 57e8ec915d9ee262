"""One line for each right: who of the cast has it, in which compound, on which day."""

import pytest
from django.contrib.auth.models import AnonymousUser

from portal.accounts.models import CompoundOffice, RegionOffice
from portal.campaigns import actions, permissions
from portal.campaigns.rules.standard import Scorer
from tests.factories import campaigns, people, places
from tests.factories.campaigns import OPENED


@pytest.fixture
def world(cast):
    """An entry, and everybody who might ask; `near` hold the same offices next door."""
    run = campaigns.opened(cast.compound, cast.wang)
    entry = actions.enter(run.campaign, cast.compound, by=cast.wang.pk, at=OPENED)
    inspector, former = people.user(), people.user()
    people.compound_office(inspector, cast.compound, CompoundOffice.Role.INSPECTOR, firm=cast.firm)
    ended = {"until": OPENED.date().replace(year=2025)}
    people.region_office(former, run.region, RegionOffice.Role.COUNTY, **ended)
    near = campaigns.officers_of(
        places.compound(places.region("community", cast.compound.region.parent))
    )
    far = campaigns.officers_of(places.compound())
    asking = {name: getattr(cast, name) for name in ("chen", "li", "wang", "zhao", "qian", "sun")}
    asking |= {scorer.value: user for scorer, user in run.officers.items()}
    asking |= {f"near-{scorer.value}": user for scorer, user in near.items()}
    asking |= {f"far-{scorer.value}": user for scorer, user in far.items()}
    asking |= {"inspector": inspector, "former": former, "anonymous": AnonymousUser()}
    return run, entry, asking


def who(asking, may):
    return {name for name, user in asking.items() if may(user)}


# the street and the county are the same next door, so their officers cover this compound too
STREET = {"zhao", "street", "near-street"}
COUNTY = {"county", "near-county"}
OFFICES = {"community"} | STREET | COUNTY


def test_the_public_reads_and_only_the_countys_officers_open_and_steer(world):
    run, _entry, asking = world
    assert who(asking, permissions.may_anyone_read_campaigns) == asking.keys()
    assert who(asking, lambda one: permissions.may_open(one, run.region)) == COUNTY
    assert who(asking, lambda one: permissions.may_steer(one, run.campaign)) == COUNTY
    street = run.compounds[0].region.parent
    assert who(asking, lambda one: permissions.may_open(one, street)) == COUNTY


def test_the_manager_and_the_members_enter_and_nobody_else(world):
    run, _entry, asking = world
    compound = run.compounds[0]
    assert who(asking, lambda one: permissions.may_enter(one, compound)) == {"wang", "li"}


@pytest.mark.parametrize(
    ("scorer", "officers"),
    [(Scorer.COMMUNITY, {"community"}), (Scorer.STREET, STREET), (Scorer.COUNTY, COUNTY)],
)
def test_each_level_is_scored_by_its_own_officers_over_the_compound(world, scorer, officers):
    _run, entry, asking = world
    assert who(asking, lambda one: permissions.may_score(one, entry, scorer)) == officers


def test_an_entry_is_judged_by_the_offices_over_it_and_read_by_those_and_who_entered(world):
    run, entry, asking = world
    assert who(asking, lambda one: permissions.may_judge(one, run.compounds[0])) == OFFICES
    readers = who(asking, lambda one: permissions.may_read_entry(one, entry))
    assert readers == OFFICES | {"wang", "li"}
