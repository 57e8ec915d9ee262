"""Take a file of the roll in: the good rows, in one transaction; again, it changes nothing."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import count
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.places.models import Building, Compound, Part, Stairwell
from portal.places.queries import is_demonstration
from portal.tools.audit.actions import note
from portal.tools.keys import new_key
from portal.tools.privacy.cipher import keyed_hash
from portal.tools.sheets.reading import read_sheets
from portal.tools.sheets.refusals import SheetRefusal

from ..models import Holding, Owner, RollImport
from ..queries import registry_of
from ..rules.people import name_key
from ..rules.registry import EMPTY, PartValue, PersonValue
from ..rules.roll import NoHeader, NoLines, Report, judge
from .unreadable import why_unreadable

BATCH = 1000


class RollNotReadable(Exception):
    """The file cannot be read as a roll; one line says why."""


def check_roll(compound: Compound | None, data: bytes) -> Report:
    """What the file would do; None stands for an empty compound.  Refuses RollNotReadable.

    Nothing is written, so new persons are only numbered.
    """
    return _judge(compound, data, (UUID(int=number) for number in count(1)))


def _judge(compound: Compound | None, data: bytes, new_keys: Iterator[UUID]) -> Report:
    registry = registry_of(compound, on=timezone.localdate()) if compound else EMPTY
    try:
        return judge(
            read_sheets(data),
            registry,
            new_keys,
            compound=compound.name if compound else "",
            demonstration=compound is None or is_demonstration(),
        )
    except (SheetRefusal, NoHeader, NoLines) as refusal:
        raise RollNotReadable(why_unreadable(refusal)) from None


@transaction.atomic
def import_roll(
    compound: Compound, data: bytes, *, file_name: str, by: UUID | None, at: datetime
) -> Report:
    """Judge the file against the registry as it stands now and take its good rows in."""
    Compound.objects.select_for_update(of=("self",), no_key=True).get(pk=compound.pk)
    judged = _judge(compound, data, iter(new_key, None))
    _write_people(compound, judged.people.values())
    written = [one for one in judged.parts.values() if one.is_new or one.is_changed]
    _write_parts(compound, written, on=timezone.localdate(at))
    row = RollImport.objects.create(
        compound=compound,
        file_name=file_name[:200],
        sha256=hashlib.sha256(data).hexdigest(),
        rows=judged.as_json()["rows"],
        by=by,
        at=at,
    )
    note("owners.import_roll", row, by=by, at=at, facts={"sha256": row.sha256})
    return judged


def _write_people(compound: Compound, people: Iterable[PersonValue]) -> None:
    values = list(people)
    changed = [value for value in values if value.is_changed and not value.is_new]
    Owner.objects.bulk_create(
        [_owner(compound, Owner(pk=value.person.key), value) for value in values if value.is_new],
        batch_size=BATCH,
    )
    known = Owner.objects.filter(compound=compound).in_bulk([v.person.key for v in changed])
    for value in changed:
        _owner(compound, known[value.person.key], value).save()


def _owner(compound: Compound, owner: Owner, value: PersonValue) -> Owner:
    person = value.person
    owner.compound = compound
    owner.kind = Owner.Kind.COMPANY if value.is_company else Owner.Kind.PERSON
    owner.name, owner.phone, owner.id_number = person.name, person.phone, person.id_number
    owner.name_hash = keyed_hash(name_key(person.name), kind="name")
    owner.phone_hash = keyed_hash(person.phone, kind="phone")
    owner.id_hash = keyed_hash(person.id_number, kind="id")
    owner.phone_is_checked, owner.id_is_checked = value.phone_is_checked, value.id_is_checked
    return owner


def _write_parts(compound: Compound, values: list[PartValue], *, on: date) -> None:
    places = _places(compound, values)
    known = {part.key: part for part in Part.objects.filter(compound=compound)}
    new, changed, holdings = [], [], []
    for value in values:
        room, part = value.room, known.get(value.room.key)
        building, stairwell = places[room.building, room.stairwell]
        if part is None:
            part = Part(
                compound=compound,
                building=building,
                stairwell=stairwell,
                number=room.number,
                key=room.key,
            )
            new.append(part)
        part.area, part.kind, part.delivery = value.part.area, value.part.use, value.part.delivery
        if value.is_changed and not value.is_new:
            part.save(update_fields=["area", "kind", "delivery"])
            changed.append(part)
        holdings += _holdings(compound, part, value)
    Part.objects.bulk_create(new, batch_size=BATCH)
    holdings = _succeeding(compound, changed, holdings, on=on)
    Holding.objects.bulk_create(holdings, batch_size=BATCH)


def _succeeding(
    compound: Compound, changed: list[Part], holdings: list[Holding], *, on: date
) -> list[Holding]:
    """Those of `holdings` that are to be made.  On the changed parts, who stays keeps his row; who
    no longer owns held it until `on`, the day the roll was told."""
    coming = {(one.part_id, one.owner_id): one for one in holdings}
    standing = Holding.objects.current().filter(compound=compound, part__in=changed)
    stay, ended = [], []
    for row in standing:
        same = coming.pop((row.part_id, row.owner_id), None)
        if same is None:
            ended.append(row.pk)
            continue
        row.share_num, row.share_den = same.share_num, same.share_den
        row.certificate = same.certificate
        stay.append(row)
    fields = ["share_num", "share_den", "certificate"]
    Holding.objects.bulk_update(stay, fields, batch_size=BATCH)
    Holding.objects.filter(compound=compound, pk__in=ended).update(until=on)
    return list(coming.values())


def _holdings(compound: Compound, part: Part, value: PartValue) -> list[Holding]:
    return [
        Holding(
            compound=compound,
            part=part,
            owner_id=held.person,
            share_num=held.share.numerator if held.share else None,
            share_den=held.share.denominator if held.share else None,
            certificate=held.certificate,
        )
        for held in value.part.owners
    ]


def _places(
    compound: Compound, values: list[PartValue]
) -> dict[tuple[str, str], tuple[Building | None, Stairwell | None]]:
    """The buildings and stairwells of the rooms, made where they are missing."""
    found: dict[tuple[str, str], tuple[Building | None, Stairwell | None]] = {}
    for code, entrance in sorted({(v.room.building, v.room.stairwell) for v in values}):
        building = stairwell = None
        if code:
            building, _new = Building.objects.get_or_create(compound=compound, code=code)
        if building and entrance:
            stairwell, _new = Stairwell.objects.get_or_create(
                compound=compound, building=building, code=entrance
            )
        found[code, entrance] = (building, stairwell)
    return found
