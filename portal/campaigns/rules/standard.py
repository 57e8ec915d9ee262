"""A standard (评价标准): headings, items, points, vetoes and levels, all of it or every fault.

The form of a standard is this project's; its default follows law.md §7.2.  A standard is a plain
value (text, integers, lists), as TOML and canonical JSON both hold it, so that what is frozen
into a campaign is read back by the same function.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeAlias


class Scorer(StrEnum):
    """Who scores, in this order."""

    COMMUNITY = "community"
    STREET = "street"
    COUNTY = "county"


class Evidence(StrEnum):
    """How an item's evidence comes."""

    UPLOAD = "upload"
    RECORD = "record"


class NotAStandard(ValueError):
    """A value that is no standard; `faults` are all the reasons."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Item:
    """`source` names the record an item's evidence is taken from, "" where it is uploaded."""

    code: str
    title: str
    points: int
    evidence: Evidence
    source: str
    words: str

    @property
    def most(self) -> int:
        """The most an item can be given, in tenths of a point."""
        return self.points * 10


@dataclass(frozen=True, slots=True)
class Heading:
    """`rule` is the rulebook's key of its points, "" where the rulebook has none."""

    code: str
    title: str
    rule: str
    items: tuple[Item, ...]

    @property
    def points(self) -> int:
        return sum(item.points for item in self.items)


@dataclass(frozen=True, slots=True)
class Veto:
    """What alone refuses the award (一票否决)."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Level:
    """A level (等次) and the points from which on it is reached, the number itself included."""

    code: str
    title: str
    at_least: int
    rule: str


@dataclass(frozen=True, slots=True)
class Standard:
    """`weights` say what share of the total each scorer's points are; together exactly 1."""

    name: str
    version: str
    source: str
    headings: tuple[Heading, ...]
    vetoes: tuple[Veto, ...]
    levels: tuple[Level, ...]
    weights: Mapping[Scorer, Fraction]

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for heading in self.headings for item in heading.items)

    @property
    def points(self) -> int:
        return sum(heading.points for heading in self.headings)

    @property
    def sources(self) -> frozenset[str]:
        """The records it draws on."""
        return frozenset(item.source for item in self.items if item.source)


_Shape: TypeAlias = Mapping[str, type]
_TOP: _Shape = {"name": str, "version": str, "source": str, "points": int}
_LISTS = ("heading", "veto", "level", "weight")
_HEADING: _Shape = {"code": str, "title": str, "rule": str, "item": list}
_ITEM: _Shape = {"code": str, "title": str, "points": int, "evidence": str, "words": str}
_VETO: _Shape = {"code": str, "title": str}
_LEVEL: _Shape = {"code": str, "title": str, "at_least": int, "rule": str}
_WEIGHT: _Shape = {"scorer": str, "share": str}
_SHAPES: Mapping[str, _Shape] = {
    "heading": _HEADING,
    "veto": _VETO,
    "level": _LEVEL,
    "weight": _WEIGHT,
}


def read_standard(value: Mapping[str, Any], *, sources: Collection[str]) -> Standard:
    """The standard of a plain value; `sources` are the records there are to draw on.

    Refuses (`NotAStandard`) with every fault: of shape first, of sense once the shape holds.
    """
    faults = list(_shape_faults(value)) or list(_sense_faults(value, sources))
    if faults:
        raise NotAStandard(faults)
    return Standard(
        name=value["name"],
        version=value["version"],
        source=value["source"],
        headings=tuple(_heading(one) for one in value["heading"]),
        vetoes=tuple(Veto(one["code"], one["title"]) for one in value["veto"]),
        levels=tuple(
            Level(one["code"], one["title"], one["at_least"], one["rule"])
            for one in sorted(value["level"], key=lambda one: -one["at_least"])
        ),
        weights={Scorer(one["scorer"]): Fraction(one["share"]) for one in value["weight"]},
    )


def _heading(value: Mapping[str, Any]) -> Heading:
    items = tuple(
        Item(
            one["code"],
            one["title"],
            one["points"],
            Evidence(one["evidence"]),
            one.get("source", ""),
            one["words"],
        )
        for one in value["item"]
    )
    return Heading(value["code"], value["title"], value["rule"], items)


def _shape_faults(value: Mapping[str, Any]) -> Iterator[str]:
    yield from _row_faults("standard", value, _TOP)
    for name in _LISTS:
        rows = value.get(name)
        if not isinstance(rows, list) or not rows:
            yield f"standard: no {name}"
            continue
        for place, row in enumerate(rows, start=1):
            yield from _row_faults(f"{name} {place}", row, _SHAPES[name])
            if name == "heading" and isinstance(row, Mapping):
                yield from _items_faults(place, row.get("item"))


def _items_faults(heading: int, items: object) -> Iterator[str]:
    if not isinstance(items, list) or not items:
        yield f"heading {heading}: no item"
        return
    for place, row in enumerate(items, start=1):
        where = f"heading {heading}, item {place}"
        yield from _row_faults(where, row, _ITEM)
        if isinstance(row, Mapping) and not isinstance(row.get("source", ""), str):
            yield f"{where}: source is not text"


def _row_faults(where: str, row: object, shape: _Shape) -> Iterator[str]:
    if not isinstance(row, Mapping):
        yield f"{where}: not a table"
        return
    for name, kind in shape.items():
        if type(row.get(name)) is not kind:
            yield f"{where}: {name} is missing or not {kind.__name__}"
        elif kind is str and name != "rule" and not row[name].strip():
            yield f"{where}: {name} is empty"


def _sense_faults(value: Mapping[str, Any], sources: Collection[str]) -> Iterator[str]:
    items = [item for heading in value["heading"] for item in heading["item"]]
    for name, rows in (("heading", value["heading"]), ("item", items), ("veto", value["veto"])):
        yield from _twice(name, [row["code"] for row in rows])
    for item in items:
        yield from _item_faults(item, sources)
    total = sum(item["points"] for item in items)
    if total != value["points"]:
        yield f"standard: the items have {total} points, not {value['points']}"
    yield from _level_faults(value["level"], value["points"])
    yield from _weight_faults(value["weight"])


def _twice(name: str, codes: list[str]) -> Iterator[str]:
    for code, times in Counter(codes).items():
        if times > 1:
            yield f"{name} {code}: {times} times"


def _item_faults(item: Mapping[str, Any], sources: Collection[str]) -> Iterator[str]:
    where, source = f"item {item['code']}", item.get("source", "")
    if item["points"] < 1:
        yield f"{where}: {item['points']} points"
    if item["evidence"] not in set(Evidence):
        yield f"{where}: evidence is {item['evidence']}, not upload or record"
    elif item["evidence"] == Evidence.RECORD and source not in sources:
        yield f"{where}: no record is called {source!r}"
    elif item["evidence"] == Evidence.UPLOAD and source:
        yield f"{where}: uploaded, yet with a source"


def _level_faults(levels: Sequence[Mapping[str, Any]], points: int) -> Iterator[str]:
    yield from _twice("level", [row["code"] for row in levels])
    yield from _twice("level from", [str(row["at_least"]) for row in levels])
    for row in levels:
        if not 0 < row["at_least"] <= points:
            yield f"level {row['code']}: {row['at_least']} of {points} points"


def _weight_faults(weights: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield from _twice("weight", [row["scorer"] for row in weights])
    shares = []
    for row in weights:
        if row["scorer"] not in set(Scorer):
            yield f"weight: nobody is called {row['scorer']!r}"
        share = _fraction(row["share"])
        if share is None or not 0 < share <= 1:
            yield f"weight {row['scorer']}: {row['share']!r} is no share"
        else:
            shares.append(share)
    if len(shares) == len(weights) and sum(shares) != 1:
        yield f"weight: together {sum(shares)}, not 1"


def _fraction(text: str) -> Fraction | None:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None
