"""Invented rolls: the file a clerk would have, as CSV bytes, from a seed."""

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from .accounts import Account
from .names import invent

HEADER = ["房号", "产权面积(㎡)", "产权人", "手机", "身份证号", "用途", "交付状态"]
AREAS = ["89.32", "112.46", "128.75", "98.06", "139.80", "76.54"]
SHOP, SPACE = "65.20", "12.50"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"
LANDLORD_PHONE = "10000001000"
NUMBERS = 2000  # phones kept for each compound, from 10000002001

Row = list[str]
Person = tuple[str, str, str]  # name, phone, identity number


@dataclass(frozen=True, slots=True)
class Shape:
    """What a compound looks like: so many buildings of stairwells of storeys of two homes.

    The last homes may be `unsold`; everything may belong to one `landlord`.
    """

    buildings: int
    stairwells: int
    storeys: int
    shops: int = 0
    parking: int = 0
    unsold: int = 0
    landlord: str = ""

    @property
    def parts(self) -> int:
        return self.buildings * self.stairwells * self.storeys * 2 + self.shops + self.parking


@dataclass(frozen=True, slots=True)
class Roll:
    """A roll's file and, in 0.01 m², the area of what counts at a meeting."""

    data: bytes
    counted_area: int


@dataclass(slots=True)
class _People:
    """Gives out invented owners with phones 100… and ID numbers of region 999999."""

    dice: Random
    first: int
    given: int = 0

    def next(self) -> Person:
        self.given += 1
        number = self.first + self.given
        born = date(1945, 1, 1) + timedelta(days=self.dice.randrange(20_000))
        return invent(self.dice), f"100{number:08}", id_number(born, number % 1000)

    def known(self, account: Account) -> Person:
        return (account.name, account.phone, self.next()[2])


def id_number(born: date, order: int) -> str:
    """An ID number of the region 999999 that nobody has, with its check digit (GB 11643)."""
    body = f"999999{born:%Y%m%d}{order:03}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + CHECK[total % 11]


def invent_roll(shape: Shape, *, seed: int, accounts: tuple[Account, ...] = ()) -> Roll:
    """The roll of an invented compound; the first homes belong to `accounts`."""
    dice = Random(seed)  # noqa: S311 - the same people each time, not a secret
    people = _People(dice, first=seed * NUMBERS)
    homes, owners = _homes(shape, dice, people, accounts)
    shops = [[f"商铺-{n:02}", SHOP, *people.next(), "商铺", ""] for n in range(1, shape.shops + 1)]
    holders = dice.sample(owners, shape.parking)
    spaces = [
        [f"车位-{n:03}", SPACE, *holder, "车位", ""] for n, holder in enumerate(holders, start=1)
    ]
    areas = {row[0]: int(Decimal(row[1]) * 100) for row in homes + shops}
    return Roll(_csv([*homes, *shops, *spaces]), sum(areas.values()))


def _csv(rows: list[Row]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADER)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _rooms(shape: Shape) -> list[str]:
    return [
        f"{building}-{stairwell}-{storey}{door:02}"
        for building in range(1, shape.buildings + 1)
        for stairwell in range(1, shape.stairwells + 1)
        for storey in range(1, shape.storeys + 1)
        for door in (1, 2)
    ]


def _homes(
    shape: Shape, dice: Random, people: _People, accounts: tuple[Account, ...]
) -> tuple[list[Row], list[Person]]:
    """The homes' rows, and who owns one alone: some own two, some are a married couple."""
    rooms = _rooms(shape)
    sold = len(rooms) - shape.unsold
    rows: list[Row] = []
    alone: list[Person] = []
    for place, room in enumerate(rooms):
        area = AREAS[dice.randrange(len(AREAS))]
        luck = dice.random()
        if place >= sold:
            rows.append([room, area, "", "", "", "住宅", "未售"])
        elif shape.landlord:
            rows.append([room, area, shape.landlord, LANDLORD_PHONE, "", "住宅", ""])
        elif place < len(accounts):
            rows.append([room, area, *people.known(accounts[place]), "住宅", ""])
        else:
            owner = alone.pop() if luck < 0.06 and alone else people.next()
            rows.append([room, area, *owner, "住宅", ""])
            if luck > 0.85:
                rows.append([room, area, *people.next(), "住宅", ""])
            else:
                alone.append(owner)
    return rows, alone
