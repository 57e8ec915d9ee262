"""Who takes the seats of an elected committee, and which places a tie leaves open.

A tie is never settled by the order of a list: what the rules do not order stays undecided, and an
undecided candidate is not one who lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from committees.rules.matters import Rules, Tie
from committees.rules.thresholds import Weight
from portal.tools.chain.canonical import nfc, sha256


class Standing(StrEnum):
    """Where a candidate stands after the count."""

    ELECTED = "elected"
    ALTERNATE = "alternate"
    UNDECIDED_SEAT = "undecided-seat"  # tied across the last seat
    UNDECIDED_ALTERNATE = "undecided-alternate"  # no seat, but tied across the last alternate
    NOT_ELECTED = "not-elected"


@dataclass(frozen=True, slots=True)
class Contender:
    """A qualified candidate with the support won."""

    id: str
    support: Weight


@dataclass(frozen=True, slots=True)
class Seating:
    """Ids: `elected` and `alternates` in rank order, the two kinds of tied in manifest order."""

    elected: tuple[str, ...] = ()
    alternates: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    tied_alternates: tuple[str, ...] = ()

    def standing_of(self, candidate: str) -> Standing:
        if candidate in self.elected:
            return Standing.ELECTED
        if candidate in self.alternates:
            return Standing.ALTERNATE
        if candidate in self.tied:
            return Standing.UNDECIDED_SEAT
        if candidate in self.tied_alternates:
            return Standing.UNDECIDED_ALTERNATE
        return Standing.NOT_ELECTED


def in_rank_order(contenders: Sequence[Contender], rules: Rules) -> list[Contender]:
    """Most votes first, as `rank_by` measures them; equals stay in manifest order."""
    return sorted(contenders, key=_rank(rules))


def seat(contenders: Sequence[Contender], *, seats: int, alternates: int, rules: Rules) -> Seating:
    """Fill `seats` (at least one), then `alternates`, from the qualified in manifest order."""
    rank = _rank(rules)
    ranked = in_rank_order(contenders, rules)
    tied = _tied_across(seats, ranked, rank)
    if tied:
        better = [one.id for one in ranked[:seats] if one not in tied]
        return Seating(elected=tuple(better), tied=_in_order(contenders, tied))
    last = seats + alternates
    tied = _tied_across(last, ranked, rank)
    return Seating(
        elected=tuple(one.id for one in ranked[:seats]),
        alternates=tuple(one.id for one in ranked[seats:last] if one not in tied),
        tied_alternates=_in_order(contenders, tied),
    )


_Rank = Callable[[Contender], tuple[int | str, ...]]


def _rank(rules: Rules) -> _Rank:
    """Return the sort key: most support first and, where a lot decides, its order among equals."""

    def rank(one: Contender) -> tuple[int | str, ...]:
        support = [-one.support.by(measure) for measure in rules.rank_by]
        if rules.tie is Tie.RUNOFF:
            return tuple(support)
        return (*support, sha256(nfc(f"{rules.lot_seed}:{one.id}").encode()))

    return rank


def _tied_across(place: int, ranked: Sequence[Contender], rank: _Rank) -> list[Contender]:
    """Return those equal to the last within `place`, if the first beyond it is their equal too."""
    if place >= len(ranked) or rank(ranked[place - 1]) != rank(ranked[place]):
        return []
    return [one for one in ranked if rank(one) == rank(ranked[place])]


def _in_order(contenders: Sequence[Contender], chosen: list[Contender]) -> tuple[str, ...]:
    return tuple(one.id for one in contenders if one in chosen)
