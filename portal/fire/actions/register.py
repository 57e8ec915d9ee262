"""The register: places with their digits and tokens, and the equipment that stands there."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.fire.models import Check, Equipment, FirePlace
from portal.places.actions import next_number
from portal.places.models import Building, Compound, Stairwell
from portal.tools.audit.actions import note
from portal.tools.history.actions import keep, said_by
from portal.tools.keys import new_key

from . import logbook
from .refusals import CodeTaken, ElsewhereBuilding, KindIsFixed, NotInUse, PageSpent, StillInUse

FIRST_DIGITS = 1000  # four digits never begin with a nought, which people leave out


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What is entered of a place; without digits the next free ones are given."""

    name: str
    building: Building | None = None
    stairwell: Stairwell | None = None
    storey: int | None = None
    use: str = FirePlace.Use.ORDINARY
    code: str = ""


@dataclass(frozen=True, slots=True)
class EquipmentFacts:
    """What is entered of equipment; without a code the next one of its kind is given."""

    kind: str
    code: str = ""
    model: str = ""
    quantity: int = 1
    agent: str = ""
    made_on: date | None = None
    installed_on: date | None = None
    serviced_on: date | None = None
    starts_on: date | None = None  # None: the day of entering


@transaction.atomic
def register_place(
    compound: Compound, facts: PlaceFacts, *, by: UUID | None, at: datetime, key: UUID | None = None
) -> FirePlace:
    """Enter a place; the same page, known by the `key` made with it, sent twice enters one.

    Refuses (`PageSpent`) a page gone back to that says something else.
    """
    logbook.held(compound)
    if key is not None and (there := FirePlace.objects.filter(pk=key).first()):
        if not _is_that_place(there, compound, facts):
            raise PageSpent
        return there
    digits = facts.code or _free_digits(compound)
    place = FirePlace(pk=key or new_key(), compound=compound, code=digits)
    return _write_place(place, facts, "fire.register_place", by=by, at=at)


@transaction.atomic
def change_place(
    place: FirePlace, facts: PlaceFacts, *, by: UUID | None, at: datetime
) -> FirePlace:
    """Change what a place is called and where it is, from today on; its QR code stays."""
    place = _alone(place)
    place.code = facts.code or place.code
    return _write_place(place, facts, "fire.change_place", by=by, at=at)


@transaction.atomic
def retire_place(place: FirePlace, *, by: UUID | None, at: datetime) -> FirePlace:
    """Refuses (`StillInUse`) while equipment stands there."""
    place = _alone(place)
    here = Equipment.objects.filter(compound=place.compound_id, place=place)
    if here.filter(retired_on__isnull=True).exists():
        raise StillInUse
    if place.retired_on is None:
        place.retired_on = timezone.localdate(at)
        place.save(update_fields=["retired_on"])
        note("fire.retire_place", place, by=by, at=at)
    return place


@transaction.atomic
def register_equipment(
    place: FirePlace,
    facts: EquipmentFacts,
    *,
    by: UUID | None,
    at: datetime,
    key: UUID | None = None,
) -> Equipment:
    """Enter equipment at a place; checks are due from its first day on.

    The same page sent twice enters one, as `register_place` does.
    """
    place = _alone(place)
    if key is not None and (there := Equipment.objects.filter(pk=key).first()):
        if there.place_id != place.pk or not _is_that_piece(there, facts):
            raise PageSpent
        return there
    if place.retired_on is not None:
        raise NotInUse
    compound = place.compound
    code = facts.code or _free_code(compound, facts.kind)
    equipment = Equipment(pk=key or new_key(), compound=compound, place=place, code=code)
    return _write_equipment(equipment, facts, "fire.register_equipment", by=by, at=at)


@transaction.atomic
def change_equipment(
    equipment: Equipment, facts: EquipmentFacts, *, by: UUID | None, at: datetime
) -> Equipment:
    equipment = _alone_equipment(equipment)
    checks = Check.objects.filter(compound=equipment.compound_id, equipment=equipment)
    if facts.kind != equipment.kind and checks.exists():
        raise KindIsFixed
    equipment.code = facts.code or equipment.code
    return _write_equipment(equipment, facts, "fire.change_equipment", by=by, at=at)


@transaction.atomic
def retire_equipment(
    equipment: Equipment, *, by: UUID | None, at: datetime, on: date | None = None
) -> Equipment:
    """From a day on, today unless given, nothing is due of it; its log stays."""
    equipment = _alone_equipment(equipment)
    if equipment.retired_on is None:
        equipment.retired_on = max(on or timezone.localdate(at), equipment.starts_on)
        equipment.retirement_entered_at = at
        equipment.save(update_fields=["retired_on", "retirement_entered_at"])
        note("fire.retire_equipment", equipment, by=by, at=at)
    return equipment


def _is_that_place(there: FirePlace, compound: Compound, facts: PlaceFacts) -> bool:
    said = (compound.pk, facts.name, facts.stairwell, facts.storey, facts.use)
    stands = (there.compound_id, there.name, there.stairwell, there.storey, there.use)
    return stands == said and facts.building in {None, there.building}


def _is_that_piece(there: Equipment, facts: EquipmentFacts) -> bool:
    said = asdict(facts) | {
        "code": facts.code or there.code,
        "starts_on": facts.starts_on or there.starts_on,
    }
    return all(getattr(there, name) == value for name, value in said.items())


def _write_place(
    place: FirePlace, facts: PlaceFacts, act: str, *, by: UUID | None, at: datetime
) -> FirePlace:
    building, stairwell = facts.building, facts.stairwell
    if stairwell is not None and building is None:
        building = stairwell.building
    if building is not None and building.compound_id != place.compound_id:
        raise ElsewhereBuilding
    if stairwell is not None and stairwell.building_id != building.pk:  # type: ignore[union-attr]
        raise ElsewhereBuilding
    others = FirePlace.objects.filter(compound=place.compound_id, code=place.code)
    if others.exclude(pk=place.pk).exists():
        raise CodeTaken
    before = said_by(place, FirePlace.HISTORY)
    is_new = place._state.adding
    place.name, place.storey, place.use = facts.name, facts.storey, facts.use
    place.building, place.stairwell = building, stairwell
    place.save()
    if not is_new:
        keep(place, before, acts_from=timezone.localdate(at), by=by, at=at)
    note(act, place, by=by, at=at)
    return place


def _write_equipment(
    equipment: Equipment, facts: EquipmentFacts, act: str, *, by: UUID | None, at: datetime
) -> Equipment:
    others = Equipment.objects.filter(compound=equipment.compound_id, code=equipment.code)
    if others.exclude(pk=equipment.pk).exists():
        raise CodeTaken
    given = asdict(facts) | {"code": equipment.code}
    given["starts_on"] = facts.starts_on or equipment.starts_on or timezone.localdate(at)
    before, is_new = said_by(equipment, Equipment.HISTORY), equipment._state.adding
    first_day = said_by(equipment, ["starts_on"])
    for name, value in given.items():
        setattr(equipment, name, value)
    if is_new:
        equipment.entered_at = at
    equipment.save()
    if not is_new:
        keep(equipment, before, acts_from=timezone.localdate(at), by=by, at=at)
        keep(equipment, first_day, acts_from=None, by=by, at=at)
    note(act, equipment, by=by, at=at, facts={"kind": equipment.kind})
    return equipment


def _free_digits(compound: Compound) -> str:
    """The next digits that no place of the compound has, retired ones included."""
    taken = set(FirePlace.objects.filter(compound=compound).values_list("code", flat=True))
    while True:
        digits = str(FIRST_DIGITS + next_number(compound, "fire.place"))
        if digits not in taken:
            return digits


def _free_code(compound: Compound, kind: str) -> str:
    """The next code of its kind; somebody may have written it on another piece by hand."""
    taken = set(Equipment.objects.filter(compound=compound).values_list("code", flat=True))
    while True:
        code = f"{kind}-{next_number(compound, f'fire.{kind}'):04}"
        if code not in taken:
            return code


def _alone(place: FirePlace) -> FirePlace:
    """The place as it stands, while nobody else writes the register or the log."""
    logbook.held(place.compound)
    rows = FirePlace.objects.select_related("compound")
    return rows.get(compound=place.compound_id, pk=place.pk)


def _alone_equipment(equipment: Equipment) -> Equipment:
    """As `_alone`: a check that is being logged is logged before the change or after it."""
    logbook.held(equipment.compound)
    rows = Equipment.objects.select_related("compound")
    return rows.get(compound=equipment.compound_id, pk=equipment.pk)
