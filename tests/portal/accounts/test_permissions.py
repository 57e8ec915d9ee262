"""Who may appoint whom: each right held against everybody in the cast."""

import pytest

from portal.accounts import permissions
from portal.accounts.models import CompoundOffice, RegionOffice
from portal.places.models import Region
from tests.factories import people, places

Role, Over = CompoundOffice.Role, RegionOffice.Role
EVERYBODY = ("chen", "li", "wang", "zhao", "qian", "sun", "county")


@pytest.fixture
def everybody(cast):
    county = people.user("周七")
    people.region_office(county, cast.compound.region.parent.parent, Over.COUNTY)
    return {name: getattr(cast, name) for name in EVERYBODY[:-1]} | {"county": county}


def who(everybody, may) -> set[str]:
    return {name for name, user in everybody.items() if may(user)}


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CLERK])
def test_the_authorities_appoint_members_and_clerks(cast, everybody, role):
    may = lambda user: permissions.may_appoint(user, cast.compound, role)  # noqa: E731
    assert who(everybody, may) == {"zhao", "county"}


@pytest.mark.parametrize("role", [Role.MANAGER, Role.INSPECTOR, Role.REPAIRER, Role.DUTY])
def test_a_firms_people_are_appointed_by_its_manager_too(cast, everybody, role):
    may = lambda user: permissions.may_appoint(user, cast.compound, role, cast.firm.pk)  # noqa: E731
    assert who(everybody, may) == {"wang", "zhao", "county"}


def test_a_manager_appoints_for_no_other_firm_and_nowhere_else(cast):
    other = people.firm(cast.compound)
    assert not permissions.may_appoint(cast.wang, cast.compound, Role.INSPECTOR, other.pk)
    assert not permissions.may_appoint(cast.wang, cast.compound, Role.INSPECTOR, None)
    assert not permissions.may_appoint(cast.wang, cast.other_compound, Role.INSPECTOR, cast.firm.pk)


@pytest.mark.parametrize("role", [Over.COMMUNITY, Over.STREET, Over.COUNTY])
def test_county_and_administrator_appoint_over_regions(cast, everybody, role):
    may = lambda user: permissions.may_appoint_over(user, cast.compound.region, role)  # noqa: E731
    assert who(everybody, may) == {"county", "sun"}


def test_only_an_administrator_makes_an_administrator(cast, everybody):
    region = cast.compound.region.parent.parent
    may = lambda user: permissions.may_appoint_over(user, region, Over.ADMINISTRATOR)  # noqa: E731
    assert who(everybody, may) == {"sun"}


def test_nobody_appoints_over_another_county(cast, everybody):
    elsewhere = places.region(Region.Level.COUNTY)
    may = lambda user: permissions.may_appoint_over(user, elsewhere, Over.COUNTY)  # noqa: E731
    assert who(everybody, may) == set()


def test_an_office_in_a_compound_says_nothing_about_its_region(cast):
    assert not permissions.holds_over(cast.li, {Role.CLERK}, cast.compound.region)


def test_the_list_of_offices_is_seen_by_who_has_one_there_or_above(cast, everybody):
    may = lambda user: permissions.may_see_offices(user, cast.compound)  # noqa: E731
    assert who(everybody, may) == {"li", "wang", "zhao", "sun", "county"}


def test_a_region_whose_code_begins_like_anothers_is_another(cast):
    street = cast.compound.region.parent
    twin = places.region(Region.Level.STREET, parent=street.parent, code=f"{street.code}1")
    nearby = places.compound(places.region(parent=twin))
    assert not permissions.may_supervise(cast.zhao, nearby)


def test_anonymous_and_closed_accounts_hold_nothing(cast):
    from django.contrib.auth.models import AnonymousUser

    cast.zhao.is_active = False
    for user in (AnonymousUser(), cast.zhao):
        assert not permissions.may_supervise(user, cast.compound)
