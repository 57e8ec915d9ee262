"""Rows of people: users, offices, owners and what they hold."""

from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

from portal.accounts.models import CompoundOffice, RegionOffice, User
from portal.firms.models import Firm, ServiceContract
from portal.owners.models import Binding, Holding, Owner
from portal.places.models import Compound, Part, Region
from portal.tools.privacy.cipher import keyed_hash

numbers = count(1)
LONG_AGO = date(2024, 1, 1)


def user(name: str = "", **fields) -> User:
    number = next(numbers)
    phone = fields.pop("phone", f"+86100{number:08}")
    return User.objects.create_user(
        password=fields.pop("password", None),
        name=name or f"用户{number}",
        phone=phone,
        phone_hash=keyed_hash(phone, kind="phone"),
        phone_verified=True,
        **fields,
    )


def region_office(user_: User, region: Region, role: str, **fields) -> RegionOffice:
    return RegionOffice.objects.create(
        user=user_, region=region, role=role, since=fields.pop("since", LONG_AGO), **fields
    )


def compound_office(user_: User, compound: Compound, role: str, **fields) -> CompoundOffice:
    return CompoundOffice.objects.create(
        user=user_, compound=compound, role=role, since=fields.pop("since", LONG_AGO), **fields
    )


def firm(compound: Compound | None = None, **fields) -> Firm:
    made = Firm.objects.create(name=fields.pop("name", f"物业企业{next(numbers)}"), **fields)
    if compound:
        ServiceContract.objects.create(compound=compound, firm=made, starts_on=LONG_AGO)
    return made


def owner(compound: Compound, *parts: Part, user_: User | None = None, **fields) -> Owner:
    """An owner holding `parts` alone, bound to `user_` if given."""
    name = fields.pop("name", f"业主{next(numbers)}")
    phone = fields.pop("phone", f"+86100{next(numbers):08}")
    made = Owner.objects.create(
        compound=compound,
        name=name,
        name_hash=keyed_hash(name, kind="name"),
        phone=phone,
        phone_hash=keyed_hash(phone, kind="phone"),
        phone_is_checked=bool(phone),
        **fields,
    )
    for part in parts:
        Holding.objects.create(compound=compound, part=part, owner=made)
    if user_:
        Binding.objects.create(
            compound=compound,
            owner=made,
            user=user_.pk,
            basis=Binding.Basis.DESK,
            bound_at=datetime(2026, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai")),
        )
    return made
