"""Who has an account and which office: the listed accounts, and people who do not sign in."""

from random import Random

from cms import actions as cms
from portal.accounts import actions
from portal.accounts.actions import Appointment
from portal.accounts.models import CompoundOffice, RegionOffice, User
from portal.owners import actions as owners
from portal.owners.models import Binding, Owner
from portal.places.models import Region

from . import accounts as people
from .compounds import BEGAN, Plan
from .county import County
from .names import invent

Role = CompoundOffice.Role
Over = RegionOffice.Role
IN_THE_GARDEN = {
    Role.MEMBER: people.MEMBER,
    Role.CLERK: people.CLERK,
    Role.MANAGER: people.MANAGER,
    Role.INSPECTOR: people.INSPECTOR,
}
OVER = [
    (people.COMMUNITY, Over.COMMUNITY, "幸福社区"),
    (people.STREET, Over.STREET, "南城街道"),
    (people.COUNTY, Over.COUNTY, "永嘉县"),
    (people.ADMINISTRATOR, Over.ADMINISTRATOR, "永嘉县"),
]
LEVELS = {Region.Level.COMMUNITY: Over.COMMUNITY, Region.Level.STREET: Over.STREET}


def open_accounts(county: County) -> None:
    """The listed accounts; nobody else has a password."""
    for account in people.ACCOUNTS:
        county.users[account.name] = actions.open_account(
            account.name, phone=f"+86{account.phone}", password=account.password, by=None
        )


def appoint(county: County) -> None:
    """Officers over the county and wherever there are compounds; each compound's own people."""
    dice = Random("offices")  # noqa: S311 - the same names each time, not a secret
    for account, over, name in OVER:
        _over(county, county.users[account.name], over, name)
    for region in _regions(county):
        if region.name not in county.officers:
            _over(county, _nobody(dice), LEVELS[Region.Level(region.level)], region.name)
    for plan in county.plans:
        _people_of(county, plan, dice)
    cms.sync_editors(on=county.on)


def _regions(county: County) -> list[Region]:
    """The communities of the compounds and their streets, each once."""
    below = [county.regions[plan.community] for plan in county.plans]
    above = [region.parent for region in below if region.parent]
    return list(dict.fromkeys([*below, *above]))


def _nobody(dice: Random) -> User:
    """Somebody who does not sign in."""
    return actions.open_account(invent(dice), by=None)


def _over(county: County, user: User, role: str, region: str) -> None:
    wanted = Appointment(user, role, county.began_on)
    actions.appoint_over(county.regions[region], wanted, by=None, at=county.moment(BEGAN))
    if role in LEVELS.values():
        county.officers[region] = user


def _people_of(county: County, plan: Plan, dice: Random) -> None:
    """A clerk; where a firm serves, its manager and two inspectors; else one of the committee."""
    roles = [Role.CLERK]
    if plan.service:
        roles += [Role.MANAGER, Role.INSPECTOR]
    if plan.service is None or plan == county.garden:
        roles += [Role.MEMBER]
    for role in roles:
        _hold(county, plan, role, _of_the_compound(county, plan, role, dice))
    if plan.service:
        second = county.users[people.KEEPER.name] if plan == county.garden else _nobody(dice)
        _appoint(county, plan, Role.INSPECTOR, second)
        county.repairers[plan.number] = second


def _of_the_compound(county: County, plan: Plan, role: Role, dice: Random) -> User:
    if plan == county.garden:
        return county.users[IN_THE_GARDEN[role].name]
    if plan == county.peach and role == Role.CLERK:
        return county.users[people.CLERK.name]
    return _nobody(dice)


def _hold(county: County, plan: Plan, role: Role, user: User) -> None:
    _appoint(county, plan, role, user)
    held = {
        Role.CLERK: county.clerks,
        Role.MANAGER: county.entrants,
        Role.MEMBER: county.entrants,
        Role.INSPECTOR: county.inspectors,
    }
    held[role].setdefault(plan.number, user)


def _appoint(county: County, plan: Plan, role: Role, user: User) -> None:
    is_firms = plan.service is not None and role in {Role.MANAGER, Role.INSPECTOR}
    firm = county.firms[plan.service.firm] if plan.service and is_firms else None
    wanted = Appointment(user, role, county.began_on, firm=firm)
    actions.appoint(county.compounds[plan.number], wanted, by=None, at=county.moment(BEGAN))


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
