"""The rule for a key, here, on that day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Q

from portal.places.models import Compound

from .models import Rule

DEFAULT_REGION = "zj.wenzhou.yongjia"


class NoRule(LookupError):
    """The rulebook has no number for this key, here, on that day."""

    def __init__(self, key: str, on: date) -> None:
        super().__init__(f"{key} on {on}")
        self.key, self.on = key, on


@dataclass(frozen=True, slots=True)
class InForce:
    """A rule in force with its source; `set_by` is "law" or "compound"."""

    key: str
    value: Fraction | int
    operator: str
    unit: str
    title: str
    authority: str
    article: str
    confidence: str
    region: str
    is_binding: bool
    set_by: str = "law"
    clause: str = ""

    @property
    def inclusive(self) -> bool:
        return self.operator in {">=", "<="}

    @property
    def source(self) -> str:
        if self.set_by == "compound":
            return self.clause
        return f"{self.authority}{self.article}"


def rules_for(
    keys: Sequence[str],
    *,
    at_compound: Compound | None = None,
    region: str = DEFAULT_REGION,
    on: date,
) -> dict[str, InForce]:
    """The rules for several keys; a key without a rule is left out."""
    places = region.split(".")
    regions = ["cn", *(".".join(places[: n + 1]) for n in range(len(places)))]
    in_time = Q(effective_from__lte=on) & (Q(effective_to__isnull=True) | Q(effective_to__gte=on))
    found: dict[str, InForce] = {}
    rows = Rule.objects.filter(in_time, key__in=keys, region__in=regions)
    for row in sorted(rows, key=lambda row: (regions.index(row.region), row.effective_from)):
        found[row.key] = _in_force(row)
    return found


def rule_for(
    key: str,
    *,
    at_compound: Compound | None = None,
    region: str = DEFAULT_REGION,
    on: date,
) -> InForce:
    """The rule for a key; refuses NoRule."""
    found = rules_for([key], at_compound=at_compound, region=region, on=on)
    if key not in found:
        raise NoRule(key, on)
    return found[key]


def _in_force(row: Rule) -> InForce:
    value = Fraction(row.value)
    return InForce(
        key=row.key,
        value=value if value.denominator > 1 else int(value),
        operator=row.operator,
        unit=row.unit,
        title=row.title,
        authority=row.authority,
        article=row.article,
        confidence=row.confidence,
        region=row.region,
        is_binding=row.is_binding,
    )
