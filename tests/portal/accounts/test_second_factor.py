"""Offices over a region count with a second factor only, outside the demonstration."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.accounts import permissions, queries
from portal.accounts.models import CompoundOffice, RegionOffice
from tests.factories import people
from tests.factories.sign_in import PASSWORD, somebody, with_authenticator

SETUP = "/account/2fa/"
TODAY = timezone.localdate


@pytest.fixture
def in_earnest(cast):
    """The cast's installation, no demonstration any more."""
    from portal.places.models import Installation

    Installation.objects.update(is_demonstration=False)


@pytest.mark.parametrize("role", list(RegionOffice.Role))
def test_every_office_over_a_region_waits_for_a_second_factor(cast, in_earnest, role):
    user = people.user()
    people.region_office(user, cast.compound.region, role)
    standing = queries.standing_of(user, TODAY())
    assert (standing.offices, standing.lacks_second_factor) == ((), True)


def test_at_the_demonstration_it_does_not(cast):
    standing = queries.standing_of(cast.zhao, TODAY())
    assert ([o.role for o in standing.offices], standing.lacks_second_factor) == (
        ["street-officer"],
        False,
    )


def test_an_authenticator_makes_it_count(cast, in_earnest):
    assert not permissions.may_supervise(people.User.objects.get(pk=cast.zhao.pk), cast.compound)
    with_authenticator(cast.zhao)
    assert permissions.may_supervise(people.User.objects.get(pk=cast.zhao.pk), cast.compound)


def test_recovery_codes_alone_are_no_second_factor(cast, in_earnest):
    with_authenticator(cast.zhao).delete()
    assert queries.standing_of(cast.zhao, TODAY()).lacks_second_factor


def test_offices_in_a_compound_do_not_wait(cast, in_earnest):
    standing = queries.standing_of(cast.li, TODAY())
    assert (len(standing.offices), standing.lacks_second_factor) == (2, False)


def test_a_compound_office_of_the_same_person_keeps_counting(cast, in_earnest):
    people.compound_office(cast.zhao, cast.other_compound, CompoundOffice.Role.CLERK)
    standing = queries.standing_of(cast.zhao, TODAY())
    assert ([o.role for o in standing.offices], standing.lacks_second_factor) == (
        ["meeting-clerk"],
        True,
    )


def test_an_office_that_has_ended_asks_for_nothing(cast, in_earnest):
    RegionOffice.objects.filter(user=cast.zhao).update(until=TODAY() - timedelta(days=1))
    assert not queries.standing_of(cast.zhao, TODAY()).lacks_second_factor


def test_signing_in_leads_to_the_set_up(client, cast, in_earnest):
    user = somebody(phone="+8613800138000")
    people.region_office(user, cast.compound.region.parent, RegionOffice.Role.STREET)
    answer = client.post("/account/login/?next=/my/", {"login": user.phone, "password": PASSWORD})
    assert answer["Location"] == SETUP
    page = client.get(SETUP)
    words = [str(message) for message in page.context["messages"]]
    assert words[0].startswith("您的职务需要第二重验证")


def test_a_refusal_leads_to_the_set_up(client, cast, in_earnest):
    client.force_login(cast.zhao)
    answer = client.get(reverse("accounts:offices", args=[cast.compound.code]))
    assert (answer.status_code, answer["Location"]) == (302, SETUP)


def test_who_lacks_the_right_anyway_is_refused_plainly(client, cast, in_earnest):
    client.force_login(cast.chen)
    answer = client.get(reverse("accounts:offices", args=[cast.compound.code]))
    assert answer.status_code == 403


def test_with_the_factor_set_up_the_page_opens(client, cast, in_earnest):
    with_authenticator(cast.zhao)
    client.force_login(cast.zhao)
    answer = client.get(reverse("accounts:offices", args=[cast.compound.code]))
    assert answer.status_code == 200


def test_pages_are_edited_with_a_second_factor_only(client, cast, in_earnest):
    editor = somebody(is_superuser=True)
    client.force_login(editor)
    assert client.get("/admin/")["Location"] == SETUP
    with_authenticator(editor)
    assert client.get("/admin/").status_code == 200


def test_the_standing_costs_two_queries_and_two_more_for_an_officer(
    cast, in_earnest, django_assert_num_queries
):
    for user, queries_made in ((cast.chen, 2), (cast.li, 2), (cast.zhao, 4)):
        with django_assert_num_queries(queries_made):
            for _ in range(3):
                permissions.may_supervise(user, cast.compound)
