"""The compounds, who manages them, and how their committees stand: plain data.

Names, firms and figures are invented.
"""

from dataclasses import dataclass, field, replace

from portal.places.models import Compound

from .rolls import Shape

Kind = Compound.Kind
OUJIANG = "瓯江物业服务有限公司"
NANXI = "楠溪物业服务有限公司"
ANJU = "安居物业管理有限公司"
YONGHE = "永和城市服务有限公司"
RENTAL = "楠江住房租赁有限公司"
FIRMS = {
    OUJIANG: "0577-67000001",
    NANXI: "0577-67000002",
    ANJU: "0577-67000003",
    YONGHE: "0577-67000004",
}
BEGAN = 400  # days before the day: the portal begins


@dataclass(frozen=True, slots=True)
class Service:
    """A firm's contract: begun and ending so many days before and after the day."""

    firm: str
    began: int
    ends_in: int


@dataclass(frozen=True, slots=True)
class ReElection:
    """A re-election counted so many days before the day; True stands for a party member.

    Of the committee `before` the first `returning` are chosen again, beside the new `entering`;
    `beaten` are not, and the first of them is the alternate where there is one.  So many days
    before the day (0: never) a member without a post has resigned and the alternate moved up.
    """

    days_ago: int
    number: int
    seats: int
    before: tuple[bool, ...]
    returning: int
    entering: tuple[bool, ...]
    beaten: tuple[bool, ...]
    alternates: int = 1
    resigned: int = 0


@dataclass(frozen=True, slots=True)
class Sitting:
    """A committee taken over from paper: its term began and ends so many days from the day."""

    number: int
    began: int
    ends_in: int
    members: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """One compound; `copy` tells the copies of a load test apart."""

    number: int
    name: str
    community: str
    kind: str
    built_in: int
    shape: Shape
    service: Service | None
    re_election: ReElection | None = None
    sitting: Sitting | None = None
    copy: int = field(default=1)

    @property
    def code(self) -> str:
        return f"330324-{self.number:04}"

    @property
    def seed(self) -> int:
        """The dice of its roll and its ballots."""
        return self.number


GARDEN = "幸福花园"
PEACH = "桃源居"
Y, N = True, False
PLANS = [
    Plan(
        1,
        GARDEN,
        "幸福社区",
        Kind.COMMODITY,
        2012,
        Shape(4, 2, 16, shops=14, parking=30, unsold=6),
        Service(OUJIANG, 1050, 45),
        # one seat stays open: the last two are not chosen by more than half
        ReElection(100, 3, 5, (Y, N, N, Y, N), 2, (Y, Y), (N, N), alternates=0),
    ),
    Plan(
        2,
        "望江苑",
        "望江社区",
        Kind.COMMODITY,
        2018,
        Shape(6, 2, 17, shops=12, parking=60, unsold=3),
        Service(YONGHE, 600, 495),
    ),
    Plan(
        3,
        "楠溪雅苑",
        "幸福社区",
        Kind.COMMODITY,
        2009,
        Shape(5, 2, 11, shops=10, parking=30),
        Service(NANXI, 410, 320),
        ReElection(3, 3, 5, (Y, N, N, N, Y), 2, (Y, Y, N), (Y, N)),
    ),
    Plan(
        4,
        PEACH,
        "幸福社区",
        Kind.RESETTLEMENT,
        2015,
        Shape(4, 2, 11, shops=4, parking=20),
        Service(ANJU, 500, 230),
    ),
    Plan(
        5,
        "清风里",
        "清风社区",
        Kind.OLD,
        1996,
        Shape(6, 3, 6, shops=4),
        None,
        ReElection(280, 2, 5, (Y, N, N, N, N), 2, (Y, Y, N), (N, N)),
    ),
    Plan(
        6,
        "金桥家园",
        "金桥社区",
        Kind.RESETTLEMENT,
        2014,
        Shape(5, 2, 15, shops=10, parking=30),
        Service(ANJU, 700, 395),
        ReElection(330, 2, 7, (Y, Y, N, N, N, N, Y), 3, (Y, Y, N, N), (Y, N), resigned=120),
    ),
    Plan(
        7,
        "瓯江名邸",
        "望江社区",
        Kind.COMMODITY,
        2016,
        Shape(6, 2, 18, shops=8, parking=60, unsold=5),
        Service(OUJIANG, 480, 615),
        ReElection(210, 2, 7, (Y, N, N, Y, N, N, N), 3, (Y, Y, Y, N), (N, Y)),
    ),
    Plan(
        8,
        "三江花苑",
        "花溪社区",
        Kind.COMMODITY,
        2019,
        Shape(4, 2, 18, shops=12, parking=40),
        Service(YONGHE, 440, 290),
        ReElection(150, 2, 5, (Y, Y, N, N, N), 3, (Y, Y), (N, Y)),
    ),
    Plan(
        9,
        "永乐安居园",
        "永乐社区",
        Kind.RESETTLEMENT,
        2017,
        Shape(4, 2, 16, shops=4, parking=20),
        Service(ANJU, 620, 475),
        ReElection(45, 2, 5, (Y, N, Y, N, N), 2, (Y, Y, N), (N, N)),
    ),
    Plan(
        10,
        "楠江青年公寓",
        "青年社区",
        Kind.RENTAL,
        2022,
        Shape(3, 2, 20, landlord=RENTAL),
        Service(YONGHE, 430, 665),
    ),
    Plan(
        11,
        "茶韵苑",
        "茶园社区",
        Kind.RESETTLEMENT,
        2008,
        Shape(4, 2, 12, shops=8, parking=20),
        Service(NANXI, 900, 195),
        sitting=Sitting(2, 1885, -60, (Y, N, N, Y, N)),
    ),
    Plan(
        12,
        "岩前小区",
        "岩前社区",
        Kind.OLD,
        1999,
        Shape(6, 2, 6, shops=6),
        None,
        sitting=Sitting(1, 980, 845, (Y, N, Y, N, N)),
    ),
    Plan(
        13,
        "新桥自建小区",
        "新桥社区",
        Kind.SELF_BUILT,
        2003,
        Shape(20, 1, 4),
        None,
    ),
    Plan(
        14,
        "碧水湾",
        "碧水社区",
        Kind.COMMODITY,
        2020,
        Shape(5, 2, 14, parking=30, unsold=12),
        Service(NANXI, 520, 210),
    ),
]


def catalogue(scale: int = 1) -> list[Plan]:
    """Every compound `scale` times: 幸福花园, then 幸福花园2 …"""
    return [
        replace(
            plan,
            number=plan.number + len(PLANS) * (copy - 1),
            name=plan.name if copy == 1 else f"{plan.name}{copy}",
            copy=copy,
        )
        for copy in range(1, scale + 1)
        for plan in PLANS
    ]
