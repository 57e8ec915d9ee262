"""What is told to the process that judges a roll, and what it tells back: plain JSON both ways."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any
from uuid import UUID

from .leftovers import LeftOver, fields_of, left_over
from .registry import Holding, PartValue, Person, PersonValue, RegisteredPart, Registry
from .roll import Report
from .rooms import Room
from .scopes import Counting

Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """A roll that was judged: its report, the parts and persons to be made or changed, and the rows
    to send again with their fields."""

    report: Message
    parts: tuple[PartValue, ...] = ()
    people: tuple[PersonValue, ...] = ()
    rest: tuple[LeftOver, ...] = ()
    fields: tuple[str, ...] = ()

    def as_json(self) -> Message:
        """The report as the format writes it."""
        return self.report

    def count(self, fate: str) -> int:
        number: int = self.report["rows"][fate]
        return number

    def with_keys(self, keys: dict[UUID, UUID]) -> "Judged":
        """The same with other keys of persons, as those who are new were only numbered."""
        return replace(
            self,
            people=tuple([_person_as(one, keys) for one in self.people]),
            parts=tuple([_part_as(one, keys) for one in self.parts]),
        )


def _person_as(value: PersonValue, keys: dict[UUID, UUID]) -> PersonValue:
    key = value.person.key
    return value._replace(person=value.person._replace(key=keys.get(key, key)))


def _part_as(value: PartValue, keys: dict[UUID, UUID]) -> PartValue:
    owners = [one._replace(person=keys.get(one.person, one.person)) for one in value.part.owners]
    return value._replace(part=value.part._replace(owners=tuple(owners)))


def registry_as_message(registry: Registry) -> Message:
    return {
        "people": [[one.key.hex, *one[1:]] for one in registry.people.values()],
        "parts": [[key, *_part(part)] for key, part in registry.parts.items()],
        "counts_parking": registry.counting.parking,
    }


def registry_from(message: Message) -> Registry:
    people = [Person(UUID(key), *said) for key, *said in message["people"]]
    return Registry(
        {key: _part_from(*said) for key, *said in message["parts"]},
        {one.key: one for one in people},
        Counting(message["counts_parking"]),
    )


def report_as_message(report: Report, *, is_whole: bool) -> Message:
    """The report, and where it is asked for as a whole what is to be written and sent again."""
    if not is_whole:
        return {"report": report.as_json()}
    parts = [one for one in report.parts.values() if one.is_new or one.is_changed]
    people = [one for one in report.people.values() if one.is_new or one.is_changed]
    return {
        "report": report.as_json(),
        "parts": [[*one.room, *_part(one.part), *one[2:]] for one in parts],
        "people": [[one.person.key.hex, *one.person[1:], *one[1:]] for one in people],
        "rest": [list(one) for one in left_over(report)],
        "fields": fields_of(report),
    }


def judged_from(message: Message) -> Judged:
    if "parts" not in message:
        return Judged(message["report"])
    return Judged(
        message["report"],
        tuple(
            PartValue(Room(*said[:3]), _part_from(*said[3:7]), *said[7:])
            for said in message["parts"]
        ),
        tuple(
            PersonValue(Person(UUID(key), *said[:3]), *said[3:]) for key, *said in message["people"]
        ),
        tuple(LeftOver(row, cells, tuple(faults)) for row, cells, faults in message["rest"]),
        tuple(message["fields"]),
    )


def _part(part: RegisteredPart) -> list[Any]:
    owners = [
        [one.person.hex, str(one.share) if one.share is not None else "", one.certificate]
        for one in part.owners
    ]
    return [part.area, part.use, part.delivery, owners]


def _part_from(area: int, use: str, delivery: str, owners: Iterable[list[str]]) -> RegisteredPart:
    held = [
        Holding(UUID(person), Fraction(share) if share else None, certificate)
        for person, share, certificate in owners
    ]
    return RegisteredPart(area, use, delivery, tuple(held))
