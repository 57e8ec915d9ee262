"""What is an entry's total, which level does it reach, and why not?  law.md §7.2.

Scores are whole tenths of a point, shares are exact fractions, so that the total of the same
scores is the same everywhere; it is cut, never rounded up, to be shown, and judged uncut.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .standard import Level, Scorer, Standard

Scores = Mapping[str, int]  # item → tenths of a point


class Outcome(StrEnum):
    INCOMPLETE = "incomplete"  # a scorer has not scored every item
    VETOED = "vetoed"
    BELOW = "below"  # scored, and under the lowest level
    REACHED = "reached"


@dataclass(frozen=True, slots=True)
class Missing:
    """A score that is not there, or is more than its item has."""

    scorer: Scorer
    item: str


@dataclass(frozen=True, slots=True)
class Total:
    """`tenths` is exact, None while a score that counts is missing; `headings` and `scorers`
    hold the parts of it that are known.  A veto outranks every score."""

    outcome: Outcome
    tenths: Fraction | None
    level: Level | None
    next_level: Level | None
    short: Fraction | None  # the tenths lacking to `next_level`
    missing: tuple[Missing, ...]
    vetoes: tuple[str, ...]
    headings: Mapping[str, Fraction]
    scorers: Mapping[Scorer, int]


def total(
    standard: Standard, scores: Mapping[Scorer, Scores], *, vetoes: Collection[str] = ()
) -> Total:
    """The total of what each scorer gave; every scorer with a share must have scored every item.

    Refuses (`ValueError`) a veto the standard does not have.
    """
    unknown = set(vetoes) - {veto.code for veto in standard.vetoes}
    if unknown:
        raise ValueError(f"no veto {sorted(unknown)}")
    missing = tuple(
        Missing(scorer, item.code)
        for scorer in Scorer
        if scorer in standard.weights
        for item in standard.items
        if not _is_given(scores.get(scorer, {}), item.code, item.most)
    )
    headings = _by_heading(standard, scores)
    tenths = None if missing else sum(headings.values(), Fraction(0))
    standing = tuple(veto.code for veto in standard.vetoes if veto.code in vetoes)
    level = _reached(standard, tenths) if not standing else None
    above = _next(standard, tenths)
    return Total(
        outcome=_outcome(tenths, level, standing),
        tenths=tenths,
        level=level,
        next_level=above,
        short=above.at_least * 10 - tenths if above and tenths is not None else None,
        missing=missing,
        vetoes=standing,
        headings=headings,
        scorers={scorer: sum(given.values()) for scorer, given in scores.items() if given},
    )


def _is_given(given: Scores, code: str, most: int) -> bool:
    return code in given and 0 <= given[code] <= most


def _by_heading(standard: Standard, scores: Mapping[Scorer, Scores]) -> dict[str, Fraction]:
    return {
        heading.code: sum(
            (
                share * scores.get(scorer, {}).get(item.code, 0)
                for scorer, share in standard.weights.items()
                for item in heading.items
            ),
            Fraction(0),
        )
        for heading in standard.headings
    }


def _reached(standard: Standard, tenths: Fraction | None) -> Level | None:
    if tenths is None:
        return None
    return next((one for one in standard.levels if tenths >= one.at_least * 10), None)


def _next(standard: Standard, tenths: Fraction | None) -> Level | None:
    """The lowest level not reached yet."""
    if tenths is None:
        return None
    above = [one for one in standard.levels if tenths < one.at_least * 10]
    return above[-1] if above else None


def _outcome(tenths: Fraction | None, level: Level | None, vetoes: tuple[str, ...]) -> Outcome:
    if vetoes:
        return Outcome.VETOED
    if tenths is None:
        return Outcome.INCOMPLETE
    return Outcome.REACHED if level else Outcome.BELOW
