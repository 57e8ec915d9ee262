"""Fire duties and defects of many compounds on a day, row by row, as their figures count them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.timezone import localdate

from portal.fire.models import Check, Defect
from portal.fire.queries import standings
from portal.fire.queries.rounds import Round, rounds
from portal.fire.queries.standing import LOOKED_BACK
from portal.fire.rules.occurrences import Occurrence, State

from .county import CompoundRow
from .scope import INSTANT, Scope


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty of a piece of equipment with the occurrence that is overdue or was missed."""

    row: CompoundRow
    round: Round
    occurrence: Occurrence


@dataclass(frozen=True, slots=True)
class EmptyLine:
    """A log of which no item applied: its duty stays undone."""

    row: CompoundRow
    check: Check


@dataclass(frozen=True, slots=True)
class DefectLine:
    """A defect that was open; `days_over` counts each day begun after its deadline, 0 within it."""

    row: CompoundRow
    defect: Defect
    days_over: int

    @property
    def is_overdue(self) -> bool:
        return self.days_over > 0


def with_fire(rows: Sequence[CompoundRow], scope: Scope) -> list[CompoundRow]:
    """The rows with how each compound stands in fire safety on the day; 11 queries."""
    compounds = [row.compound.pk for row in rows]
    found = standings(compounds, at=scope.at, known_at=scope.known_at)
    return [replace(row, fire=found[row.compound.pk]) for row in rows]


def overdue_duties(rows: Sequence[CompoundRow], scope: Scope) -> list[DutyLine]:
    """Duties of equipment in use whose last window passed without a check, the oldest first."""
    found = []
    for row, one in _rounds(rows, scope):
        now = one.standing(scope.on)
        if now is not None and now.state is State.OVERDUE:
            found.append(DutyLine(row, one, now))
    return sorted(found, key=lambda line: line.occurrence.asked_for.last_on)


def missed_duties(rows: Sequence[CompoundRow], scope: Scope) -> list[DutyLine]:
    """What was missed in the thirty days before, made up late or not, the newest first."""
    since = scope.on - LOOKED_BACK
    found = [
        DutyLine(row, one, each)
        for row, one in _rounds(rows, scope)
        for each in one.between(since, scope.on)
        if each.is_missed and since <= each.window.last_on
    ]
    return sorted(found, key=lambda line: line.occurrence.window.last_on, reverse=True)


def empty_checks(rows: Sequence[CompoundRow], scope: Scope) -> list[EmptyLine]:
    """Logs of the thirty days before of which no item applied, the newest first; 1 query."""
    by_compound = {row.compound.pk: row for row in rows}
    found = Check.objects.filter(compound__in=by_compound, is_done=False, on__lte=scope.on)
    found = found.filter(on__gt=scope.on - LOOKED_BACK).select_related(
        "compound", "equipment__place"
    )
    ordered = found.order_by("-on", "compound", "-seq")
    return [EmptyLine(by_compound[one.compound_id], one) for one in ordered]


def open_defects(rows: Sequence[CompoundRow], scope: Scope) -> list[DefectLine]:
    """Defects raised by then and not closed, by deadline; 1 query."""
    by_compound = {row.compound.pk: row for row in rows}
    found = Defect.objects.open_at(scope.at).filter(compound__in=by_compound)
    found = found.select_related("compound", "equipment__place", "check_made__equipment")
    return [
        DefectLine(by_compound[one.compound_id], one, _days_over(one, scope))
        for one in found.order_by("due_at", "compound", "number")
    ]


def last_day(due_at: datetime) -> date:
    """The last day for a deadline: 24:00 belongs to the day that ends with it."""
    return localdate(due_at - INSTANT)


def _days_over(defect: Defect, scope: Scope) -> int:
    if not defect.is_past_due(scope.at):
        return 0
    return (scope.on - localdate(defect.due_at)).days + 1


def _rounds(rows: Sequence[CompoundRow], scope: Scope) -> Iterator[tuple[CompoundRow, Round]]:
    by_compound = {row.compound.pk: row for row in rows}
    first_on, known_at = scope.on - LOOKED_BACK, scope.known_at
    for one in rounds(by_compound, first_on=first_on, on=scope.on, known_at=known_at):
        yield by_compound[one.equipment.compound_id], one
