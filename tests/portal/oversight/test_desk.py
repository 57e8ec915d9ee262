"""The desk: what waits for each of the cast, and no door that is shut."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from cms.actions import build_site, ensure_compound_page
from portal.accounts.models import RegionOffice
from tests.factories import people, places

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="(/[^"]*)"')


def signed_in(client: Client, user) -> Client:
    client.force_login(user)
    return client


def main_of(response) -> str:
    page = response.content.decode()
    return page[page.index("<main") : page.index("</main>")]


def test_nobody_has_a_desk_without_signing_in(client):
    assert client.get(reverse("desk")).status_code == 302


def test_a_desk_is_read_only(client, cast):
    assert signed_in(client, cast.chen).post(reverse("desk")).status_code == 405


@pytest.mark.parametrize("who", ["chen", "li", "wang", "zhao", "qian", "sun"])
def test_every_door_of_a_desk_opens_for_whom_it_is_shown(client, cast, who):
    build_site("永嘉县")
    for compound in (cast.compound, cast.other_compound):
        ensure_compound_page(compound)
    desk = main_of(signed_in(client, getattr(cast, who)).get(reverse("desk")))
    doors = [link for link in LINK.findall(desk) if not link.startswith("/admin/")]
    assert doors
    assert {link: client.get(link).status_code for link in doors} == dict.fromkeys(doors, 200)


def test_an_owner_sees_the_home_and_no_office(client, cast):
    desk = main_of(signed_in(client, cast.chen).get(reverse("desk")))
    assert "幸福花园 1-1-101" in desk
    assert "我负责的小区" not in desk


def test_who_has_an_office_and_no_home_is_not_told_so_in_a_box(client, cast):
    desk = main_of(signed_in(client, cast.wang).get(reverse("desk")))
    assert "还没有绑定房屋" not in desk
    assert "我也是业主，去绑定房屋" in desk


def test_a_firms_manager_is_not_shown_the_roll(client, cast):
    desk = main_of(signed_in(client, cast.wang).get(reverse("desk")))
    assert reverse("owners:roll", args=[cast.compound.code]) not in desk


def test_another_compound_is_nowhere(client, cast):
    assert "别处小区" not in main_of(signed_in(client, cast.li).get(reverse("desk")))


def test_a_desk_over_three_compounds_costs_what_one_costs(
    client, cast, django_assert_max_num_queries
):
    county = people.user("周七")
    people.region_office(county, cast.compound.region.parent.parent, RegionOffice.Role.COUNTY)
    signed_in(client, county)
    with django_assert_max_num_queries(60) as first:
        client.get(reverse("desk"))
    places.compound(name="第三个小区")
    with django_assert_max_num_queries(60) as second:
        client.get(reverse("desk"))
    assert len(second) == len(first)
