"""Build the demonstration county as of a day, through the real actions."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.db import transaction

from cms import actions as cms
from portal.accounts import actions as accounts
from portal.accounts.models import CompoundOffice, RegionOffice, User
from portal.firms.models import Firm, ServiceContract
from portal.owners import actions as owners
from portal.owners.models import Binding, Owner
from portal.places.models import Compound, Installation, Region

from . import accounts as people
from . import meetings
from .rolls import Shape, roll_csv

SHANGHAI = ZoneInfo("Asia/Shanghai")
Role = CompoundOffice.Role
Over = RegionOffice.Role
LONG_AGO = timedelta(days=700)


@dataclass(slots=True)
class County:
    """What has been built so far, by name."""

    on: date
    regions: dict[str, Region] = field(default_factory=dict)
    compounds: dict[str, Compound] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    def moment(self, days_ago: int, hour: int = 9) -> datetime:
        return datetime.combine(self.on - timedelta(days=days_ago), time(hour), tzinfo=SHANGHAI)


Step = Callable[[County], None]


def steps(on: date) -> Iterator[tuple[str, Callable[[], None]]]:
    """Each step's name and the step, to be called in order."""
    county = County(on)
    for name, step in STEPS:
        yield name, lambda step=step: step(county)  # type: ignore[misc]


@transaction.atomic
def _places(county: County) -> None:
    Installation.objects.create(name="永嘉县", is_demonstration=True)
    tree = [
        ("永嘉县", "330324", Region.Level.COUNTY, None),
        ("南城街道", "330324-nc", Region.Level.STREET, "永嘉县"),
        ("幸福社区", "330324-nc-01", Region.Level.COMMUNITY, "南城街道"),
        ("江北街道", "330324-jb", Region.Level.STREET, "永嘉县"),
        ("望江社区", "330324-jb-01", Region.Level.COMMUNITY, "江北街道"),
    ]
    for name, code, level, above in tree:
        parent = county.regions.get(above or "")
        county.regions[name] = Region.objects.create(
            name=name,
            code=code,
            level=level,
            parent=parent,
            path=f"{parent.path if parent else ''}{code}/",
            profile="" if parent else "zj.wenzhou.yongjia",
        )
    firm = Firm.objects.create(name="瓯江物业服务有限公司", telephone="0577-67000000")
    for name, code, community, area in (
        ("幸福花园", "330324-0001", "幸福社区", 3_100_000),
        ("望江苑", "330324-0002", "望江社区", 380_000),
    ):
        compound = Compound.objects.create(
            name=name,
            code=code,
            region=county.regions[community],
            address=f"永嘉县{county.regions[community].parent}{name}路 1 号",
            built_in=2012,
            registered_area=area,
        )
        ServiceContract.objects.create(
            compound=compound,
            firm=firm,
            starts_on=county.on - LONG_AGO,
            filed_on=county.on - LONG_AGO,
        )
        county.compounds[name] = compound


def _site(county: County) -> None:
    cms.build_site("永嘉县")
    for compound in county.compounds.values():
        cms.ensure_compound_page(compound)


def _users(county: County) -> None:
    for account in people.ACCOUNTS:
        county.users[account.name] = accounts.open_account(
            account.name, phone=f"+86{account.phone}", password=account.password, by=None
        )


@transaction.atomic
def _offices(county: County) -> None:
    garden = county.compounds["幸福花园"]
    firm = Firm.objects.get()
    since = county.on - LONG_AGO
    for account, role in (
        (people.CLERK, Role.CLERK),
        (people.MEMBER, Role.MEMBER),
        (people.MANAGER, Role.MANAGER),
        (people.INSPECTOR, Role.INSPECTOR),
    ):
        CompoundOffice.objects.create(
            user=county.users[account.name],
            compound=garden,
            role=role,
            firm=firm if role in {Role.MANAGER, Role.INSPECTOR} else None,
            since=since,
        )
    for account, over, region in (
        (people.COMMUNITY, Over.COMMUNITY, "幸福社区"),
        (people.STREET, Over.STREET, "南城街道"),
        (people.COUNTY, Over.COUNTY, "永嘉县"),
        (people.ADMINISTRATOR, Over.ADMINISTRATOR, "永嘉县"),
    ):
        RegionOffice.objects.create(
            user=county.users[account.name], role=over, region=county.regions[region], since=since
        )
    cms.sync_editors(on=county.on)


def _rolls(county: County) -> None:
    living_here = (people.OWNER, people.NEIGHBOUR, people.MEMBER)
    for name, shape, seed, known in (
        ("幸福花园", Shape(4, 2, 16, shops=14, parking=30, unsold=6), 1, living_here),
        ("望江苑", Shape(1, 2, 10), 2, ()),
    ):
        owners.import_roll(
            county.compounds[name],
            roll_csv(shape, seed=seed, accounts=known),
            file_name=f"{name}业主名册.csv",
            by=county.users[people.CLERK.name].pk,
            at=county.moment(120),
        )
    for account in living_here:
        owner = next(
            one
            for one in Owner.objects.filter(compound=county.compounds["幸福花园"])
            if one.name == account.name
        )
        owners.bind(
            owner,
            county.users[account.name].pk,
            basis=Binding.Basis.PHONE,
            at=county.moment(110),
        )


def _finished_meeting(county: County) -> None:
    plan = meetings.re_election(county.moment)
    hold = meetings.Hold(
        compound=county.compounds["幸福花园"],
        clerk=county.users[people.CLERK.name].pk,
        dice=Random(11),  # noqa: S311 - the same each time
    )
    meeting = hold.until_open(plan)
    hold.cast_all(meeting, share=80, first=county.moment(20, 10))
    hold.finish(meeting, county.moment(3, 10), term_starts_on=county.on - timedelta(days=1))


def _running_meeting(county: County) -> None:
    plan = meetings.lift_and_renewal(county.moment)
    hold = meetings.Hold(
        compound=county.compounds["幸福花园"],
        clerk=county.users[people.CLERK.name].pk,
        dice=Random(12),  # noqa: S311 - the same each time
        keep_out=county.users[people.OWNER.name].pk,
    )
    meeting = hold.until_open(plan)
    hold.cast_all(meeting, share=58, first=county.moment(3, 10))


STEPS: list[tuple[str, Step]] = [
    ("区域、小区、物业", _places),
    ("网站", _site),
    ("账户", _users),
    ("任职", _offices),
    ("业主名册", _rolls),
    ("已结束的换届选举", _finished_meeting),
    ("进行中的业主大会会议", _running_meeting),
]
