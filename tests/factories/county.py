"""A county of three streets with committees, re-elections, a meeting and a publicity."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from portal.accounts.models import RegionOffice, User
from portal.places.models import Compound, Region
from portal.publicity.actions import start_clock
from portal.publicity.models import Publicity

from . import campaigns, committees, fire, meetings, people, places, rulebook

NOON = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
OLD = {"starts_on": date(2021, 3, 1), "ends_on": date(2026, 2, 28)}
NEW = {"starts_on": date(2026, 3, 1), "ends_on": date(2031, 2, 28)}


@dataclass
class County:
    """`streets` each with a community of that place; `officer` sees all, `zhao` the first street,
    `sun` the first community."""

    region: Region
    streets: list[Region]
    communities: list[Region]
    officer: User
    zhao: User
    sun: User
    compounds: list[Compound] = field(default_factory=list)

    def compound(self, street: int = 0, **fields) -> Compound:
        made = places.compound(self.communities[street], **fields)
        self.compounds.append(made)
        return made


def county() -> County:
    places.installation()
    rulebook.load()
    region = places.region("county", name="永嘉县", code="330324")
    streets = [
        places.region("street", region, name=f"{name}街道") for name in ("东城", "南城", "北城")
    ]
    communities = [
        places.region("community", street, name=f"{street.name[:2]}社区") for street in streets
    ]
    officer, zhao, sun = people.user("郑九"), people.user("赵四"), people.user("孙六")
    people.region_office(officer, region, RegionOffice.Role.COUNTY)
    people.region_office(zhao, streets[0], RegionOffice.Role.STREET)
    people.region_office(sun, communities[0], RegionOffice.Role.COMMUNITY)
    return County(region, streets, communities, officer, zhao, sun)


def re_elected(compound: Compound, *, stay: int = 1, new: int = 4, party: int = 3, **days) -> None:
    """A committee of `stay` members of the term before and `new` ones; the first `party` of them
    all are in the party."""
    stayed, came = committees.owners(compound, stay), committees.owners(compound, new)
    committees.term(compound, stayed, party=stay, **OLD)
    committees.term(compound, [*stayed, *came], party=party, **NEW | days)


def live_in(made: County) -> None:
    """Something of everything by NOON in the first two streets, two compounds in each."""
    re_elected(made.compound(0, name="东城花园"), stay=1, new=4, party=3)
    re_elected(made.compound(1, name="南城花园"), starts_on=date(2026, 6, 1))
    ending, over = made.compound(0, name="东城新村"), made.compound(1, name="南城新村")
    committees.term(ending, committees.owners(ending, 3), party=1, ends_on=date(2026, 12, 31))
    committees.term(over, committees.owners(over, 3), party=2, ends_on=date(2026, 5, 31))
    meetings.counted(made.compounds[0], made.officer, owners=9)
    meetings.published(made.compounds[1], made.officer, owners=3)
    for compound, back in ((made.compounds[0], 50), (over, 20)):
        piece = fire.hydrant(compound, at=NOON - timedelta(days=90), starts_on=date(2026, 9, 1))
        fire.log(piece, at=NOON - timedelta(days=back + 10))
        fire.defect(piece, at=NOON - timedelta(days=back))
        fire.log_empty(piece, at=NOON - timedelta(days=back - 5))
    campaigns.posted(ending, made.officer, over)
    for publicity in Publicity.objects.filter(kind=Publicity.Kind.CAMPAIGN):
        start_clock(publicity, at=campaigns.ENTRY_CLOSED)
