"""The lines of one part together: what they say of it, and where they contradict or repeat."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from .areas import written
from .lines import RollLine
from .people import Mention, PersonKey
from .registry import RegisteredPart
from .rooms import Room
from .shares import make_a_whole, total_of
from .words import DELIVERED, use_of_room

USE_NAMES = {
    "dwelling": "住宅",
    "shop": "商铺",
    "parking": "车位",
    "storage": "储藏室",
    "office": "办公",
    "public": "公共用房",
}
HALF = Fraction(1, 2)


class PartSaid(NamedTuple):
    """What the lines of a part say of it; the area is None if none of them has one."""

    room: Room
    area: int | None
    use: str
    delivery: str


def judge_part(
    room: Room,
    lines: Sequence[RollLine],
    before: RegisteredPart | None,
) -> PartSaid:
    """Write down the faults that a part's lines, in their order, show together.

    An empty area, use or delivery on a later line is the first line's.  Of what the file says
    nothing, the registry's holds if the part is there.
    """
    first = next((line for line in lines if not line.is_of_nobody), lines[0])
    use, delivery = _use(room, first, before), _delivery(first, before)
    for line in lines:
        if line.use and line.use != use:
            said = USE_NAMES[use]
            line.find("use", "room-conflict", what="用途", before=first.row, said=said)
    _judge_owners(lines, delivery)
    _judge_shares(lines)
    area = _judge_areas(lines)
    _judge_others(lines, delivery)
    return PartSaid(room, area, use, delivery)


def _use(room: Room, first: RollLine, before: RegisteredPart | None) -> str:
    if first.use:
        return first.use
    if before:
        return before.use
    return use_of_room(room)


def _delivery(first: RollLine, before: RegisteredPart | None) -> str:
    if before and "delivery" not in first.layout.columns:
        return first.delivery or before.delivery
    return first.delivery or DELIVERED


def _judge_areas(lines: Sequence[RollLine]) -> int | None:
    """The first area said, with area-missing before it and room-conflict behind it."""
    area, row = None, 0
    for line in lines:
        if line.area is None:
            if area is None and not line.has_wrong_area and not line.is_of_nobody:
                line.find("area", "area-missing")
        elif area is None:
            area, row = line.area, line.row
        elif line.area != area:
            line.find("area", "room-conflict", what="面积", before=row, said=written(area))
    return area


def _judge_owners(lines: Sequence[RollLine], delivery: str) -> None:
    """owner-missing and row-repeated; drops the repeated owners from what the part is given.

    One name twice at one part is two owners only if a phone or a number tells each of them.
    """
    if len(lines) == len(lines[0].mentions) == 1:  # as most parts, which repeat nobody
        return
    seen: dict[str, _Namesakes] = {}
    empty_row = 0
    for line in lines:
        if line.is_of_nobody:
            continue
        if not line.mentions:
            _judge_nobody(line, delivery, empty_row)
            empty_row = empty_row or line.row
        for at, (mention, key) in enumerate(zip(line.mentions, line.persons, strict=True)):
            namesakes = seen.setdefault(mention.name_key, _Namesakes())
            if row := namesakes.row_before(mention, key, line.row):
                line.find("owner", "row-repeated", mention.name, before=row)
                line.repeated |= {at}


class _Namesakes:
    """Those of one name at one part, by who they are."""

    def __init__(self) -> None:
        self._first = self._alone = 0  # rows
        self._rows: dict[PersonKey, int] = {}

    def row_before(self, mention: Mention, key: PersonKey, row: int) -> int:
        """The first row that names the same person, 0 if none does; this row is kept too."""
        known = (
            self._first
            if mention.is_alone
            else min(filter(None, (self._alone, self._rows.get(key, 0))), default=0)
        )
        self._first = self._first or row
        self._rows.setdefault(key, row)
        if mention.is_alone:
            self._alone = self._alone or row
        return known


def _judge_others(lines: Sequence[RollLine], delivery: str) -> None:
    """owner-missing on the lines of family and tenants where no good line names an owner, or where
    none has an area."""
    others = [line for line in lines if line.is_of_nobody and not line.bad]
    if not others or any(line.mentions and not line.bad for line in lines):
        return
    for line in others:
        if (line.delivery or delivery) == DELIVERED:
            line.find("owner", "owner-missing")


def _judge_nobody(line: RollLine, delivery: str, empty_row: int) -> None:
    if (line.delivery or delivery) == DELIVERED:
        if not any(found.code == "owner-missing" for found in line.bad):
            line.find("owner", "owner-missing")
    elif empty_row:
        line.find("owner", "row-repeated", before=empty_row)


def _judge_shares(lines: Sequence[RollLine]) -> None:
    """share-sum on every line; a repeated owner's share counts once."""
    given, is_unreadable = [], False
    for line in lines:
        is_unreadable |= line.share_is_unreadable
        for at, mention in enumerate(line.mentions):
            if mention.share is not None and at not in line.repeated:
                given.append(mention.share)
    if is_unreadable or (given and not make_a_whole(given)):
        total = "看不懂的数" if is_unreadable else _percent(total_of(given))
        blamed = "share" if "share" in lines[0].layout.columns else "owner"
        for line in lines:
            line.find(blamed, "share-sum", sum=total)


def _percent(share: Fraction) -> str:
    """In percent, with four decimals at most, a half to the even one."""
    kept, rest = divmod(share * 1_000_000, 1)
    if (rest, kept % 2) > (HALF, 0):
        kept += 1
    return f"{kept // 10_000}.{kept % 10_000:04}".rstrip("0").rstrip(".") + "%"
