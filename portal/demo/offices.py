"""Who has an account and which office: the listed accounts, and each compound's clerk."""

from random import Random

from cms import actions as cms
from portal.accounts import actions
from portal.accounts.actions import Appointment
from portal.accounts.models import CompoundOffice, RegionOffice
from portal.owners import actions as owners
from portal.owners.models import Binding, Owner

from . import accounts as people
from .compounds import BEGAN, OUJIANG
from .county import County
from .names import invent

Role = CompoundOffice.Role
Over = RegionOffice.Role
IN_THE_GARDEN = [
    (people.MEMBER, Role.MEMBER),
    (people.MANAGER, Role.MANAGER),
    (people.INSPECTOR, Role.INSPECTOR),
]
OVER = [
    (people.COMMUNITY, Over.COMMUNITY, "幸福社区"),
    (people.STREET, Over.STREET, "南城街道"),
    (people.COUNTY, Over.COUNTY, "永嘉县"),
    (people.ADMINISTRATOR, Over.ADMINISTRATOR, "永嘉县"),
]
FIRMS_PEOPLE = {Role.MANAGER, Role.INSPECTOR}


def open_accounts(county: County) -> None:
    """The listed accounts; nobody else has a password."""
    for account in people.ACCOUNTS:
        county.users[account.name] = actions.open_account(
            account.name, phone=f"+86{account.phone}", password=account.password, by=None
        )


def appoint(county: County) -> None:
    since, at = county.began_on, county.moment(BEGAN)
    for account, over, region in OVER:
        wanted = Appointment(county.users[account.name], over, since)
        actions.appoint_over(county.regions[region], wanted, by=None, at=at)
    garden = county.compounds[county.garden.number]
    for account, role in IN_THE_GARDEN:
        firm = county.firms[OUJIANG] if role in FIRMS_PEOPLE else None
        wanted = Appointment(county.users[account.name], role, since, firm=firm)
        actions.appoint(garden, wanted, by=None, at=at)
    _appoint_clerks(county)
    cms.sync_editors(on=county.on)


def _appoint_clerks(county: County) -> None:
    """李知行 in two compounds; elsewhere a clerk who does not sign in."""
    dice = Random("clerks")  # noqa: S311 - the same names each time, not a secret
    ours = (county.garden, county.peach)
    for plan in county.plans:
        name = invent(dice)
        clerk = (
            county.users[people.CLERK.name] if plan in ours else actions.open_account(name, by=None)
        )
        wanted = Appointment(clerk, Role.CLERK, county.began_on)
        compound = county.compounds[plan.number]
        actions.appoint(compound, wanted, by=None, at=county.moment(BEGAN))
        county.clerks[plan.number] = clerk


def bind(county: County) -> None:
    """The three who live in 幸福花园 are found to be the owners of their homes."""
    garden = county.compounds[county.garden.number]
    by_name = {owner.name: owner for owner in Owner.objects.filter(compound=garden)}
    for account in people.LIVING_IN_THE_GARDEN:
        owners.bind(
            by_name[account.name],
            county.users[account.name].pk,
            basis=Binding.Basis.PHONE,
            at=county.moment(BEGAN - 1, 15),
        )
