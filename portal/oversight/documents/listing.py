"""A list behind a number: which rows may be asked for, and the table of those that are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.oversight.queries.county import CompoundRow
from portal.oversight.queries.scope import Scope
from portal.places.models import Compound, Region

from .links import address
from .table import Cell, Column, Row, Table


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to ask for some of the rows; `count` is how many there are."""

    words: str
    count: int
    href: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """`why_empty` says in two sentences why no row stands there and what to do."""

    table: Table
    choices: Sequence[Choice]
    why_empty: tuple[str, str]


class NoSuchRows(LookupError):
    """`show` names no choice of this list."""


Make = Callable[[Scope, Sequence[CompoundRow], str], Listing]


def place_columns() -> tuple[Column, ...]:
    return (Column(_("小区")), Column(_("街道")), Column(_("社区")))


def place_cells(scope: Scope, compound: Compound) -> Row:
    """Compound, street and community; the compound leads to its public page."""
    region = compound.region
    street = region.parent if region.level == Region.Level.COMMUNITY else region
    community = region if region.level == Region.Level.COMMUNITY else None
    return (
        Cell(compound.name, compound.get_absolute_url()),
        _region_cell(scope, street),
        _region_cell(scope, community),
    )


def _region_cell(scope: Scope, region: Region | None) -> Cell:
    """A region's name; it leads on only where the asker may follow, inside the region asked of."""
    if region is None:
        return Cell("")
    inside = region.path.startswith(scope.region.path)
    return Cell(region.name, address(scope, region=region.code) if inside else "")


def choices(
    scope: Scope, name: str, counts: Sequence[tuple[str, str, int]], chosen: str
) -> list[Choice]:
    """The choices of a list from (value, words, count)."""
    if chosen not in {value for value, _words, _count in counts}:
        raise NoSuchRows(chosen)
    return [
        Choice(words, count, address(scope, name, show=value), value == chosen)
        for value, words, count in counts
    ]
