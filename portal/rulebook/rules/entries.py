"""One entry of a data file: its fields, and everything that can be wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from re import compile as pattern
from typing import Any

from .numbers import Number, number
from .regions import NAMES
from .room import EXACT, Room, combined, possible

KEY = pattern(r"[a-z][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)+")
OPERATORS = (">=", ">", "<=", "<", "=")
CONFIDENCES = ("H", "M", "L")
UNITS = [
    "share",
    "share-of-all",
    "share-of-participants",
    "days",
    "workdays",
    "months",
    "years",
    "year",
    "hours",
    "minutes",
    "seconds",
    "people",
    "owners",
    "households",
    "pieces",
    "times",
    "times-a-day",
    "times-a-year",
    "yuan",
    "points",
    "grade",
    "m",
    "cm",
    "m2",
    "celsius",
    "dp",
    "pt",
    "yes",
]
REQUIRED: Mapping[str, tuple[type, ...]] = {
    "key": (str,),
    "title": (str,),
    "value": (int, str),
    "operator": (str,),
    "unit": (str,),
    "authority": (str,),
    "confidence": (str,),
}
OPTIONAL: Mapping[str, tuple[type, ...]] = {
    "article": (str,),
    "region": (str,),
    "effective_from": (date,),
    "effective_to": (date,),
    "is_binding": (bool,),
    "is_recalled": (bool,),
    "is_waivable": (bool,),
    "is_reference": (bool,),
    "room": (str,),
    "default": (int, str),
    "default_source": (str,),
    "words": (str,),
}
LENGTHS = {
    "key": 60,
    "title": 100,
    "value": 40,
    "article": 60,
    "default": 40,
    "default_source": 160,
}


class Fault(StrEnum):
    UNREADABLE = "not a TOML file"
    UNKNOWN_FIELD = "unknown field"
    MISSING = "missing field"
    WRONG_KIND = "wrong kind of value"
    EMPTY = "empty"
    TOO_LONG = "too long"
    BAD_KEY = "not a key"
    BAD_NUMBER = "not a number"
    IMPOSSIBLE = "no such number of its unit"
    UNKNOWN_OPERATOR = "unknown operator"
    UNKNOWN_UNIT = "unknown unit"
    UNKNOWN_CONFIDENCE = "unknown confidence"
    UNKNOWN_ROOM = "unknown room"
    UNKNOWN_REGION = "unknown region"
    UNKNOWN_AUTHORITY = "unknown authority"
    ENDS_BEFORE_IT_BEGINS = "ends before it begins"
    DEFAULT_WITHOUT_SOURCE = "default and default_source go together"
    DEFAULT_OUTSIDE_ROOM = "default outside the room"
    OVERLAPS = "overlaps another of its key and region"
    POSITION_TAKEN = "position of another file"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: in which file, with which entry ("" for the file itself), what."""

    file: str
    entry: str
    fault: Fault
    detail: str = ""

    def __str__(self) -> str:
        where = f"{self.file}, {self.entry}" if self.entry else self.file
        return f"{where}: {self.fault}" + (f": {self.detail}" if self.detail else "")


@dataclass(frozen=True, slots=True)
class Authority:
    """A law or other text, the region it holds in, and the day it came into force."""

    title: str
    region: str
    in_force: date
    is_binding: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One number of one authority, with its fields as the database holds them."""

    subject: str
    position: int
    key: str
    region: str
    title: str
    value: str
    operator: str
    unit: str
    authority: str
    article: str
    effective_from: date
    effective_to: date | None
    confidence: str
    is_binding: bool
    is_recalled: bool
    is_reference: bool
    room: str
    default: str
    default_source: str
    words: str
    is_waivable: bool = True

    @property
    def identity(self) -> tuple[str, str, date]:
        """What makes it the same rule from one loading to the next."""
        return self.key, self.region, self.effective_from


Fields = Mapping[str, Any]
Found = Iterator[tuple[Fault, str]]


def shape_faults(
    fields: object,
    required: Mapping[str, tuple[type, ...]] = REQUIRED,
    optional: Mapping[str, tuple[type, ...]] = OPTIONAL,
) -> Found:
    """Unknown, missing, mistyped, empty and overlong fields; a TOML float is no number here."""
    if not isinstance(fields, dict):
        yield Fault.WRONG_KIND, "not a table"
        return
    known = {**required, **optional}
    for name in fields.keys() - known.keys():
        yield Fault.UNKNOWN_FIELD, name
    for name in required.keys() - fields.keys():
        yield Fault.MISSING, name
    for name in fields.keys() & known.keys():
        value = fields[name]
        if type(value) not in known[name]:  # a bool is not an int, a moment is not a day
            yield Fault.WRONG_KIND, name
        elif isinstance(value, str) and not value.strip():
            yield Fault.EMPTY, name
        elif isinstance(value, int | str) and len(str(value)) > LENGTHS.get(name, 1000):
            yield Fault.TOO_LONG, name


def word_faults(fields: Fields, authorities: Mapping[str, Authority]) -> Found:
    """Words that are not among those known."""
    if not KEY.fullmatch(fields["key"]):
        yield Fault.BAD_KEY, fields["key"]
    for name, known, fault in (
        ("operator", OPERATORS, Fault.UNKNOWN_OPERATOR),
        ("unit", UNITS, Fault.UNKNOWN_UNIT),
        ("confidence", CONFIDENCES, Fault.UNKNOWN_CONFIDENCE),
        ("room", tuple(Room), Fault.UNKNOWN_ROOM),
        ("region", NAMES, Fault.UNKNOWN_REGION),
        ("authority", authorities, Fault.UNKNOWN_AUTHORITY),
    ):
        if name in fields and fields[name] not in known:
            yield fault, fields[name]


def number_faults(fields: Fields) -> Found:
    """Numbers that cannot be read, or cannot be one of their unit."""
    for name in ("value", "default"):
        if name not in fields:
            continue
        try:
            value = number(str(fields[name]))
        except ValueError:
            yield Fault.BAD_NUMBER, f"{name} {fields[name]}"
            continue
        whole = fields["unit"] in EXACT or value.denominator == 1
        if fields["unit"] in UNITS and not (whole and possible(fields["unit"], value)):
            yield Fault.IMPOSSIBLE, f"{name} {fields[name]}"


def sense_faults(entry: Entry) -> Found:
    """An entry readable by itself that contradicts itself."""
    if entry.effective_to is not None and entry.effective_to < entry.effective_from:
        yield Fault.ENDS_BEFORE_IT_BEGINS, f"{entry.effective_to}"
    if bool(entry.default) != bool(entry.default_source):
        yield Fault.DEFAULT_WITHOUT_SOURCE, ""
    if entry.default:
        legal, default = _numbers(entry)
        if combined(Room(entry.room), legal, default) != default:
            yield Fault.DEFAULT_OUTSIDE_ROOM, entry.default


def made(subject: str, position: int, fields: Fields, authority: Authority) -> Entry:
    """The entry, with what its authority says where it says nothing itself."""
    return Entry(
        subject=subject,
        position=position,
        key=fields["key"],
        region=fields.get("region", authority.region),
        title=fields["title"],
        value=str(fields["value"]),
        operator=fields["operator"],
        unit=fields["unit"],
        authority=authority.title,
        article=fields.get("article", ""),
        effective_from=fields.get("effective_from", authority.in_force),
        effective_to=fields.get("effective_to"),
        confidence=fields["confidence"],
        is_binding=fields.get("is_binding", authority.is_binding),
        is_recalled=fields.get("is_recalled", False),
        is_waivable=fields.get("is_waivable", True),
        is_reference=fields.get("is_reference", False),
        room=fields.get("room", ""),
        default=str(fields.get("default", "")),
        default_source=fields.get("default_source", ""),
        words=fields.get("words", "") + authority.note,
    )


def _numbers(entry: Entry) -> tuple[Number, Number]:
    return number(entry.value), number(entry.default)
