"""The county's page and every list behind its numbers cost the same with one compound full of
everything and with three, on the screen and as Excel."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from portal.oversight.documents.listings import LISTINGS
from portal.publicity.models import Publicity
from tests.costs import page_cost
from tests.factories import county as counties
from tests.factories import fire, meetings
from tests.factories.meetings import PUBLISHED

AT = PUBLISHED + timedelta(days=2)  # notice and candidates hang, voting is to come
PAGES = ["/county/", *(f"/county/{name}/" for name in LISTINGS)]


def fill(county, street):
    """A compound of that street with a committee, a meeting in publicity, a missed duty and a
    defect."""
    compound = county.compound(street)
    counties.re_elected(compound)
    meetings.published(compound, county.officer, owners=3, candidates=3)
    fire.defect(fire.hydrant(compound, at=AT - timedelta(days=40)), at=AT - timedelta(days=30))


@pytest.mark.parametrize("asked", ["", "?as=xlsx"])
def test_every_list_costs_the_same_at_one_and_three_compounds(county, letters, asked):
    client = Client()
    with time_machine.travel(AT, tick=False):
        client.force_login(county.officer)
        fill(county, 0)
        assert Publicity.objects.running(AT).count() == 2
        one = {page: page_cost(client, page + asked) for page in PAGES}
        for street in (1, 2):
            fill(county, street)
        assert {page: page_cost(client, page + asked) for page in PAGES} == one


def test_a_street_sees_its_own_at_the_same_cost(county, letters):
    client = Client()
    with time_machine.travel(AT, tick=False):
        client.force_login(county.zhao)
        fill(county, 0)
        one = {page: page_cost(client, page) for page in PAGES}
        for street in (0, 0, 1):
            fill(county, street)
        assert {page: page_cost(client, page) for page in PAGES} == one
