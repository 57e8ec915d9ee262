"""What was entered after a day and still counts in its figures: late entries, told on the page."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from committees.models import Member, Term
from portal.fire.models import Equipment
from portal.places.models import Compound
from portal.rulebook.models import Rule
from portal.tools.history.models import Before

from .scope import Scope

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class LateEntries:
    """How many facts that concern the day were entered after it, by their words; those without
    any are left out."""

    counts: list[tuple[str, int]]

    def __bool__(self) -> bool:
        return bool(self.counts)


def late_entries(scope: Scope) -> LateEntries:
    """Of the compounds asked about and of the rulebook, known by K; 6 queries, none of today."""
    if scope.is_today:
        return LateEntries([])
    compounds = Compound.objects.within(scope.region)
    if scope.compound:
        compounds = compounds.filter(pk=scope.compound.pk)
    here = {"compound__in": compounds.values("pk")}
    counts = [
        (_("登记设备"), _began(Equipment.objects.filter(**here), "starts_on", scope).count()),
        (_("停用设备"), _retired(scope).filter(**here).count()),
        (_("业委会届次"), _began(Term.objects.filter(**here), "starts_on", scope).count()),
        (_("委员任职"), _began(Member.objects.filter(**here), "since", scope).count()),
        (_("委员离任"), _left(Member.objects.filter(**here), scope)),
        (_("规则"), _began(Rule.objects.known(scope.known_at), "effective_from", scope).count()),
    ]
    return LateEntries([(words, number) for words, number in counts if number])


def _late(scope: Scope, name: str) -> Q:
    """Entered after the day and, where K is named, by then."""
    condition = Q(**{f"{name}__gte": scope.ends_at})
    return condition & Q(**{f"{name}__lte": scope.known_at}) if scope.known_at else condition


def _began(rows: QuerySet[Row], day: str, scope: Scope) -> QuerySet[Row]:
    return rows.filter(_late(scope, "entered_at"), **{f"{day}__lte": scope.on})


def _retired(scope: Scope) -> QuerySet[Equipment]:
    late = _late(scope, "retirement_entered_at")
    return Equipment.objects.filter(late, retired_on__lte=scope.on)


def _left(rows: QuerySet[Member], scope: Scope) -> int:
    """Seats whose end lies in the past of the day and was entered, or taken out, after it."""
    changes = Before.objects.filter(
        _late(scope, "entered_at"),
        kind=Member._meta.label,
        is_removal=False,
        compound__in=rows.values("compound"),
        said__has_key="until",
    )
    ended = dict(rows.filter(until__lt=scope.on).values_list("pk", "until"))
    return len(
        {
            row
            for row, said in changes.values_list("row", "said")
            if row in ended or _is_before(said["until"], scope.on)
        }
    )


def _is_before(until: str | None, day: date) -> bool:
    return until is not None and date.fromisoformat(until) < day
