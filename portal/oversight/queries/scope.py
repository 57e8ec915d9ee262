"""What an officer asks about: a region, or one compound in it, on a day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from portal.places.models import Compound, Region
from portal.rulebook.queries import Rulings, profile_over, rules_for
from portal.tools.timekeeping.periods import add_years

ONE_DAY, INSTANT = timedelta(days=1), timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Scope:
    """`at` is the moment the figures are taken: now, or the last of a day that is past."""

    region: Region
    compound: Compound | None
    on: date
    at: datetime

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


def scope_on(region: Region, on: date, now: datetime, compound: Compound | None = None) -> Scope:
    return Scope(region, compound, on, min(now, _last_moment(on)))


def region_coded(code: str) -> Region | None:
    """The region of this code with those above it; 1 query."""
    return Region.objects.filter(code=code).select_related("parent__parent").first()


def compound_in(region: Region, code: str) -> Compound | None:
    return Compound.objects.within(region).filter(code=code).first()


def compounds_of(scope: Scope) -> list[Compound]:
    """The compounds asked about, by street and community; 1 query."""
    rows = Compound.objects.within(scope.region)
    if scope.compound:
        rows = rows.filter(pk=scope.compound.pk)
    return list(rows.select_related("region__parent").order_by("region__path", "name", "code"))


def children_of(region: Region) -> list[Region]:
    """The streets of a county, the communities of a street; 1 query."""
    return list(Region.objects.filter(parent=region).order_by("path"))


def rules_over(scope: Scope, keys: list[str]) -> Rulings:
    """The rules of the region on the day, without what a compound has set for itself; 1 query."""
    return rules_for(keys, region=profile_over(scope.region), on=scope.on)


def _last_moment(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on + ONE_DAY, time.min)) - INSTANT
