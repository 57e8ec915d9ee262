"""Freeze the roll into a version: what stood that day, counted and hashed."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.places.actions import next_number
from portal.places.models import Compound, Part
from portal.tools.audit.actions import note
from portal.tools.chain.canonical import sha256
from portal.tools.keys import new_key

from ..models import Delegate, RollGroup, RollLine, RollOwner, RollVersion
from ..queries import counting_of
from ..rules.heads import Head, HeldPart, heads_of, totals_of
from ..rules.scopes import HOMES, counts_in

BATCH = 2000


@transaction.atomic
def freeze_roll(compound: Compound, *, by: UUID | None, at: datetime) -> RollVersion:
    """Freeze the registry as it stands into a numbered, counted and hashed version.

    Heads, parts and area of the version are those of the default scope by the rules of the day;
    its lines have every part.
    """
    Compound.objects.select_for_update(of=("self",), no_key=True).get(pk=compound.pk)
    parts = {part.key: part for part in _parts(compound)}
    heads = heads_of(_held(parts.values()))
    rules = counting_of(compound, on=timezone.localdate(at))
    counted = [part for part in parts.values() if HOMES in counts_in(part.kind, rules)]
    totals = totals_of(_held(counted))
    lines = [
        f"{part.key},{part.area},{part.kind},{part.delivery},{_ids(head)}"
        for head in heads
        for part in (parts[held.key] for held in head.parts)
    ]
    version = RollVersion.objects.create(
        compound=compound,
        number=next_number(compound, "roll"),
        frozen_at=at,
        parts=totals.parts,
        heads=totals.heads,
        area=totals.area,
        counts_parking=rules.parking,
        sha256=sha256("\n".join(sorted(lines)).encode()),
        by=by,
    )
    _write_heads(version, heads, parts)
    note("owners.freeze_roll", version, by=by, at=at, facts={"sha256": version.sha256})
    return version


def _parts(compound: Compound) -> list[Part]:
    return list(
        Part.objects.filter(compound=compound)
        .select_related("building")
        .prefetch_related("holdings")
        .order_by("key")
    )


def _held(parts: Iterable[Part]) -> list[HeldPart[UUID]]:
    return [
        HeldPart(
            key=part.key,
            area=part.area,
            is_developers=part.delivery != Part.Delivery.DELIVERED,
            owners=frozenset(
                holding.owner_id for holding in part.holdings.all() if holding.until is None
            ),
        )
        for part in parts
    ]


def _ids(head: Head[UUID]) -> str:
    return ";".join(sorted(str(owner) for owner in head.owners))


def _write_heads(
    version: RollVersion, heads: tuple[Head[UUID], ...], parts: dict[str, Part]
) -> None:
    delegates = dict(
        Delegate.objects.filter(compound_id=version.compound_id).values_list("part_id", "owner_id")
    )
    groups, owners, lines = [], [], []
    for number, head in enumerate(heads, start=1):
        group = RollGroup(
            id=new_key(),
            compound_id=version.compound_id,
            version=version,
            number=number,
            is_developer=head.is_developer,
            needs_a_look=head.needs_a_look,
        )
        groups.append(group)
        owners += [
            RollOwner(compound_id=version.compound_id, version=version, group=group, owner=owner)
            for owner in sorted(head.owners, key=str)
        ]
        lines += [
            _line(version, group, parts[held.key], _voting(delegates, parts[held.key], head))
            for held in head.parts
        ]
    RollGroup.objects.bulk_create(groups, batch_size=BATCH)
    RollOwner.objects.bulk_create(owners, batch_size=BATCH)
    RollLine.objects.bulk_create(lines, batch_size=BATCH)


def _voting(delegates: dict[UUID, UUID], part: Part, head: Head[UUID]) -> UUID | None:
    """The delegate of a part, as long as he or she still owns it."""
    named = delegates.get(part.pk)
    return named if named in head.owners else None


def _line(version: RollVersion, group: RollGroup, part: Part, delegate: UUID | None) -> RollLine:
    return RollLine(
        compound_id=version.compound_id,
        version=version,
        group=group,
        part=part.pk,
        key=part.key,
        area=part.area,
        kind=part.kind,
        delivery=part.delivery,
        building=part.building.code if part.building else "",
        delegate=delegate,
    )
