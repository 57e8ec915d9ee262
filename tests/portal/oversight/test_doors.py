"""The doors of a desk are the pages that open for that person: none is shut, none is missing."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from cms.actions import build_site, ensure_compound_page
from portal.accounts.models import CompoundOffice, RegionOffice
from portal.accounts.permissions import FIRMS_PEOPLE
from portal.oversight.views.doors import DOORS, doors_of
from tests.factories import people, places

OFFICES = [
    *((CompoundOffice, role) for role in CompoundOffice.Role),
    *((RegionOffice, role) for role in RegionOffice.Role),
]
ABOVE = {
    RegionOffice.Role.COMMUNITY: lambda compound: compound.region,
    RegionOffice.Role.STREET: lambda compound: compound.region.parent,
    RegionOffice.Role.COUNTY: lambda compound: compound.region.parent.parent,
    RegionOffice.Role.ADMINISTRATOR: lambda compound: compound.region.parent.parent,
}


def holder(kind, role, compound):
    """Somebody who holds this one office, there or over it."""
    user = people.user()
    if kind is RegionOffice:
        people.region_office(user, ABOVE[role](compound), role)
        return user
    more = {"firm": people.firm(compound)} if role in FIRMS_PEOPLE else {}
    people.compound_office(user, compound, role, **more)
    return user


@pytest.mark.parametrize(("kind", "role"), OFFICES, ids=str)
def test_a_door_is_shown_to_an_office_if_and_only_if_its_page_opens(client, cast, kind, role):
    build_site("永嘉县")
    ensure_compound_page(cast.compound)
    user = holder(kind, role, cast.compound)
    client.force_login(user)
    shown = {door.address for door in doors_of(user, cast.compound)}
    pages = {reverse(name, args=[cast.compound.code]) for _right, _words, name in DOORS}
    opened = {page for page in pages if client.get(page).status_code == 200}
    assert shown == opened


@pytest.mark.parametrize(("kind", "role"), OFFICES, ids=str)
def test_an_office_in_one_compound_shows_only_public_doors_of_another(cast, kind, role):
    far = places.compound()
    user = holder(kind, role, cast.compound)
    public = [door.words for door in doors_of(AnonymousUser(), far)]
    assert [door.words for door in doors_of(user, far)] == public


def test_doors_stand_in_their_one_order(cast):
    order = [str(words) for _right, words, _name in DOORS]
    for _kind, role in OFFICES:
        user = holder(_kind, role, cast.compound)
        words = [door.words for door in doors_of(user, cast.compound)]
        assert words == [one for one in order if one in words]


def test_a_door_names_its_page_by_the_compounds_code(cast):
    user = holder(RegionOffice, RegionOffice.Role.STREET, cast.compound)
    for door in doors_of(user, cast.compound):
        assert cast.compound.code in door.address
