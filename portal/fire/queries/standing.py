"""How a compound stands in fire safety, in figures: now, or at the last moment of a past day."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from portal.fire.models import Check, Defect, Equipment
from portal.fire.rules.occurrences import State, count_on_time
from portal.places.models import Compound

from .rounds import Round, rounds

LOOKED_BACK = timedelta(days=30)
Checks = tuple[date | None, int, int]
NEVER: Checks = (None, 0, 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """The figures of one compound: pieces in use, occurrences due, overdue and missed (made up
    late or not), defects not closed and past their deadline, and the checks of 30 days.

    `empty_last_30_days` are logs of which no item applied: they are no checks.  A compound that
    never registered equipment `is_registered` not: its figures are absent, not nought.
    """

    equipment: int
    due: int
    overdue: int
    missed_last_30_days: int
    open_defects: int
    overdue_defects: int
    last_checked_on: date | None
    checks_last_30_days: int
    empty_last_30_days: int = 0
    is_registered: bool = True


def standing(compound: Compound, *, at: datetime, known_at: datetime | None = None) -> Standing:
    """The figures of one compound at that moment, as known by K (None: now)."""
    return standings([compound.pk], at=at, known_at=known_at)[compound.pk]


def standings(
    compound_ids: Iterable[UUID], *, at: datetime, known_at: datetime | None = None
) -> dict[UUID, Standing]:
    """The figures of each compound; 11 queries for any number of them."""
    wanted, on = list(compound_ids), timezone.localdate(at)
    since = on - LOOKED_BACK
    pieces: dict[UUID, set[UUID]] = defaultdict(set)
    counted: dict[UUID, Counter[str]] = defaultdict(Counter)
    for one in rounds(wanted, first_on=since, on=on, known_at=known_at):
        compound = one.equipment.compound_id
        counted[compound]["missed"] += _missed(one, since, on)
        if one.equipment.retired_on is None or one.equipment.retired_on > on:
            if one.equipment.starts_on <= on:
                pieces[compound].add(one.equipment.pk)
            now = one.standing(on)
            counted[compound][now.state if now else ""] += 1
    opened = _defects(Defect.objects.open_at(at).filter(compound__in=wanted))
    overdue = _defects(Defect.objects.overdue_at(at).filter(compound__in=wanted))
    checks = _checks(wanted, since, on)
    registered = _registered(wanted, on, known_at)
    return {
        pk: Standing(
            equipment=len(pieces[pk]),
            due=counted[pk][State.DUE],
            overdue=counted[pk][State.OVERDUE],
            missed_last_30_days=counted[pk]["missed"],
            open_defects=opened[pk],
            overdue_defects=overdue[pk],
            last_checked_on=checks.get(pk, NEVER)[0],
            checks_last_30_days=checks.get(pk, NEVER)[1],
            empty_last_30_days=checks.get(pk, NEVER)[2],
            is_registered=pk in registered,
        )
        for pk in wanted
    }


def on_time(compound: Compound, *, first_on: date, last_on: date) -> tuple[int, int]:
    """How many occurrences that ended from the first to the last day were done in time, and how
    many there were."""
    done = due = 0
    for one in rounds([compound.pk], first_on=first_on, on=last_on):
        found = one.between(first_on, last_on)
        in_time, ended = count_on_time(found, first_on=first_on, last_on=last_on)
        done, due = done + in_time, due + ended
    return done, due


def _missed(one: Round, since: date, on: date) -> int:
    found = one.between(since, on)
    return sum(each.is_missed and since <= each.window.last_on for each in found)


def _defects(rows: QuerySet[Defect]) -> Counter[UUID]:
    return Counter(rows.values_list("compound_id", flat=True))


def _checks(compound_ids: list[UUID], since: date, on: date) -> dict[UUID, Checks]:
    """The last day and the number of the checks of 30 days, and of the empty logs, by compound."""
    rows = Check.objects.filter(compound__in=compound_ids, on__lte=on).values("compound_id")
    done, recent = Q(is_done=True), Q(on__gt=since)
    found = rows.annotate(
        last=Max("on", filter=done),
        recent=Count("pk", filter=done & recent),
        empty=Count("pk", filter=~done & recent),
    )
    return {row["compound_id"]: (row["last"], row["recent"], row["empty"]) for row in found}


def _registered(compound_ids: list[UUID], on: date, known_at: datetime | None) -> set[UUID]:
    """The compounds that had ever registered equipment by then, retired or not."""
    rows = Equipment.objects.filter(compound__in=compound_ids, starts_on__lte=on)
    if known_at is not None:
        rows = rows.filter(entered_at__lte=known_at)
    return set(rows.values_list("compound_id", flat=True).distinct())
