"""Giving and ending offices: what the actions write and refuse, and every reason at once."""

from datetime import date, timedelta

import pytest

from portal.accounts import actions, permissions
from portal.accounts.actions import Appointment, Reason
from portal.accounts.models import CompoundOffice, RegionOffice
from portal.tools.audit.models import AuditEntry
from tests.factories import people

Compound, Over = CompoundOffice.Role, RegionOffice.Role
FIRST = date(2026, 11, 24)


def test_an_office_is_entered_and_noted_by_ids_only(cast, noon):
    office = actions.appoint(
        cast.compound, Appointment(cast.chen, Compound.CLERK, FIRST), by=cast.zhao, at=noon
    )
    assert (office.user, office.role, office.since, office.until) == (
        cast.chen,
        "meeting-clerk",
        FIRST,
        None,
    )
    [entry] = AuditEntry.objects.filter(act="accounts.appointed")
    assert (entry.compound, entry.actor, entry.object_id, entry.at) == (
        cast.compound.pk,
        cast.zhao.pk,
        office.pk,
        noon,
    )
    assert entry.facts == {
        "role": "meeting-clerk",
        "user": str(cast.chen.pk),
        "since": "2026-11-24",
    }


def test_the_last_day_counts_and_the_day_after_does_not(cast, noon, time_machine):
    office = CompoundOffice.objects.get(user=cast.li, role=Compound.CLERK)
    actions.end_office(office, on=FIRST, by=cast.zhao, at=noon)
    for day, held in ((FIRST, True), (FIRST + timedelta(days=1), False)):
        time_machine.move_to(f"{day}T23:59:00+08:00")
        li = people.User.objects.get(pk=cast.li.pk)
        assert permissions.holds(li, {Compound.CLERK}, cast.compound) == held


def test_an_office_not_begun_yet_gives_no_right(cast, noon, time_machine):
    time_machine.move_to(noon)
    tomorrow = Appointment(cast.chen, Compound.CLERK, FIRST + timedelta(days=1))
    actions.appoint(cast.compound, tomorrow, by=cast.zhao, at=noon)
    assert not permissions.holds(cast.chen, {Compound.CLERK}, cast.compound)


def refused(cast, noon, appointment, *, by=None) -> tuple[str, ...]:
    with pytest.raises(actions.Unfit) as refusal:
        actions.appoint(cast.compound, appointment, by=by or cast.zhao, at=noon)
    assert AuditEntry.objects.filter(act="accounts.appointed").count() == 0
    return refusal.value.reasons


def test_nobody_appoints_themselves(cast, noon):
    wanted = Appointment(cast.zhao, Compound.CLERK, FIRST)
    assert refused(cast, noon, wanted) == (Reason.ONESELF,)


def test_an_office_held_already_is_not_entered_twice(cast, noon):
    wanted = Appointment(cast.li, Compound.CLERK, FIRST)
    assert refused(cast, noon, wanted) == (Reason.HELD_ALREADY,)


@pytest.mark.parametrize(
    ("since", "until", "fits"),
    [
        (date(2023, 1, 1), date(2023, 12, 31), True),  # ends the day before the one held begins
        (date(2023, 1, 1), date(2024, 1, 1), False),
        (date(2023, 1, 1), None, False),
        (date(2025, 6, 30), None, False),
        (date(2025, 7, 1), None, True),
    ],
)
def test_terms_of_the_same_office_touch_and_do_not_overlap(cast, noon, since, until, fits):
    held = CompoundOffice.objects.filter(user=cast.li, role=Compound.CLERK)
    held.update(until=date(2025, 6, 30))
    wanted = Appointment(cast.li, Compound.CLERK, since, until)
    if fits:
        actions.appoint(cast.compound, wanted, by=cast.zhao, at=noon)
        assert held.count() == 2
    else:
        assert refused(cast, noon, wanted) == (Reason.HELD_ALREADY,)


def test_a_firms_people_name_a_firm_that_is_under_contract_there(cast, noon):
    without = Appointment(cast.chen, Compound.INSPECTOR, FIRST)
    assert refused(cast, noon, without) == (Reason.NO_FIRM,)
    stranger = Appointment(cast.chen, Compound.INSPECTOR, FIRST, firm=people.firm())
    assert refused(cast, noon, stranger) == (Reason.NO_CONTRACT,)
    theirs = Appointment(cast.chen, Compound.INSPECTOR, FIRST, firm=cast.firm)
    assert actions.appoint(cast.compound, theirs, by=cast.wang, at=noon).firm == cast.firm


def test_a_clerk_belongs_to_no_firm(cast, noon):
    wanted = Appointment(cast.chen, Compound.CLERK, FIRST, firm=cast.firm)
    assert refused(cast, noon, wanted) == (Reason.FIRM_NOT_ASKED,)


def test_everything_that_is_wrong_is_said_at_once(cast, noon):
    cast.zhao.is_active = False
    wanted = Appointment(cast.zhao, Compound.INSPECTOR, FIRST, FIRST - timedelta(days=1))
    assert refused(cast, noon, wanted) == (
        Reason.ONESELF,
        Reason.INACTIVE,
        Reason.ENDS_FIRST,
        Reason.NO_FIRM,
    )


@pytest.mark.parametrize(
    ("role", "level"),
    [
        (Over.COMMUNITY, "community"),
        (Over.STREET, "street"),
        (Over.COUNTY, "county"),
        (Over.ADMINISTRATOR, "county"),
    ],
)
def test_each_role_over_a_region_has_its_level(cast, noon, role, level):
    community = cast.compound.region
    levels = {
        "community": community,
        "street": community.parent,
        "county": community.parent.parent,
    }
    for name, region in levels.items():
        wanted = Appointment(cast.chen, role, FIRST)
        if name == level:
            office = actions.appoint_over(region, wanted, by=cast.sun, at=noon)
            assert (office.region, office.role) == (region, role)
        else:
            with pytest.raises(actions.Unfit) as refusal:
                actions.appoint_over(region, wanted, by=cast.sun, at=noon)
            assert refusal.value.reasons == (Reason.WRONG_LEVEL,)


def test_an_office_does_not_end_before_it_begins(cast, noon):
    office = CompoundOffice.objects.get(user=cast.li, role=Compound.CLERK)
    with pytest.raises(actions.EndsTooEarly):
        actions.end_office(office, on=date(2023, 12, 31), by=cast.zhao, at=noon)
    actions.end_office(office, on=date(2024, 1, 1), by=cast.zhao, at=noon)
    office.refresh_from_db()
    assert office.until == date(2024, 1, 1)


def test_what_has_ended_is_not_prolonged(cast, noon):
    office = CompoundOffice.objects.get(user=cast.li, role=Compound.CLERK)
    actions.end_office(office, on=FIRST, by=cast.zhao, at=noon)
    for later in (FIRST, FIRST + timedelta(days=1)):
        with pytest.raises(actions.EndedAlready):
            actions.end_office(office, on=later, by=cast.zhao, at=noon)
    actions.end_office(office, on=FIRST - timedelta(days=1), by=cast.zhao, at=noon)
    assert AuditEntry.objects.filter(act="accounts.ended_office").count() == 2


def test_an_account_is_opened_proved_and_noted(db, noon):
    user = actions.open_account(
        "郑八", phone="+8610000000008", email="Zheng@Example.com", password=None, by=None
    )
    assert people.User.objects.by_phone("+8610000000008") == user
    assert (user.email, user.emailaddress_set.get().verified) == ("zheng@example.com", True)
    with pytest.raises(actions.PhoneIsTaken):
        actions.open_account("另一", phone="+8610000000008", by=None)
    with pytest.raises(actions.EmailIsTaken):
        actions.open_account("另一", email="zheng@example.com", by=None)
    assert people.User.objects.count() == 1
