"""At which stage the meetings of many compounds stood at a moment, from the traces of each step.

`Meeting.stage` tells of now; of a past moment tell the frozen roll, the announced notice, the
ledger's opening and close, the result, and that it was called off, none of which can be changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from committees.models import CalledOff, LedgerEvent, Matter, Meeting, Result
from committees.rules.record import EventType
from portal.publicity.models import Publicity
from portal.tools.chain.canonical import instant

Stage = Meeting.Stage
stage_of, has_election_of = attrgetter("stage_then"), attrgetter("has_election")


@dataclass(frozen=True, slots=True)
class MeetingStage:
    """A meeting and its stage at a moment; `has_election`: members are elected at it."""

    meeting: Meeting
    stage: Meeting.Stage
    has_election: bool

    @property
    def is_running(self) -> bool:
        return self.stage not in (Stage.COUNTED, Stage.CALLED_OFF)


def meeting_stages(compound_ids: Iterable[UUID], *, at: datetime) -> list[MeetingStage]:
    """Every meeting called by then, the one that closes first in front; 1 query."""
    rows = (
        Meeting.objects.filter(compound__in=list(compound_ids), created_at__lte=at)
        .select_related("compound__region__parent")
        .annotate(stage_then=_stage(at), has_election=_election())
        .order_by("closes_at", "pk")
    )
    return [MeetingStage(row, Stage(stage_of(row)), has_election_of(row)) for row in rows]


def _stage(at: datetime) -> Case:
    steps: list[tuple[Stage, Q | Exists]] = [
        (Stage.CALLED_OFF, Exists(_here(CalledOff.objects.filter(at__lte=at)))),
        (Stage.COUNTED, Exists(_here(Result.objects.filter(counted_at__lte=at)))),
        (Stage.CLOSED, _told(EventType.CLOSED, at)),
        (Stage.OPEN, _told(EventType.OPENED, at)),
        (Stage.PUBLISHED, _announced(at)),
        (Stage.NOMINATING, Q(roll__frozen_at__lte=at)),
    ]
    whens = [When(condition, then=Value(stage)) for stage, condition in steps]
    return Case(*whens, default=Value(Stage.PREPARING), output_field=CharField())


def _here(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(compound=OuterRef("compound"), meeting=OuterRef("pk"))


def _told(kind: EventType, at: datetime) -> Exists:
    return Exists(_here(LedgerEvent.objects.filter(type=kind.value, at__lte=instant(at))))


def _announced(at: datetime) -> Exists:
    of_case = Publicity.objects.filter(compound=OuterRef("compound"), case=OuterRef("number"))
    return Exists(of_case.filter(kind=Publicity.Kind.NOTICE, announced_at__lte=at))


def _election() -> Exists:
    return Exists(_here(Matter.objects.filter(kind=Matter.Kind.ELECTION)))


def holds_the_roll(compound: UUID) -> bool:
    """Whether a meeting of the compound has frozen the roll and not counted yet."""
    held = (Stage.NOMINATING, Stage.PUBLISHED, Stage.OPEN, Stage.CLOSED)
    return Meeting.objects.filter(compound=compound, stage__in=held).exists()
