"""Offices over a region count with a second factor only, outside the demonstration."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts import permissions, queries
from portal.accounts.models import CompoundOffice, RegionOffice
from tests.factories import people
from tests.factories.sign_in import PASSWORD, somebody, with_authenticator, with_email

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


STRICT = [CompoundOffice.Role.MEMBER, CompoundOffice.Role.CLERK, CompoundOffice.Role.MANAGER]
FIELD = [CompoundOffice.Role.INSPECTOR, CompoundOffice.Role.REPAIRER, CompoundOffice.Role.DUTY]


def holder(cast, role, **fields):
    user = somebody(phone="+8613800138000", **fields)
    firm = {} if role in STRICT[:2] else {"firm": cast.firm}
    people.compound_office(user, cast.compound, role, **firm)
    return user


@pytest.mark.parametrize("role", STRICT)
def test_members_clerks_and_managers_wait_too(cast, in_earnest, role):
    standing = queries.standing_of(holder(cast, role), TODAY())
    assert (standing.offices, standing.lacks_second_factor) == ((), True)


@pytest.mark.parametrize("role", FIELD)
def test_the_field_waits_for_a_code_by_sms_and_for_no_more(cast, in_earnest, role):
    user = holder(cast, role)
    standing = queries.standing_of(user, TODAY())
    assert (standing.offices, standing.lacks_code) == ((), True)
    user = people.User.objects.get(pk=user.pk)
    user.gave_code = True
    standing = queries.standing_of(user, TODAY())
    assert ([o.role for o in standing.offices], standing.lacks_code) == ([role], False)
    assert not standing.lacks_second_factor


def test_a_code_opens_the_field_and_no_other_office(cast, in_earnest):
    user = holder(cast, CompoundOffice.Role.INSPECTOR)
    people.compound_office(user, cast.other_compound, CompoundOffice.Role.CLERK)
    user.gave_code = True
    standing = queries.standing_of(user, TODAY())
    assert ([o.role for o in standing.offices], standing.lacks_second_factor) == (
        ["inspector"],
        True,
    )


LOGIN, GIVE_CODE = "/account/login/?next=/my/", "/account/login/code/confirm/"


def give_password(client, user):
    return client.post(LOGIN, {"login": user.phone, "password": PASSWORD})


def fire_page(client, cast):
    return client.get(f"/fire/{cast.compound.code}/").status_code


def test_an_inspector_gives_password_and_code_and_a_known_device_keeps_it_30_days(
    client, cast, in_earnest, newest_code, texts, time_machine
):
    time_machine.move_to("2026-11-24T12:00:00+08:00", tick=False)
    user = with_email(holder(cast, CompoundOffice.Role.INSPECTOR), "wu@example.com")
    assert give_password(client, user)["Location"] == GIVE_CODE
    assert fire_page(client, cast) == 302
    trust = client.post(GIVE_CODE, {"code": newest_code()})
    assert trust["Location"] == reverse("mfa_trust")
    assert "记住30天" in client.get(reverse("mfa_trust")).content.decode()
    done = client.post(reverse("mfa_trust"), {"action": "trust"})
    assert (done["Location"], fire_page(client, cast)) == ("/my/", 200)
    texts()
    for days, then in ((29, "/my/"), (2, GIVE_CODE)):
        client.post("/account/logout/")
        time_machine.shift(days * 24 * 3600)
        assert give_password(client, user)["Location"] == then
    stranger = Client()
    assert give_password(stranger, user)["Location"] == GIVE_CODE


def test_a_code_alone_signs_the_inspector_in_and_counts(client, cast, in_earnest, newest_code):
    user = holder(cast, CompoundOffice.Role.INSPECTOR)
    client.post("/account/login/code/", {"phone": user.phone})
    assert client.post(GIVE_CODE, {"code": newest_code()})["Location"] == "/my/"
    assert fire_page(client, cast) == 200


def test_who_becomes_an_inspector_while_signed_in_gives_the_code_first(client, cast, in_earnest):
    user = somebody(phone="+8613800138000")
    give_password(client, user)
    people.compound_office(user, cast.compound, CompoundOffice.Role.INSPECTOR, firm=cast.firm)
    answer = client.get(f"/fire/{cast.compound.code}/places/")
    assert answer["Location"] == "/account/logout/"


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


def test_the_standing_costs_two_queries_and_two_more_for_who_holds_an_office(
    cast, in_earnest, django_assert_num_queries
):
    for user, queries_made in ((cast.chen, 2), (cast.li, 4), (cast.zhao, 4)):
        with django_assert_num_queries(queries_made):
            for _ in range(3):
                permissions.may_supervise(user, cast.compound)
