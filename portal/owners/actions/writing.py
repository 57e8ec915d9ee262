"""Write what a roll makes of the registry, in bulk: some hundred statements for 20,000 parts."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from portal.places.models import Building, Compound, Part, Stairwell
from portal.tools.privacy.cipher import keyed_hash
from portal.tools.privacy.masks import masked_phone

from ..models import Holding, Owner
from ..rules.people import name_key
from ..rules.registry import PartValue, PersonValue

BATCH = 2000
PERSON = (
    *("kind", "name", "name_hash", "phone", "phone_hash", "phone_is_checked"),
    *("id_number", "id_hash", "id_is_checked"),
)
Place = tuple[Building | None, Stairwell | None]


def write_people(
    compound: Compound, people: Sequence[PersonValue], *, keeps_phones: bool
) -> list[dict[str, str]]:
    """Make the new persons and change the known ones, all of whom differ.  With `keeps_phones` the
    known ones keep theirs; what was not taken is given back, masked."""
    Owner.objects.bulk_create(
        [_owner(compound, Owner(pk=one.person.key), one) for one in people if one.is_new],
        batch_size=BATCH,
    )
    changed = [one for one in people if not one.is_new]
    known = Owner.objects.filter(compound=compound).in_bulk([one.person.key for one in changed])
    kept = [_kept(known[one.person.key], one) for one in changed] if keeps_phones else []
    fields = [name for name in PERSON if not (keeps_phones and name.startswith("phone"))]
    Owner.objects.bulk_create(
        [_owner(compound, known[one.person.key], one) for one in changed],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=fields,
    )
    return [one for one in kept if one is not None]


def _kept(owner: Owner, value: PersonValue) -> dict[str, str] | None:
    """The phone that an owner keeps and the one that was not taken, masked; None where equal."""
    if owner.phone == value.person.phone:
        return None
    before, after = (masked_phone(one) if one else "" for one in (owner.phone, value.person.phone))
    return {"owner": str(owner.pk), "before": before, "after": after}


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


def write_parts(compound: Compound, values: Sequence[PartValue], *, on: date) -> None:
    """Make the new parts and change the known ones with their owners; who no longer owns held the
    part until `on`."""
    places = _places(compound, values)
    known = {part.key: part for part in Part.objects.filter(compound=compound)}
    new, changed = [], []
    coming: dict[tuple[UUID, UUID], Holding] = {}
    for value in values:
        part = known.get(value.room.key)
        if part is None:
            part = _part(compound, value, places)
            new.append(part)
        elif _differs(part, value):
            changed.append(part)
        part.area, part.kind, part.delivery = value.part.area, value.part.use, value.part.delivery
        coming |= _holdings(compound, part, value)
    Part.objects.bulk_create(new, batch_size=BATCH)
    Part.objects.bulk_create(
        changed,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["area", "kind", "delivery"],
    )
    told = {known[one.room.key].pk for one in values if one.room.key in known}
    _write_holdings(compound, told, coming, on=on)


def _part(compound: Compound, value: PartValue, places: dict[tuple[str, str], Place]) -> Part:
    building, stairwell = places[value.room.building, value.room.stairwell]
    return Part(
        compound=compound,
        building=building,
        stairwell=stairwell,
        number=value.room.number,
        key=value.room.key,
    )


def _differs(part: Part, value: PartValue) -> bool:
    after = value.part
    return (part.area, part.kind, part.delivery) != (after.area, after.use, after.delivery)


def _write_holdings(
    compound: Compound,
    told: set[UUID],
    coming: dict[tuple[UUID, UUID], Holding],
    *,
    on: date,
) -> None:
    """On the parts that were `told`, who stays keeps his row; who no longer owns held it until
    `on`, the day the roll was told."""
    changed, ended = [], []
    standing = Holding.objects.current().filter(compound=compound)
    for row in standing.iterator(chunk_size=5000) if told else ():
        if row.part_id not in told:
            continue
        same = coming.pop((row.part_id, row.owner_id), None)
        if same is None:
            ended.append(row.pk)
        elif _said(row) != _said(same):
            row.share_num, row.share_den = same.share_num, same.share_den
            row.certificate = same.certificate
            changed.append(row)
    Holding.objects.bulk_create(
        changed,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["share_num", "share_den", "certificate"],
    )
    for first in range(0, len(ended), BATCH):
        few = ended[first : first + BATCH]
        Holding.objects.filter(compound=compound, pk__in=few).update(until=on)
    Holding.objects.bulk_create(coming.values(), batch_size=BATCH)


def _said(row: Holding) -> tuple[int | None, int | None, str]:
    return row.share_num, row.share_den, row.certificate


def _holdings(compound: Compound, part: Part, value: PartValue) -> dict[tuple[UUID, UUID], Holding]:
    return {
        (part.pk, held.person): Holding(
            compound=compound,
            part=part,
            owner_id=held.person,
            share_num=held.share.numerator if held.share else None,
            share_den=held.share.denominator if held.share else None,
            certificate=held.certificate,
        )
        for held in value.part.owners
    }


def _places(compound: Compound, values: Sequence[PartValue]) -> dict[tuple[str, str], Place]:
    """The buildings and stairwells of the new parts' rooms, made where they are missing."""
    asked = sorted({(one.room.building, one.room.stairwell) for one in values if one.is_new})
    if not asked:
        return {}
    buildings = {one.code: one for one in Building.objects.filter(compound=compound)}
    codes = {code for code, _ in asked} - buildings.keys()
    made = [Building(compound=compound, code=code) for code in sorted(codes)]
    buildings |= {one.code: one for one in Building.objects.bulk_create(made, batch_size=BATCH)}
    there = Stairwell.objects.filter(compound=compound).select_related("building")
    stairwells = {(one.building.code, one.code): one for one in there}
    missing = [pair for pair in asked if pair[1] and pair not in stairwells]
    entrances = [
        Stairwell(compound=compound, building=buildings[code], code=entrance)
        for code, entrance in missing
    ]
    Stairwell.objects.bulk_create(entrances, batch_size=BATCH)
    stairwells |= dict(zip(missing, entrances, strict=True))
    return {pair: (buildings[pair[0]], stairwells.get(pair)) for pair in asked}
