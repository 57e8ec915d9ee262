"""The duties of equipment with their periods and the days on which they were done.

Two dates stand behind each: valid on D, known by K.  A place, a building and a kind of equipment
act from the day they were changed; each window keeps the rule and the place of its beginning.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import Q

from portal.fire.models import Check, Equipment
from portal.fire.rules.catalogue import Duty, frequent
from portal.fire.rules.occurrences import DAY, Occurrence, Period, occurrences
from portal.fire.rules.occurrences import standing as standing_of
from portal.fire.rules.rhythm import Rhythm, rhythm
from portal.rulebook.queries import InForce

from .register import Register

# how far back the log is read: two windows of the longest period, two months of the frequent ones
FAR = timedelta(days=2 * 366)
NEAR = timedelta(days=62)


@dataclass(frozen=True, slots=True)
class Round:
    """One duty of one piece of equipment: its rules and periods in time, and the days it was done.

    It comes round from `start` until the day before `ends_on`, if it has ended.
    """

    equipment: Equipment
    duty: Duty
    rhythm: Rhythm[InForce]
    rule: InForce  # of the window that runs on the day asked about
    start: date
    ends_on: date | None
    days: list[date]

    def standing(self, on: date) -> Occurrence | None:
        """Where the duty stands on that day; None before the first and after the last."""
        if self.ends_on is not None and self.ends_on <= on:
            return None
        return standing_of(self.rhythm, start=self.start, days=self.days, on=on)

    def between(self, first_on: date, last_on: date) -> list[Occurrence]:
        """The occurrences of these days, as far as the equipment was in use."""
        if self.ends_on is not None:
            last_on = min(last_on, self.ends_on - DAY)
        return occurrences(
            self.rhythm, start=self.start, days=self.days, first_on=first_on, on=last_on
        )


def rounds(
    compound_ids: Iterable[UUID],
    *,
    first_on: date,
    on: date,
    known_at: datetime | None = None,
    place: UUID | None = None,
) -> Iterator[Round]:
    """Every duty of the equipment in use between the days, as known by K (None: now); 7 queries
    for any number of compounds.

    `place` narrows it to one place of a compound.
    """
    wanted = list(compound_ids)
    register = Register(wanted, known_at=known_at)
    done = _days_done(wanted, first_on=first_on, on=on, known_at=known_at, place=place)
    for equipment in register.equipment_between(first_on, on, place=place):
        for start, ends_on, kind in register.kinds(equipment, on):
            for duty in kind.duties.values():
                days = done.get((equipment.pk, duty.code), [])
                for run in _runs(register, equipment, duty, start, ends_on, on):
                    yield Round(equipment, duty, *run, days)


Run = tuple[Rhythm[InForce], InForce, date, date | None]


def _runs(
    register: Register,
    equipment: Equipment,
    duty: Duty,
    start: date,
    ends_on: date | None,
    on: date,
) -> Iterator[Run]:
    """The stretches in which a rule asks for the duty, each with its rhythm."""
    last_on = on if ends_on is None else min(on, ends_on - DAY)
    rules = register.rules_of(equipment, duty, start, last_on)
    stretches = [list(group) for _has, group in groupby(rules, key=lambda one: one[1] is not None)]
    for stretch, following in zip(stretches, [*stretches[1:], None], strict=True):
        begins = stretch[0][0]
        told = [(day, _period(rule), rule) for day, rule in stretch if rule is not None]
        if told:
            found = rhythm(told, start=begins)
            until = following[0][0] if following else ends_on
            yield found, found.at(last_on).ruling, begins, until


def _period(rule: InForce) -> Period:
    return Period.of(int(rule.value), rule.unit)


def _days_done(
    compound_ids: list[UUID],
    *,
    first_on: date,
    on: date,
    known_at: datetime | None,
    place: UUID | None,
) -> dict[tuple[UUID, str], list[date]]:
    """The sorted days of each duty's checks, by equipment and duty."""
    recent = Q(on__gte=first_on - NEAR) | ~Q(duty__in=frequent())
    rows = Check.objects.filter(
        recent, compound__in=compound_ids, on__gte=first_on - FAR, on__lte=on, is_done=True
    )
    if known_at is not None:
        rows = rows.filter(received_at__lte=known_at)
    if place is not None:
        rows = rows.filter(equipment__place=place)
    found: dict[tuple[UUID, str], list[date]] = {}
    for equipment, duty, day in (
        rows.values_list("equipment_id", "duty", "on").distinct().order_by("on")
    ):
        found.setdefault((equipment, duty), []).append(day)
    return found
