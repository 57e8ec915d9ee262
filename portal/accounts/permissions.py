"""Who may: the offices asked by every package above, one line per right."""

from datetime import date
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from portal.places.models import Compound, Region

from .models import CompoundOffice, RegionOffice, User
from .queries import FIELD, Held, offices_of

Asker = User | AnonymousUser
AUTHORITIES = frozenset(
    {RegionOffice.Role.COMMUNITY, RegionOffice.Role.STREET, RegionOffice.Role.COUNTY}
)
FIRMS_PEOPLE = FIELD | {CompoundOffice.Role.MANAGER}
LEVELS = {
    RegionOffice.Role.COMMUNITY: Region.Level.COMMUNITY,
    RegionOffice.Role.STREET: Region.Level.STREET,
    RegionOffice.Role.COUNTY: Region.Level.COUNTY,
    RegionOffice.Role.ADMINISTRATOR: Region.Level.COUNTY,
}
ADMINISTRATORS = frozenset({RegionOffice.Role.ADMINISTRATOR})
STAFFING = ADMINISTRATORS | {RegionOffice.Role.COUNTY}
READERS = (AUTHORITIES | ADMINISTRATORS) | {
    CompoundOffice.Role.MEMBER,
    CompoundOffice.Role.CLERK,
    CompoundOffice.Role.MANAGER,
}


def holds(user: Asker, roles: set[str] | frozenset[str], compound: Compound) -> bool:
    """Does `user` hold one of `roles` over this compound today?"""
    return any(office.role in roles and office.covers(compound) for office in _held(user))


def holds_over(user: Asker, roles: set[str] | frozenset[str], region: Region) -> bool:
    """Does `user` hold one of `roles` over this region, or over one above it, today?"""
    return any(office.role in roles and office.covers_region(region) for office in _held(user))


def holds_anywhere(user: Asker, roles: set[str] | frozenset[str]) -> bool:
    return any(office.role in roles for office in _held(user))


def may_operate(user: Asker) -> bool:
    """See the queue, its dead letters and the state of the machine."""
    return holds_anywhere(user, ADMINISTRATORS)


def may_edit_pages(user: Asker) -> bool:
    """Enter Wagtail's administration: administrators as long as their office lasts, and who was
    made a superuser at the console."""
    return user.is_superuser or holds_anywhere(user, ADMINISTRATORS)


def may_supervise(user: Asker, compound: Compound) -> bool:
    """Read all of a compound's proceedings as its community, street or county."""
    return holds(user, AUTHORITIES, compound)


def may_see_offices(user: Asker, compound: Compound) -> bool:
    """See by name who holds which office in a compound, and since when."""
    return holds(user, READERS, compound)


def may_appoint(user: Asker, compound: Compound, role: str, firm: UUID | None = None) -> bool:
    """Appoint to `role` in a compound, or end it: the authorities over it; and, for the people
    of a firm, that firm's manager there."""
    return holds(user, AUTHORITIES, compound) or (
        role in FIRMS_PEOPLE and firm is not None and firm in firms_managed(user, compound)
    )


def may_appoint_somebody(user: Asker, compound: Compound) -> bool:
    """Appoint to at least one role in a compound."""
    return holds(user, AUTHORITIES, compound) or bool(firms_managed(user, compound))


def may_appoint_over(user: Asker, region: Region, role: str) -> bool:
    """Appoint to `role` over a region: the county's officers and administrators above it; an
    administrator is appointed by administrators only."""
    return holds_over(user, STAFFING if role in AUTHORITIES else ADMINISTRATORS, region)


def may_see_region_offices(user: Asker, region: Region) -> bool:
    """See by name who holds which office over a region and below it."""
    return holds_over(user, STAFFING, region)


def may_see_some_offices(user: Asker) -> bool:
    """Hold an office from which at least one list of offices is seen."""
    return holds_anywhere(user, READERS)


def may_invite(user: Asker) -> bool:
    """Invite a phone to sign up: whoever may appoint somebody somewhere, and the clerk's desk."""
    return holds_anywhere(user, READERS - {CompoundOffice.Role.MEMBER})


def may_anyone_enter(_user: Asker) -> bool:
    """Ask for the page on which one signs in."""
    return True


def may_end_own_visits(user: Asker) -> bool:
    """See and end where one is signed in oneself."""
    return user.is_authenticated


def roles_to_give(user: Asker, compound: Compound) -> list[CompoundOffice.Role]:
    """The roles to which `user` may appoint there."""
    if holds(user, AUTHORITIES, compound):
        return list(CompoundOffice.Role)
    return [role for role in CompoundOffice.Role if role in FIRMS_PEOPLE]


def roles_to_give_over(user: Asker, region: Region) -> list[RegionOffice.Role]:
    """The roles of this level of region to which `user` may appoint."""
    return [
        role
        for role in RegionOffice.Role
        if LEVELS[role] == region.level and may_appoint_over(user, region, role)
    ]


def firms_managed(user: Asker, compound: Compound) -> frozenset[UUID]:
    """The firms whose manager `user` is in this compound."""
    return frozenset(
        office.firm
        for office in _held(user)
        if office.role == CompoundOffice.Role.MANAGER
        and office.firm is not None
        and office.covers(compound)
    )


def _held(user: Asker) -> tuple[Held, ...]:
    return offices_of(user, _today())


def _today() -> date:
    return timezone.localdate()
