"""Changes to places, and the numbers people read."""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.tools.audit.actions import note
from portal.tools.history.actions import keep, said_by

from .models import Building, Compound, Counter


class BuildingTaken(Exception):
    """The compound has a building of this code already."""


@dataclass(frozen=True, slots=True)
class BuildingFacts:
    """How tall a building is, in metres, and its storeys above and below the ground."""

    height: Decimal | int | None = None
    storeys_above: int | None = None
    storeys_below: int = 0


@transaction.atomic
def add_building(
    compound: Compound, code: str, facts: BuildingFacts, *, by: UUID | None, at: datetime
) -> Building:
    """Enter a building; what it asks for begins today.  The same again is the same building.

    Refuses BuildingTaken where one of this code is of another size.
    """
    building, is_new = Building.objects.get_or_create(compound=compound, code=code)
    if is_new:
        return change_building(building, facts, by=by, at=at)
    if said_by(building, Building.HISTORY) != asdict(facts):
        raise BuildingTaken
    return building


@transaction.atomic
def change_building(
    building: Building, facts: BuildingFacts, *, by: UUID | None, at: datetime
) -> Building:
    """Set how tall a building is, from today on: duties that have begun keep their period."""
    rows = Building.objects.select_for_update(no_key=True)
    building = rows.get(compound=building.compound_id, pk=building.pk)
    before = said_by(building, Building.HISTORY)
    for name, value in asdict(facts).items():
        setattr(building, name, value)
    if before == said_by(building, Building.HISTORY):
        return building
    building.save(update_fields=list(Building.HISTORY))
    keep(building, before, acts_from=timezone.localdate(at), by=by, at=at)
    note("places.change_building", building, by=by, at=at)
    return building


@transaction.atomic
def next_number(compound: Compound, name: str) -> int:
    """The next number of `name` in this compound: 1, 2, 3 … without gaps for what commits."""
    Counter.objects.get_or_create(compound=compound, name=name)
    counter = Counter.objects.select_for_update(no_key=True).get(compound=compound, name=name)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
