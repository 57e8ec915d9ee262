"""Reads of the roll: who owns what, whose homes are a user's, what the registry holds."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet, Sum
from django.utils import timezone

from portal.accounts.models import User
from portal.places.models import Compound, Part
from portal.rulebook.queries import rule_for, rules_for
from portal.tools.privacy.cipher import keyed_hash

from .models import Binding, Delegate, Holding, Owner, RollVersion, WrongName
from .rules import registry
from .rules.people import name_key
from .rules.registry import Person, Registry
from .rules.scopes import HOMES, Counting, kinds_in
from .rules.told import Judged

PARKING_COUNTS = "roll.parking.is-counted"


BIND = "owners.bind"
WRONG_NAMES = "roll.binding.wrong-names"


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
        name_hash=keyed_hash(name_key(name), kind="name"),
        holdings__until__isnull=True,
        holdings__part__key=room,
    )[:2]
    return found[0] if len(found) == 1 else None


def knows_phone(phone_hash: str) -> bool:
    """Does some compound's roll name this phone?  By compound, as the index is."""
    everywhere = Compound.objects.values("pk")
    return Owner.objects.filter(compound__in=everywhere, phone_hash=phone_hash).exists()


def homes_of(user: User) -> list[Home]:
    """The user's homes in every compound; two queries."""
    owners = Binding.objects.current().filter(user=user.pk).values("owner_id")
    rows = (
        Holding.objects.current()
        .filter(owner__in=owners)
        .select_related("compound__region", "part", "owner")
        .order_by("compound__code", "part__key")
    )
    return [Home(row.compound, row.part, row.owner) for row in rows]


def compounds_of(user: User) -> set[UUID]:
    """The compounds where this user is an owner on the roll."""
    bound = Binding.objects.current().filter(user=user.pk)
    return set(bound.values_list("compound_id", flat=True))


def ended_for(user: User) -> list[Binding]:
    """The user's bindings that were ended and not made anew, the last one first; one query."""
    own = Binding.objects.filter(user=user.pk)
    anew = own.current().filter(compound=OuterRef("compound"), owner=OuterRef("owner"))
    ended = own.filter(ended_at__isnull=False).exclude(Exists(anew))
    return list(ended.select_related("compound").order_by("-ended_at"))


def homes_to_bind(user: User) -> QuerySet[Owner]:
    """Owners on any roll with this user's verified phone who are nobody's yet, with what they hold
    today; not those from whom the desk parted this user, which only the desk undoes."""
    if not user.phone_verified or not user.phone_hash:
        return Owner.objects.none()
    bound = Binding.objects.filter(compound=OuterRef("compound"), owner=OuterRef("pk"))
    held = Holding.objects.current().filter(compound=OuterRef("compound"), owner=OuterRef("pk"))
    current = Holding.objects.current().select_related("part").order_by("part__key")
    return (
        Owner.objects.filter(Exists(held), phone_hash=user.phone_hash, phone_is_checked=True)
        .exclude(Exists(bound.current()))
        .exclude(Exists(bound.filter(user=user.pk)))
        .select_related("compound")
        .prefetch_related(Prefetch("holdings", queryset=current))
        .order_by("compound__code", "pk")
    )


def names_left(owner: Owner, user: UUID, at: datetime) -> int:
    """How many names may still be tried, by this account anywhere and for this owner by anybody;
    a binding at the desk begins the count anew."""
    most = int(rule_for(WRONG_NAMES, at_compound=owner.compound, on=timezone.localdate(at)).value)
    at_desk = Binding.objects.filter(basis=Binding.Basis.DESK)
    counts = []
    for about in ({"user": user}, {"compound_id": owner.compound_id, "owner": owner.pk}):
        last = at_desk.filter(**about).order_by("-bound_at").values_list("bound_at", flat=True)
        tried = WrongName.objects.filter(**about)
        since = last.first()
        counts.append((tried.filter(at__gt=since) if since else tried).count())
    return most - max(counts)


def owners_of_account(compound: UUID, user: UUID) -> list[Owner]:
    """The owners of a compound for whom an account may vote, with the homes they hold."""
    current = Holding.objects.current().select_related("part").order_by("part__key")
    bound = Binding.objects.current().filter(compound=compound, user=user).values("owner_id")
    return list(
        Owner.objects.filter(compound=compound, pk__in=bound)
        .prefetch_related(Prefetch("holdings", queryset=current))
        .order_by("pk")
    )


@dataclass(frozen=True, slots=True)
class SharedAccount:
    """An account bound to several owners: whose it is, and for whom it may vote."""

    name: str
    owners: list[Owner]


def shared_accounts(compound: Compound) -> list[SharedAccount]:
    """The accounts that may vote for several owners of a compound, those of most owners first."""
    several = (
        Binding.objects.current()
        .filter(compound=compound)
        .values("user")
        .annotate(owners=Count("owner"))
        .filter(owners__gt=1)
        .order_by("-owners", "user")
    )
    users = User.objects.in_bulk([row["user"] for row in several])
    return [
        SharedAccount(users[row["user"]].name, owners_of_account(compound.pk, row["user"]))
        for row in several
        if row["user"] in users
    ]


def registry_of(compound: Compound, *, on: date) -> Registry:
    """The registry as values, as a roll is judged against it on the day; 5 queries."""
    owners = Owner.objects.filter(compound=compound)
    people = {
        one.pk: Person(one.pk, one.name, one.phone, one.id_number)
        for one in owners.iterator(chunk_size=5000)
    }
    held: dict[UUID, list[registry.Holding]] = {}
    rows = Holding.objects.current().filter(compound=compound).order_by("pk")
    for row in rows.iterator(chunk_size=5000):
        held.setdefault(row.part_id, []).append(
            registry.Holding(row.owner_id, _share(row), row.certificate)
        )
    parts = {
        part.key: registry.RegisteredPart(
            part.area, part.kind, part.delivery, tuple(held.get(part.pk, ()))
        )
        for part in Part.objects.filter(compound=compound).iterator(chunk_size=5000)
    }
    return Registry(parts, people, counting_of(compound, on=on))


def registry_state(compound: Compound) -> str:
    """What tells two states of the registry apart, of each row where it stands and who wrote it."""
    tables = [model._meta.db_table for model in (Owner, Holding, Part)]
    states = " UNION ALL ".join(
        "SELECT count(*), coalesce(sum(hashtextextended(ctid::text || ' ' || xmin::text, 0)), 0)"  # noqa: S608
        f" FROM {table} WHERE compound_id = %(compound)s"
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(states, {"compound": compound.pk})
        return ";".join(f"{count}:{digest}" for count, digest in cursor.fetchall())


@dataclass(frozen=True, slots=True)
class PartFacts:
    """A part, who owned and owns it, who was named to vote for it, and whose account is bound."""

    part: Part
    current: list[Holding]
    past: list[Holding]
    delegate: UUID | None
    bindings: dict[UUID, Binding]

    @property
    def accounts(self) -> list[tuple[Holding, Binding | None]]:
        """Each present owner with the binding of an account, if there is one."""
        return [(row, self.bindings.get(row.owner_id)) for row in self.current]


def part_facts(part: Part) -> PartFacts:
    """A part's owners, the present ones first to come first; 3 queries."""
    rows = Holding.objects.filter(compound_id=part.compound_id, part=part).select_related("owner")
    held = list(rows.order_by("pk"))
    named = Delegate.objects.filter(compound_id=part.compound_id, part=part).first()
    bound = Binding.objects.current().filter(
        compound_id=part.compound_id, owner__in=[row.owner_id for row in held]
    )
    return PartFacts(
        part=part,
        current=[row for row in held if row.until is None],
        past=[row for row in held if row.until is not None],
        delegate=named.owner_id if named else None,
        bindings={one.owner_id: one for one in bound},
    )


def counting_of(compound: Compound, *, on: date) -> Counting:
    """Which parts count here by default on the day, as the owners' own rules or the law say."""
    rule = rules_for([PARKING_COUNTS], at_compound=compound, on=on).get(PARKING_COUNTS)
    return Counting(parking=rule is not None and rule.value == 1)


def totals(compound: Compound, rules: Counting) -> tuple[int, int]:
    """How many parts the registry counts by default, and their area in 0.01 m²."""
    kinds = kinds_in(HOMES, Part.Kind.values, rules)
    counted = Part.objects.filter(compound=compound, kind__in=kinds)
    return counted.count(), counted.aggregate(area=Sum("area"))["area"] or 0


def versions(compound: Compound) -> QuerySet[RollVersion]:
    return RollVersion.objects.filter(compound=compound).order_by("-number")


def parts_with_owners(compound: Compound) -> QuerySet[Part]:
    """The registry by room, each part with its current owners."""
    current = Holding.objects.current().select_related("owner")
    return (
        Part.objects.filter(compound=compound)
        .prefetch_related(Prefetch("holdings", queryset=current))
        .by_room()
    )


MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part of the registry, with its present owners, beside what a file makes of it."""

    part: Part
    becomes: registry.RegisteredPart
    names: dict[UUID, str]  # of the owners to be


def part_changes(compound: Compound, judged: Judged) -> list[PartChange]:
    """What a file changes of parts that are there already, the first of them; 4 queries."""
    values = [one for one in judged.parts if not one.is_new]
    changed = {one.room.key: one.part for one in values[:MOST_SHOWN]}
    people = {holding.person for part in changed.values() for holding in part.owners}
    known = Owner.objects.filter(compound=compound).in_bulk(people)
    names = {pk: owner.name for pk, owner in known.items()}
    names |= {one.person.key: one.person.name for one in judged.people}
    parts = parts_with_owners(compound).filter(key__in=changed)
    return [PartChange(part, changed[part.key], names) for part in parts]


def _share(row: Holding) -> Fraction | None:
    return Fraction(row.share_num, row.share_den) if row.share_num and row.share_den else None
