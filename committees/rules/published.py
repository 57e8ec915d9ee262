"""The published figures of a vote as values: what was printed, and what follows from it.

Any figure may be missing.  Heads are whole numbers, areas ㎡ with as many places as were printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from committees.rules.matters import AGREE, BarName
from committees.rules.thresholds import Measure

AGAINST = "against"
Figure = int | Fraction
_F = TypeVar("_F", int, Fraction)


class Outcome(StrEnum):
    PASSED = "passed"
    NOT_PASSED = "not-passed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Count:
    """What was printed of some owners; None where it was not."""

    heads: int | None = None
    area: Fraction | None = None

    def by(self, measure: Measure) -> Figure | None:
        return self.heads if measure is Measure.HEADS else self.area


@dataclass(frozen=True, slots=True)
class Deemed:
    """Those who said nothing and were put down to an option."""

    to: str
    count: Count


@dataclass(frozen=True, slots=True)
class Printed:
    """A percentage as printed, its text with its own number of places."""

    part: str  # the path of a figure: options.agree.heads
    of: str
    percent: str

    @property
    def places(self) -> int:
        return len(self.percent.partition(".")[2])

    @property
    def scaled(self) -> int:
        """The percentage in units of its last place: 17.50 is 1750."""
        return int(self.percent.replace(".", ""))


@dataclass(frozen=True, slots=True)
class Figures:
    decided_on: date
    bar: BarName
    title: str = ""
    source: str = ""
    roll: Count = Count()
    participated: Count = Count()
    options: Mapping[str, Count] = field(default_factory=dict)
    deemed: Deemed | None = None
    printed: tuple[Printed, ...] = ()
    announced: Outcome | None = None

    def took_part(self, measure: Measure) -> Figure | None:
        """Those who took part: as printed, else the sum of all that was said or deemed."""
        said = self.participated.by(measure)
        return self.summed(measure) if said is None else said

    def summed(self, measure: Measure) -> Figure | None:
        """Options and deemed together; None unless agree and against are there and none lacks
        its figure, for a list with agree alone is not a whole list."""
        figures = [count.by(measure) for count in self.summands]
        known = [figure for figure in figures if figure is not None]
        whole = {AGREE, AGAINST} <= self.options.keys() and len(known) == len(figures)
        return sum(known) if whole else None

    @property
    def summands(self) -> tuple[Count, ...]:
        return (*self.options.values(), *([self.deemed.count] if self.deemed else []))

    def agreed(self, measure: Measure) -> Figure | None:
        """Those who agreed, with those who were deemed to; None if a figure of theirs lacks."""
        said = self.options.get(AGREE, Count()).by(measure)
        if self.deemed is None or self.deemed.to != AGREE or said is None:
            return said
        deemed = self.deemed.count.by(measure)
        return None if deemed is None else said + deemed

    def by_path(self) -> dict[str, Figure]:
        """Every figure that is known, by its path such as participated.area."""
        places = {f"options.{name}": count for name, count in self.options.items()}
        places["roll"] = self.roll
        if self.deemed:
            places["deemed"] = self.deemed.count
        figures = {f"{place}.{one}": places[place].by(one) for place in places for one in Measure}
        figures |= {f"participated.{one}": self.took_part(one) for one in Measure}
        return {path: figure for path, figure in figures.items() if figure is not None}

    def without_deemed(self) -> Figures:
        """The same vote, those left out who said nothing."""
        if self.deemed is None:
            return self
        took, deemed = self.participated, self.deemed.count
        left = Count(_less(took.heads, deemed.heads), _less(took.area, deemed.area))
        return replace(self, participated=left, deemed=None)


def _less(figure: _F | None, other: _F | None) -> _F | None:
    return None if figure is None or other is None else figure - other
