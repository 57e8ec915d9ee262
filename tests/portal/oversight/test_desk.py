"""The desk: what waits for each of the cast, and no door that is shut."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cms.actions import build_site, ensure_compound_page
from committees import actions
from committees.queries import voters_of
from portal.accounts.models import RegionOffice
from portal.tools.keys import new_key
from tests.costs import page_cost
from tests.factories import meetings, people, places
from tests.factories.meetings import OPENED, PUBLISHED

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


def test_the_checks_come_first_for_the_firms_people(client, cast):
    page = main_of(signed_in(client, cast.wang).get(reverse("desk")))
    assert page.index("消防检查") < page.index("核对已公布的表决数字")


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


def test_a_desk_over_three_compounds_costs_what_one_costs(client, cast):
    county = people.user("周七")
    people.region_office(county, cast.compound.region.parent.parent, RegionOffice.Role.COUNTY)
    signed_in(client, county)
    cost = page_cost(client, reverse("desk"))
    for name in ("第三个小区", "第四个小区"):
        meetings.published(places.compound(cast.compound.region, name=name), cast.li, owners=3)
    assert page_cost(client, reverse("desk")) == cost


def live_in(compound, user):
    """A home of `user` in a compound with an open meeting; its notices have run out."""
    people.owner(compound, places.part(compound, "9-1-101"), user_=user)
    return meetings.opened(compound, user, owners=3)


def test_an_owner_of_three_homes_finds_every_ballot_and_publicity_at_the_cost_of_one(
    client, cast, letters
):
    user = people.user("吴八")
    signed_in(client, user)
    held = [live_in(cast.compound, user)]
    with time_machine.travel(PUBLISHED + timedelta(days=1), tick=False):
        assert "候选人名单公示" in main_of(client.get(reverse("desk")))
    with time_machine.travel(OPENED + timedelta(hours=1), tick=False):
        cost = page_cost(client, reverse("desk"))
        held += [live_in(one, user) for one in (cast.other_compound, places.compound())]
        assert page_cost(client, reverse("desk")) == cost
        desk = main_of(client.get(reverse("desk")))
    votes = [one.address("ballot", slip=voter_of(one, user).slip) for one in held]
    assert [desk.count(address) for address in votes] == [1, 1, 1]


def voter_of(held, user):
    (voter,) = voters_of(held.meeting, user.pk)
    return voter


def test_a_ballot_that_was_cast_leads_to_its_receipt(client, cast, letters):
    user = people.user("吴八")
    held = live_in(cast.compound, user)
    slip = actions.Slip(voter_of(held, user), {"m1": [1, 0, 0, 0]}, new_key())
    ballot = actions.cast_ballot(held.meeting, slip, at=OPENED)
    with time_machine.travel(OPENED + timedelta(hours=1), tick=False):
        desk = main_of(signed_in(client, user).get(reverse("desk")))
    assert held.address("cast", ballot=ballot.pk) in desk
    assert "已投票" in desk
