"""What a meeting needs from the roll: heads with their parts and scopes, and who may stand."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from committees.models import Meeting, Voter
from portal.owners.models import Binding, Owner, RollGroup, RollLine, RollOwner
from portal.owners.rules.scopes import (
    ALL,
    BUILDING,
    BY_DEFAULT,
    HOMES,
    Counting,
    counts_in,
    kinds_in,
)
from portal.places.models import Compound, Part


@dataclass(frozen=True, slots=True)
class FrozenLine:
    part: UUID
    key: str
    area: int
    scopes: list[str]
    building: str


@dataclass(frozen=True, slots=True)
class FrozenHead:
    """One head of the frozen roll with all its parts, counted or not by default."""

    id: UUID
    is_developer: bool
    lines: tuple[FrozenLine, ...]

    @property
    def counted(self) -> tuple[FrozenLine, ...]:
        return tuple(line for line in self.lines if "homes" in line.scopes)


def scopes_of(kind: str, building: str, rules: Counting) -> list[str]:
    """The scopes of a part: all; homes, the default; and its building, as b- and its code."""
    named = {BUILDING: f"b-{building}" if building else ""}
    return [name for scope in counts_in(kind, rules) if (name := named.get(scope, scope))]


def parts_on_the_roll(compound: Compound) -> int:
    """How many parts may count at a meeting."""
    kinds = kinds_in(ALL, Part.Kind.values, BY_DEFAULT)
    return Part.objects.filter(compound=compound, kind__in=kinds).count()


def frozen_heads(meeting: Meeting) -> list[FrozenHead]:
    """The heads of the meeting's roll in its order, with the parts that count; one that owns no
    such part is no voter.  Three queries."""
    rules = Counting(parking=meeting.roll is not None and meeting.roll.counts_parking)
    lines: dict[UUID, list[FrozenLine]] = {}
    rows = RollLine.objects.filter(
        compound_id=meeting.compound_id, version_id=meeting.roll_id
    ).order_by("key")
    for row in rows.iterator(chunk_size=5000):
        scopes = scopes_of(row.kind, row.building, rules)
        if not scopes:
            continue
        line = FrozenLine(row.part, row.key, row.area, scopes, row.building)
        lines.setdefault(row.group_id, []).append(line)
    groups = RollGroup.objects.filter(
        compound_id=meeting.compound_id, version_id=meeting.roll_id
    ).order_by("number")
    return [
        FrozenHead(group.pk, group.is_developer, tuple(lines[group.pk]))
        for group in groups
        if group.pk in lines
    ]


def stands_on_the_roll(meeting: Meeting, owner: Owner) -> bool:
    """Is `owner` an owner of the meeting's frozen roll, of a part that may count there?"""
    groups = RollOwner.objects.filter(
        compound_id=meeting.compound_id, version_id=meeting.roll_id, owner=owner.pk
    ).values("group_id")
    voters = Voter.objects.filter(
        compound_id=meeting.compound_id, meeting=meeting, group__in=groups
    )
    return owner.kind == Owner.Kind.PERSON and voters.exists()


def room_on_the_roll(meeting: Meeting, owner: Owner) -> str:
    """A room by which an owner of the frozen roll is known: the first home, else what there is."""
    groups = RollOwner.objects.filter(
        compound_id=meeting.compound_id, version_id=meeting.roll_id, owner=owner.pk
    )
    lines = RollLine.objects.filter(
        compound_id=meeting.compound_id, group__in=groups.values("group_id")
    ).order_by("key")
    return min(lines, key=lambda line: HOMES not in counts_in(line.kind, BY_DEFAULT)).key


def voters_of(meeting: Meeting, user: UUID) -> list[Voter]:
    """The voters this user may cast a ballot for: where he is the owner, or a co-owner and no
    other was named to vote for one of the parts (guidance art. 25)."""
    return voters_at([meeting], user)


def voters_at(meetings: Collection[Meeting], user: UUID) -> list[Voter]:
    """The same at several meetings, by slip; 3 queries, however many there are."""
    compounds = {meeting.compound_id for meeting in meetings}
    bound = Binding.objects.current().filter(compound__in=compounds, user=user)
    owners = set(bound.values_list("owner_id", flat=True))
    groups = RollOwner.objects.filter(
        compound__in=compounds, version__in={one.roll_id for one in meetings}, owner__in=owners
    ).values("group_id")
    voters = Voter.objects.filter(
        compound__in=compounds, meeting__in=meetings, group__in=groups, is_developer=False
    ).order_by("slip")
    named: dict[UUID, set[UUID]] = {voter.group: set() for voter in voters}
    rows = RollLine.objects.filter(
        compound__in=compounds, group__in=list(named), delegate__isnull=False
    )
    for group, delegate in rows.values_list("group_id", "delegate"):
        named[group].add(cast(UUID, delegate))
    return [one for one in voters if not named[one.group] or named[one.group] & owners]
