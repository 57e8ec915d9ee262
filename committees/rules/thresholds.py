"""Have the owners decided?  Civil Code art. 278, read with art. 1259.

Two gates: enough owners took part, and enough of those agreed.  Each gate is measured twice, by
head and by exclusive floor area, and both measures must clear it.  The bars themselves are values
from the rulebook; no number of the law stands in this code.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor


class Measure(StrEnum):
    HEADS = "heads"
    AREA = "area"


class GateName(StrEnum):
    PARTICIPATION = "participation"
    AGREEMENT = "agreement"


@dataclass(frozen=True, slots=True)
class Weight:
    """What some owners weigh: heads, and exclusive area in 0.01 m²."""

    heads: int
    area: int

    def __add__(self, other: Weight) -> Weight:
        return Weight(self.heads + other.heads, self.area + other.area)

    def by(self, measure: Measure) -> int:
        return self.heads if measure is Measure.HEADS else self.area


NOTHING = Weight(0, 0)


@dataclass(frozen=True, slots=True)
class Bar:
    share: Fraction
    inclusive: bool  # 以上 includes the number itself, 过半数 does not (art. 1259)

    def cleared_by(self, part: int | Fraction, *, of: int | Fraction) -> bool:
        if not of:
            return False
        reached = Fraction(part, of)
        return reached > self.share or (self.inclusive and reached == self.share)

    def least(self, *, of: int) -> int | None:
        """Return the smallest whole number that clears the bar, None if not even all of it can."""
        exact = self.share * of
        number = ceil(exact) if self.inclusive else floor(exact) + 1
        return number if of and number <= of else None

    def still_needed(self, part: int, *, of: int) -> int | None:
        """Return how much `part` lacks to clear the bar: 0 once it does, None if nothing can."""
        least = self.least(of=of)
        return None if least is None else max(0, least - part)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One reason for a "no": on this measure of this gate, `part` of `of` is `needed` too few."""

    gate: GateName
    measure: Measure
    part: int
    of: int
    bar: Bar
    needed: int | None  # heads or 0.01 m²; None: no number of votes would do


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate with what stands before it; the answers follow from the numbers."""

    name: GateName
    bar: Bar
    part: Weight
    of: Weight

    @property
    def heads(self) -> bool:
        return self.bar.cleared_by(self.part.heads, of=self.of.heads)

    @property
    def area(self) -> bool:
        return self.bar.cleared_by(self.part.area, of=self.of.area)

    @property
    def is_cleared(self) -> bool:
        return self.heads and self.area

    def still_needed(self, measure: Measure) -> int | None:
        """Return how many more heads, or 0.01 m², must come, the whole staying as it is."""
        return self.bar.still_needed(self.part.by(measure), of=self.of.by(measure))

    @property
    def shortfalls(self) -> tuple[Shortfall, ...]:
        """Every measure on which the gate is not cleared."""
        return tuple(
            Shortfall(self.name, measure, part, of, self.bar, self.still_needed(measure))
            for measure in Measure
            for part, of in [(self.part.by(measure), self.of.by(measure))]
            if not self.bar.cleared_by(part, of=of)
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """Both gates of one decision."""

    participation: Gate
    agreement: Gate

    @property
    def passed(self) -> bool:
        return self.participation.is_cleared and self.agreement.is_cleared

    @property
    def shortfalls(self) -> tuple[Shortfall, ...]:
        """Every reason why the decision is not made; empty if it is."""
        return self.participation.shortfalls + self.agreement.shortfalls


def participation(bar: Bar, *, participated: Weight, eligible: Weight) -> Gate:
    """Measure those who took part against all who could."""
    return Gate(GateName.PARTICIPATION, bar, part=participated, of=eligible)


def agreement(bar: Bar, *, agreed: Weight, participated: Weight) -> Gate:
    """Measure those who agreed against those who took part, never against all (art. 278 ¶2)."""
    return Gate(GateName.AGREEMENT, bar, part=agreed, of=participated)
