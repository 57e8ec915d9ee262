"""Invented rolls: the file a clerk would have, as CSV bytes, from a seed."""

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from .accounts import Account
from .names import invent

HEADER = ["房号", "产权面积(㎡)", "产权人", "手机", "身份证号", "用途", "交付状态"]
AREAS = ["89.32", "112.46", "128.75", "98.06", "139.80", "76.54"]
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a compound looks like: so many buildings of stairwells of storeys of two homes."""

    buildings: int
    stairwells: int
    storeys: int
    shops: int = 0
    parking: int = 0
    unsold: int = 0


@dataclass(slots=True)
class _People:
    """Gives out invented owners with phones 100… and ID numbers of region 999999."""

    dice: Random
    first: int
    given: int = 0

    def next(self) -> tuple[str, str, str]:
        self.given += 1
        number = self.first + self.given
        born = date(1945, 1, 1) + timedelta(days=self.dice.randrange(20_000))
        return invent(self.dice), f"100{number:08}", id_number(born, number % 1000)


def id_number(born: date, order: int) -> str:
    """An ID number of the region 999999 that nobody has, with its check digit (GB 11643)."""
    body = f"999999{born:%Y%m%d}{order:03}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + CHECK[total % 11]


def roll_csv(shape: Shape, *, seed: int, accounts: tuple[Account, ...] = ()) -> bytes:
    """The roll of an invented compound; the first homes belong to `accounts`."""
    dice = Random(seed)  # noqa: S311 - the same people each time, not a secret
    people = _People(dice, first=seed * 100_000)
    rows = _homes(shape, dice, people, accounts)
    rows += [
        [f"商铺-{n:02}", "65.20", *people.next(), "商铺", ""] for n in range(1, shape.shops + 1)
    ]
    rows += [
        [f"车位-{n:03}", "12.50", *people.next(), "车位", ""] for n in range(1, shape.parking + 1)
    ]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADER)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _homes(
    shape: Shape, dice: Random, people: _People, accounts: tuple[Account, ...]
) -> list[list[str]]:
    rooms = [
        f"{building}-{stairwell}-{storey}{door:02}"
        for building in range(1, shape.buildings + 1)
        for stairwell in range(1, shape.stairwells + 1)
        for storey in range(1, shape.storeys + 1)
        for door in (1, 2)
    ]
    rows, before = [], people.next()
    for place, room in enumerate(rooms):
        area = AREAS[dice.randrange(len(AREAS))]
        if place >= len(rooms) - shape.unsold:
            rows.append([room, area, "", "", "", "住宅", "未售"])
            continue
        luck = dice.random()
        if place < len(accounts):
            _name, _phone, number = people.next()
            owner = (accounts[place].name, accounts[place].phone, number)
        else:
            owner = before if luck < 0.06 else people.next()  # some own two homes
        if place >= len(accounts):
            before = owner
        rows.append([room, area, *owner, "住宅", ""])
        if place >= len(accounts) and luck > 0.85:  # a married couple
            rows.append([room, area, *people.next(), "住宅", ""])
    return rows
