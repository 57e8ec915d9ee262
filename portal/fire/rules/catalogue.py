"""What is checked on each kind of equipment: the kinds of GB 25201 chapter 6 as data.

The periods are rules of the rulebook, named here by their keys.  A log keeps the version of the
catalogue by which it was made, so that a later one does not change what was asked.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from .premises import Premises

DATA = Path(__file__).resolve().parent.parent / "data"
LATEST = 1


class Grade(StrEnum):
    RED = "red"
    MAJOR = "major"
    MINOR = "minor"


DEADLINES = {
    Grade.RED: "fire.defect.red.hours",
    Grade.MAJOR: "fire.defect.major.days",
    Grade.MINOR: "fire.defect.minor.days",
}
HIGH_RISE = "fire.high-rise.height"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at; `grade` is that of the defect if it fails."""

    code: str
    words: str
    grade: Grade


@dataclass(frozen=True, slots=True)
class Duty:
    """A check that comes round; its period is the rule's, another one in some places."""

    code: str
    title: str
    rule: str
    items: tuple[Item, ...]
    standard: str = ""
    high_rise: str = ""
    basement: str = ""
    boiler_room: str = ""
    crowded: str = ""

    def rule_for(self, *, high_rise: bool, at: Premises) -> str:
        """The key of the rule that sets the period at such a place."""
        if special := self._special.get(at):
            return special
        return self.high_rise if high_rise and self.high_rise else self.rule

    @property
    def rules(self) -> set[str]:
        """Every rule that may set its period."""
        return {key for key in (self.rule, self.high_rise, *self._special.values()) if key}

    @property
    def _special(self) -> dict[Premises, str]:
        return {
            Premises.BASEMENT: self.basement,
            Premises.BOILER_ROOM: self.boiler_room,
            Premises.CROWDED: self.crowded,
        }

    def item(self, code: str) -> Item:
        return next(item for item in self.items if item.code == code)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of equipment, F01 to F22, with its duties by code."""

    code: str
    name: str
    duties: Mapping[str, Duty]


@cache
def catalogue(version: int = LATEST) -> Mapping[str, Kind]:
    """The kinds by code, in their order."""
    return parse((DATA / f"catalogue-{version}.toml").read_text(encoding="utf-8"))


def parse(text: str) -> dict[str, Kind]:
    return {kind["code"]: _kind(kind) for kind in tomllib.loads(text)["kind"]}


def rule_keys() -> set[str]:
    """Every rule that a catalogue's duty may ask for."""
    duties = [duty for kind in catalogue().values() for duty in kind.duties.values()]
    return {key for duty in duties for key in duty.rules}


def frequent() -> set[str]:
    """The codes of duties that come round by days, on whatever equipment."""
    seldom: set[str] = set()
    every: set[str] = set()
    for kind in catalogue().values():
        for duty in kind.duties.values():
            every.add(duty.code)
            if not duty.rule.endswith(".days"):
                seldom.add(duty.code)
    return every - seldom


def _kind(said: dict[str, Any]) -> Kind:
    duties = {duty["code"]: _duty(duty) for duty in said["duty"]}
    return Kind(said["code"], said["name"], duties)


def _duty(said: dict[str, Any]) -> Duty:
    items = tuple(Item(item["code"], item["words"], Grade(item["grade"])) for item in said["items"])
    return Duty(**(said | {"items": items}))
