"""The duties of equipment with their periods and the days on which they were done."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from portal.fire.models import Check, Equipment
from portal.fire.rules.catalogue import HIGH_RISE, Duty, frequent, rule_keys
from portal.fire.rules.occurrences import DAY, Occurrence, Period, occurrences
from portal.fire.rules.occurrences import standing as standing_of
from portal.places.models import Building
from portal.rulebook.queries import InForce, Rulings, rules_for_each

# how far back the log is read: two windows of the longest period, two months of the frequent ones
FAR = timedelta(days=2 * 366)
NEAR = timedelta(days=62)


@dataclass(frozen=True, slots=True)
class Round:
    """One duty of one piece of equipment: its rule and period, and the days it was done."""

    equipment: Equipment
    duty: Duty
    rule: InForce
    days: list[date]

    @property
    def period(self) -> Period:
        return Period.of(int(self.rule.value), self.rule.unit)

    def standing(self, on: date) -> Occurrence | None:
        """Where the duty stands on that day; None before the first."""
        start = self.equipment.starts_on
        return standing_of(self.period, start=start, days=self.days, on=on)

    def between(self, first_on: date, last_on: date) -> list[Occurrence]:
        """The occurrences of these days, as far as the equipment was in use."""
        if self.equipment.retired_on is not None:
            last_on = min(last_on, self.equipment.retired_on - DAY)
        return occurrences(
            self.period,
            start=self.equipment.starts_on,
            days=self.days,
            first_on=first_on,
            on=last_on,
        )


def rounds(
    compound_ids: Iterable[UUID], *, first_on: date, on: date, place: UUID | None = None
) -> Iterator[Round]:
    """Every duty of the equipment in use between the days; 6 queries for any number of compounds.

    `place` narrows it to one place of a compound.
    """
    wanted = list(compound_ids)
    rows = Equipment.objects.standing_between(first_on, on).filter(compound__in=wanted)
    if place is not None:
        rows = rows.filter(place=place)
    rows = rows.select_related("compound", "place__building").order_by("place__code", "code")
    rules = rules_for_each([*rule_keys(), HIGH_RISE], wanted, on=on)
    tall = _with_a_tall_building(wanted, rules)
    done = _days_done(wanted, first_on=first_on, on=on, place=place)
    for equipment in rows:
        here = rules[equipment.compound_id]
        for duty in equipment.what.duties.values():
            high_rise = _is_high_rise(equipment, here, tall)
            below = equipment.place.is_below_ground
            rule = here.get(duty.rule_for(high_rise=high_rise, basement=below))
            if rule is not None:
                days = done.get((equipment.pk, duty.code), [])
                yield Round(equipment, duty, rule, days)


def _is_high_rise(equipment: Equipment, rules: Rulings, tall: set[UUID]) -> bool:
    """By the building's height; what stands outside is looked after as the tallest asks."""
    building = equipment.place.building
    if building is None:
        return equipment.compound_id in tall
    limit = rules.get(HIGH_RISE)
    return limit is not None and (building.height or 0) > limit.value


def _with_a_tall_building(compound_ids: list[UUID], rules: dict[UUID, Rulings]) -> set[UUID]:
    heights = Building.objects.filter(compound__in=compound_ids, height__isnull=False)
    limits = {pk: here.get(HIGH_RISE) for pk, here in rules.items()}
    return {
        pk
        for pk, height in heights.values_list("compound_id", "height")
        if (limit := limits[pk]) is not None and height is not None and height > limit.value
    }


def _days_done(
    compound_ids: list[UUID], *, first_on: date, on: date, place: UUID | None
) -> dict[tuple[UUID, str], list[date]]:
    """The sorted days of each duty's checks, by equipment and duty."""
    recent = Q(on__gte=first_on - NEAR) | ~Q(duty__in=frequent())
    rows = Check.objects.filter(
        recent, compound__in=compound_ids, on__gte=first_on - FAR, on__lte=on
    )
    if place is not None:
        rows = rows.filter(equipment__place=place)
    found: dict[tuple[UUID, str], list[date]] = {}
    for equipment, duty, day in (
        rows.values_list("equipment_id", "duty", "on").distinct().order_by("on")
    ):
        found.setdefault((equipment, duty), []).append(day)
    return found
