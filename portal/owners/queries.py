"""Reads of the roll: who owns what, whose homes are a user's, what the registry holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet, Sum

from portal.accounts.models import User
from portal.places.models import Compound, Part
from portal.tools.privacy.cipher import keyed_hash

from .models import Binding, Holding, Owner, RollVersion


@dataclass(frozen=True, slots=True)
class Home:
    """A part that is a user's, with the compound it lies in."""

    compound: Compound
    part: Part
    owner: Owner


def owner_named(compound: Compound, room: str, name: str) -> Owner | None:
    """The owner of this name holding this room (its key), None if none or several."""
    found = Owner.objects.filter(
        compound=compound,
        name_hash=keyed_hash(plain_name(name), kind="name"),
        holdings__until__isnull=True,
        holdings__part__key=room,
    )[:2]
    return found[0] if len(found) == 1 else None


def plain_name(name: str) -> str:
    """A name as it is hashed: without white space."""
    return "".join(name.split())


def homes_of(user: User) -> list[Home]:
    """The user's homes in every compound; two queries."""
    owners = Binding.objects.filter(user=user.pk).values("owner_id")
    rows = (
        Holding.objects.current()
        .filter(owner__in=owners)
        .select_related("compound__region", "part", "owner")
        .order_by("compound__code", "part__key")
    )
    return [Home(row.compound, row.part, row.owner) for row in rows]


def compounds_of(user: User) -> set[UUID]:
    """The compounds where this user is an owner on the roll."""
    return set(Binding.objects.filter(user=user.pk).values_list("compound_id", flat=True))


def homes_to_bind(user: User) -> QuerySet[Owner]:
    """Owners on any roll with this user's verified phone who are nobody's yet."""
    if not user.phone_verified or not user.phone_hash:
        return Owner.objects.none()
    return (
        Owner.objects.filter(
            phone_hash=user.phone_hash, phone_is_checked=True, bindings__isnull=True
        )
        .select_related("compound")
        .prefetch_related("holdings__part")
        .order_by("compound__code", "pk")
    )


def registry_lines(compound: Compound) -> Iterator[Holding]:
    """Every current holding with its part and owner, by room."""
    return (
        Holding.objects.current()
        .filter(compound=compound)
        .select_related("part", "owner")
        .order_by("part__key", "pk")
        .iterator(chunk_size=5000)
    )


def totals(compound: Compound) -> tuple[int, int]:
    """How many parts the registry counts by default, and their area in 0.01 m²."""
    counted = Part.objects.counted_by_default().filter(compound=compound)
    return counted.count(), counted.aggregate(area=Sum("area"))["area"] or 0


def versions(compound: Compound) -> QuerySet[RollVersion]:
    return RollVersion.objects.filter(compound=compound).order_by("-number")


def parts_with_owners(compound: Compound) -> QuerySet[Part]:
    """The registry by room, each part with its current owners."""
    current = Holding.objects.current().select_related("owner")
    return (
        Part.objects.filter(compound=compound)
        .prefetch_related(Prefetch("holdings", queryset=current))
        .order_by("key")
    )
