"""Who asks, and about what, when the matrix of rights is checked.

A new address needs a row in tests/architecture/rights.csv and, where the words in it are not
`code` of a compound, a line in ARGUMENTS: from the world, what stands in the address.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.accounts.models import CompoundOffice, RegionOffice, User

from . import people
from .cast import Cast, make_cast

PEOPLE = (
    "anonymous",
    "owner",
    "stranger",  # owner and clerk in another compound
    "member",
    "clerk",
    "manager",
    "street",
    "county",
    "administrator",
)


@dataclass(frozen=True)
class World:
    """The cast, and one person for each office."""

    cast: Cast
    people: dict[str, User | None]


def make_world() -> World:
    cast = make_cast()
    member, clerk, county = people.user("周七"), people.user("吴八"), people.user("郑九")
    people.compound_office(member, cast.compound, CompoundOffice.Role.MEMBER)
    people.compound_office(clerk, cast.compound, CompoundOffice.Role.CLERK)
    top = cast.compound.region.parent.parent
    people.region_office(county, top, RegionOffice.Role.COUNTY)
    who = [None, cast.chen, cast.qian, member, clerk, cast.wang, cast.zhao, county, cast.sun]
    return World(cast, dict(zip(PEOPLE, who, strict=True)))


def arguments(name: str, words: set[str], world: World) -> dict[str, Any]:
    """What stands for each of `words` in the address called `name`."""
    special = ARGUMENTS.get(name, lambda _world: {})(world)
    usual = {"code": world.cast.compound.code}
    known = usual | special
    missing = words - known.keys()
    if missing:
        raise LookupError(f"{name}: tests/factories/rights.py knows no {', '.join(missing)}")
    return {word: known[word] for word in words}


def _street(world: World) -> dict[str, Any]:
    office = RegionOffice.objects.get(user=world.cast.zhao)
    return {"code": office.region.code, "pk": office.pk}


def _clerks_office(world: World) -> dict[str, Any]:
    office = CompoundOffice.objects.get(user=world.cast.li, role=CompoundOffice.Role.CLERK)
    return {"pk": office.pk}


ARGUMENTS: dict[str, Callable[[World], dict[str, Any]]] = {
    "accounts:region-offices": _street,
    "accounts:appoint-over": _street,
    "accounts:end-region-office": _street,
    "accounts:end-office": _clerks_office,
    "ui:stylesheet": lambda _world: {"digest": "0123456789abcdef"},
}
