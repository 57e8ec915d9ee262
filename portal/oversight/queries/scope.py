"""What an officer asks about: a region, or one compound in it, valid on D and known by K."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from portal.places.models import Compound, Region
from portal.rulebook.queries import Rulings, profile_over, rules_for
from portal.tools.history.models import Before
from portal.tools.history.queries import Histories
from portal.tools.timekeeping.periods import add_years

ONE_DAY, INSTANT = timedelta(days=1), timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Scope:
    """`at` is the moment the figures are taken: now, or the last of a day that is past.

    `known_at` is the last moment of the day by which it was known, None for now; `known_on` is
    that day.
    """

    region: Region
    compound: Compound | None
    on: date
    at: datetime
    known_on: date
    known_at: datetime | None = None

    @property
    def is_today(self) -> bool:
        return self.at < _last_moment(self.on)

    @property
    def ends_at(self) -> datetime:
        """24:00 of the day."""
        return _last_moment(self.on) + INSTANT

    @property
    def words(self) -> str:
        """The name of what is asked about."""
        return self.compound.name if self.compound else self.region.name

    @property
    def year_begins_on(self) -> date:
        """The first of the twelve months that end with the day."""
        return add_years(self.on, -1) + ONE_DAY


def scope_on(
    region: Region,
    on: date,
    now: datetime,
    compound: Compound | None = None,
    *,
    known_on: date | None = None,
) -> Scope:
    """What is valid on a day, as known by the end of another (None, or today: by now)."""
    today = timezone.localdate(now)
    known_at = None if known_on in {None, today} else min(now, _last_moment(known_on or today))
    return Scope(region, compound, on, min(now, _last_moment(on)), known_on or today, known_at)


def region_coded(code: str) -> Region | None:
    """The region of this code with those above it; 1 query."""
    return Region.objects.filter(code=code).select_related("parent__parent").first()


def compound_in(region: Region, code: str) -> Compound | None:
    return Compound.objects.within(region).filter(code=code).first()


def compounds_of(scope: Scope) -> list[Compound]:
    """The compounds asked about as they stood, by street and community; 3 queries.

    One that was moved since is counted where it lay on the day; one entered since is left out.
    """
    within = Region.objects.within(scope.region).select_related("parent")
    regions = {region.pk: region for region in within}
    moved = Before.objects.filter(
        kind=Compound._meta.label, said__region_id__in=[str(pk) for pk in regions]
    )
    rows = Compound.objects.filter(Q(region__in=regions) | Q(pk__in=moved.values("compound")))
    if scope.compound:
        rows = rows.filter(pk=scope.compound.pk)
    there = [one for one in rows if _was_entered(one, scope)]
    past = Histories([Compound], [one.pk for one in there], known_at=scope.known_at)
    found = []
    for one in there:
        compound = past.on(one, scope.on)
        if compound.region_id in regions:
            compound.region = regions[compound.region_id]
            found.append(compound)
    return sorted(found, key=lambda one: (one.region.path, one.name, one.code))


def _was_entered(compound: Compound, scope: Scope) -> bool:
    """A compound has no day of its own: it is there from the day it was entered."""
    entered_at = compound.entered_at
    if entered_at is None:
        return True
    is_known = scope.known_at is None or entered_at <= scope.known_at
    return is_known and timezone.localdate(entered_at) <= scope.on


def children_of(region: Region) -> list[Region]:
    """The streets of a county, the communities of a street; 1 query."""
    return list(Region.objects.filter(parent=region).order_by("path"))


def rules_over(scope: Scope, keys: list[str]) -> Rulings:
    """The rules of the region on the day, without what a compound has set for itself; 1 query."""
    region = profile_over(scope.region)
    return rules_for(keys, region=region, on=scope.on, known_at=scope.known_at)


def _last_moment(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on + ONE_DAY, time.min)) - INSTANT
