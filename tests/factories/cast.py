"""One cast for all tests.

Chen owns a flat, Li sits on the committee and is its clerk, Wang manages the property firm,
Zhao supervises from the street office, Qian belongs to another compound and must see nothing,
Sun administers the installation.
"""

from dataclasses import dataclass

from portal.accounts.models import CompoundOffice, RegionOffice, User
from portal.firms.models import Firm
from portal.owners.models import Owner
from portal.places.models import Compound, Part

from . import people, places


@dataclass(frozen=True)
class Cast:
    compound: Compound
    other_compound: Compound
    flat: Part
    chen: User
    chen_as_owner: Owner
    li: User
    wang: User
    zhao: User
    qian: User
    sun: User
    firm: Firm


def make_cast() -> Cast:
    places.installation()
    compound = places.compound(name="幸福花园")
    other = places.compound(name="别处小区")
    flat = places.part(compound, "1-1-101")
    chen, li, wang = people.user("陈一"), people.user("李二"), people.user("王三")
    zhao, qian, sun = people.user("赵四"), people.user("钱五"), people.user("孙六")
    firm = people.firm(compound)
    as_owner = people.owner(compound, flat, user_=chen, name="陈一")
    people.compound_office(li, compound, CompoundOffice.Role.MEMBER)
    people.compound_office(li, compound, CompoundOffice.Role.CLERK)
    people.compound_office(wang, compound, CompoundOffice.Role.MANAGER, firm=firm)
    people.region_office(zhao, compound.region.parent, RegionOffice.Role.STREET)
    people.owner(other, places.part(other, "1-1-101"), user_=qian, name="钱五")
    people.compound_office(qian, other, CompoundOffice.Role.CLERK)
    people.region_office(sun, compound.region.parent.parent, RegionOffice.Role.ADMINISTRATOR)
    return Cast(
        compound=compound,
        other_compound=other,
        flat=flat,
        chen=chen,
        chen_as_owner=as_owner,
        li=li,
        wang=wang,
        zhao=zhao,
        qian=qian,
        sun=sun,
        firm=firm,
    )


def neighbours(cast: Cast) -> Cast:
    """The same cast again for the neighbouring compound; Chen and Qian have changed places."""
    compound, flat = cast.other_compound, places.part(cast.other_compound, "1-1-102")
    chen, li, wang = people.user("陈二"), people.user("李三"), people.user("王四")
    firm = people.firm(compound)
    as_owner = people.owner(compound, flat, user_=chen, name="陈二")
    people.compound_office(li, compound, CompoundOffice.Role.MEMBER)
    people.compound_office(li, compound, CompoundOffice.Role.CLERK)
    people.compound_office(wang, compound, CompoundOffice.Role.MANAGER, firm=firm)
    zhao, sun = people.user("赵五"), people.user("孙七")
    people.region_office(zhao, compound.region.parent, RegionOffice.Role.STREET)
    people.region_office(sun, compound.region.parent.parent, RegionOffice.Role.ADMINISTRATOR)
    return Cast(
        compound=compound,
        other_compound=cast.compound,
        flat=flat,
        chen=chen,
        chen_as_owner=as_owner,
        li=li,
        wang=wang,
        zhao=zhao,
        qian=cast.chen,
        sun=sun,
        firm=firm,
    )
