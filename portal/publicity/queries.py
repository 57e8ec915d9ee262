"""Which publicities run or have run, each with where it stands at a moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from portal.places.models import Compound
from portal.rulebook.queries import InForce, rules_for

from .documents import Document, from_json
from .models import Publicity, PublicityQuerySet
from .rules.clock import State, state_at


@dataclass(frozen=True, slots=True)
class Posted:
    """A publicity and where it stands."""

    publicity: Publicity
    state: State

    @property
    def document(self) -> Document:
        return document_of(self.publicity)


@dataclass(frozen=True, slots=True)
class DaysRule:
    """The rule for the days of a publicity (a least number), and whether its days are enough."""

    rule: InForce
    is_met: bool


def document_of(publicity: Publicity) -> Document:
    """The frozen text."""
    return from_json({"title": publicity.title, "blocks": publicity.body})


def is_intact(publicity: Publicity) -> bool:
    """Does the stored text still have the hash under which it was posted?"""
    return document_of(publicity).sha256() == publicity.sha256


def running(
    at: datetime, *, compound: Compound | None = None, limit: int | None = None
) -> list[Posted]:
    """What is in 公示 at `at`, what ends first in front; 2 queries."""
    found = _of(compound).running(at).order_by("start__ends_at", "compound", "number")
    return _posted(found[:limit], at)


def running_in(compound_ids: Iterable[UUID], at: datetime) -> list[Posted]:
    """What is in 公示 at `at` in these compounds, what ends first in front; 2 queries."""
    found = Publicity.objects.running(at).filter(compound__in=list(compound_ids))
    return _posted(found.order_by("start__ends_at", "compound", "number"), at)


def waiting(at: datetime) -> list[Posted]:
    """What was announced but is not live yet, so that its clock has not started; 2 queries."""
    found = Publicity.objects.filter(start__isnull=True, announced_at__lte=at)
    return _posted(found.order_by("announced_at", "pk"), at)


def latest(at: datetime, *, limit: int, compound: Compound | None = None) -> list[Posted]:
    """The `limit` announced last, whatever their state; 2 queries."""
    return _posted(_of(compound).order_by("-announced_at", "-pk")[:limit], at)


def over(at: datetime, *, limit: int) -> list[Posted]:
    """The `limit` whose days ended last; 2 queries."""
    found = Publicity.objects.over(at).order_by("-start__ends_at", "-pk")[:limit]
    return _posted(found, at)


def of_case(compound: Compound, case: str, at: datetime) -> list[Posted]:
    """All publicities of one case of the compound, in the order of their numbers; 2 queries."""
    return _posted(_of(compound).filter(case=case).order_by("number"), at)


def numbered(code: str, number: int, at: datetime) -> Posted | None:
    """The publicity of that number in the compound of that code; 2 queries."""
    found = Publicity.objects.filter(compound__code=code, number=number)
    return next(iter(_posted(found, at)), None)


def with_state(publicity: Publicity, at: datetime) -> Posted:
    """Where one publicity stands; 1 query unless its start is prefetched."""
    start = next(iter(publicity.start.all()), None)
    live_at = start.live_at if start else None
    return Posted(publicity, state_at(at, live_at=live_at, days=publicity.days))


def called_off_by(publicity: Publicity) -> Publicity | None:
    """The later notice that what this one announced is off; 1 query."""
    notices = Publicity.objects.filter(
        compound=publicity.compound_id,
        case=publicity.case,
        kind=Publicity.Kind.CALLED_OFF,
        number__gt=publicity.number,
    )
    return notices.select_related("compound").first()


def rule_of(publicity: Publicity) -> DaysRule | None:
    """The rule that set its days, as in force on the day it was announced; None if unknown."""
    on = timezone.localdate(publicity.announced_at)
    rule = rules_for([publicity.rule_key], at_compound=publicity.compound, on=on).get(
        publicity.rule_key
    )
    return DaysRule(rule, is_met=publicity.days >= rule.value) if rule else None


def _of(compound: Compound | None) -> PublicityQuerySet:
    every = Publicity.objects.all()
    return every.filter(compound=compound) if compound else every


def _posted(found: PublicityQuerySet, at: datetime) -> list[Posted]:
    rows: Iterable[Publicity] = found.select_related("compound").prefetch_related("start")
    return [with_state(publicity, at) for publicity in rows]
