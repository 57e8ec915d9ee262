"""The register in time: what stood where on a day, known by K, and which rule asked what of it."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from portal.fire.models import Equipment, FirePlace
from portal.fire.rules.catalogue import HIGH_RISE, Duty, Kind, rule_keys
from portal.places.models import Building, Compound
from portal.rulebook.queries import InForce, RulesInTime, Rulings, rules_for
from portal.tools.history.queries import Histories


class Register:
    """Places, buildings, equipment and rules of the compounds on any day; 5 queries when it is
    made, 1 for the equipment."""

    def __init__(self, compound_ids: Iterable[UUID], *, known_at: datetime | None = None) -> None:
        self._compounds = list(compound_ids)
        self._known_at = known_at
        self._rules = RulesInTime([*rule_keys(), HIGH_RISE], self._compounds, known_at=known_at)
        kinds = (FirePlace, Building, Equipment)
        self._past = Histories(kinds, self._compounds, known_at=known_at)
        self._buildings: dict[UUID, Building] = {}
        self._of_compound: dict[UUID, list[Building]] = {pk: [] for pk in self._compounds}
        for building in Building.objects.filter(compound__in=self._compounds):
            self._buildings[building.pk] = building
            self._of_compound[building.compound_id].append(building)
        self._tall: dict[tuple[UUID, date], bool] = {}
        self._turns = {pk: self._turns_of(pk) for pk in self._compounds}

    def equipment_between(
        self, first_on: date, last_on: date, *, place: UUID | None = None
    ) -> Iterator[Equipment]:
        """What was in use on some day from the first to the last, with what was known of it."""
        rows = Equipment.objects.filter(compound__in=self._compounds)
        rows = rows.filter(_in_use_after(first_on, self._known_at))
        if self._known_at is None:
            rows = rows.filter(starts_on__lte=last_on)
        else:
            rows = rows.filter(entered_at__lte=self._known_at)
        if place is not None:
            rows = rows.filter(place=place)
        for row in rows.select_related("compound", "place").order_by("place__code", "code"):
            equipment = self._past.known(row)
            if not equipment.was_retired_by(self._known_at):
                equipment.retired_on = None
            if equipment.starts_on <= last_on:
                yield equipment

    def kinds(self, equipment: Equipment, on: date) -> Iterator[tuple[date, date | None, Kind]]:
        """The kinds it was entered as, each with its first day and the day after its last."""
        start = equipment.starts_on
        turns = [day for day in sorted(self._past.days(equipment)) if start < day <= on]
        begins, held = start, self._past.on(equipment, start)
        for day in turns:
            now = self._past.on(equipment, day)
            if now.kind != held.kind:
                yield begins, day, held.what
                begins, held = day, now
        yield begins, equipment.retired_on, held.what

    def rules_of(
        self, equipment: Equipment, duty: Duty, start: date, last_on: date
    ) -> list[tuple[date, InForce | None]]:
        """From which day on which rule asks for the duty of this piece, None where none does."""
        changed = self._turns[equipment.compound_id] | self._past.days(equipment.place)
        turns = {day for day in changed if start < day <= last_on}
        return [(day, self._rule(equipment, duty, day)) for day in sorted({start} | turns)]

    def _turns_of(self, compound: UUID) -> set[date]:
        """The days on which a rule or a building of the compound began to act otherwise."""
        changed = set(self._rules.days(compound))
        for building in self._of_compound[compound]:
            changed |= self._past.days(building)
        return changed

    def _rule(self, equipment: Equipment, duty: Duty, day: date) -> InForce | None:
        place = self._past.on(equipment.place, day)
        rules = self._rules.on(equipment.compound_id, day)
        high_rise = self._is_high_rise(place, rules, day)
        return rules.get(duty.rule_for(high_rise=high_rise, at=place.premises))

    def _is_high_rise(self, place: FirePlace, rules: Rulings, day: date) -> bool:
        """By the building's height; what stands outside is looked after as the tallest asks."""
        if place.building_id is not None:
            return self._is_tall(self._buildings[place.building_id], rules, day)
        key = place.compound_id, day
        if key not in self._tall:
            here = self._of_compound[place.compound_id]
            self._tall[key] = any(self._is_tall(one, rules, day) for one in here)
        return self._tall[key]

    def _is_tall(self, building: Building, rules: Rulings, day: date) -> bool:
        limit = rules.get(HIGH_RISE)
        height = self._past.on(building, day).height or 0
        return limit is not None and height > limit.value


def _in_use_after(day: date, known_at: datetime | None) -> Q:
    condition = Q(retired_on__isnull=True) | Q(retired_on__gt=day)
    return condition if known_at is None else condition | Q(retirement_entered_at__gt=known_at)


def tall_limit(compound: Compound, on: date) -> InForce | None:
    """The height above which a building is high-rise there."""
    return rules_for([HIGH_RISE], at_compound=compound, on=on).get(HIGH_RISE)
