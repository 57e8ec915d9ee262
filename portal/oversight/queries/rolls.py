"""Which compounds had a roll of owners on a day."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Min, Q

from portal.owners.models import Holding, RollImport

from .scope import Scope


def rolls_registered(compound_ids: Iterable[UUID], scope: Scope) -> set[UUID]:
    """The compounds whose owners were registered by then: what was imported has the day of its
    import, what was entered by hand its own; 2 queries."""
    wanted = list(compound_ids)
    held = Holding.objects.filter(Q(since__isnull=True) | Q(since__lte=scope.on))
    held = held.filter(Q(until__isnull=True) | Q(until__gte=scope.on), compound__in=wanted)
    owned = set(held.values_list("compound_id", flat=True).distinct())
    imports = RollImport.objects.filter(compound__in=wanted).values("compound_id")
    first = {row["compound_id"]: row["first"] for row in imports.annotate(first=Min("at"))}
    return {pk for pk in owned if pk not in first or first[pk] <= scope.at}
