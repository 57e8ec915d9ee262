"""What the registry of a compound holds, as values; and what a roll makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

from .rooms import Room
from .scopes import BY_DEFAULT, Counting


class Person(NamedTuple):
    """An owner: phone and number as `read_phone` and `read_number` spell them, or as entered."""

    key: UUID
    name: str
    phone: str = ""
    id_number: str = ""


class Holding(NamedTuple):
    """One owner's hold on a part; the share is None where it is not known."""

    person: UUID
    share: Fraction | None = None
    certificate: str = ""


class RegisteredPart(NamedTuple):
    """A part: area in 0.01 m², use and delivery in the words of `words.py`, its present owners."""

    area: int
    use: str
    delivery: str
    owners: tuple[Holding, ...] = ()


@dataclass(frozen=True, slots=True)
class Registry:
    """The parts by their room's key; every person known, those who hold nothing now included;
    which parts count in its sums."""

    parts: Mapping[str, RegisteredPart]
    people: Mapping[UUID, Person]
    counting: Counting = BY_DEFAULT


EMPTY = Registry({}, {})


class PersonValue(NamedTuple):
    """A person as the good rows leave them: to be made (`is_new`), changed, or left alone."""

    person: Person
    phone_is_checked: bool
    id_is_checked: bool
    is_company: bool
    is_new: bool
    is_changed: bool


class PartValue(NamedTuple):
    """A part as the good rows leave it, with all its owners: to be made, changed, or left alone."""

    room: Room
    part: RegisteredPart
    is_new: bool
    is_changed: bool
