"""Which of several rules of one key is in force here on that day?

Both days of a rule are included.  Of those in force the one of the narrowest region wins: a local
rule may only add to the law above it (law.md §0.3), and what the law above has since overruled
carries its last day in the data.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from .regions import chain


class Dated(Protocol):
    """What has a region, a first day and perhaps a last."""

    @property
    def region(self) -> str: ...
    @property
    def effective_from(self) -> date: ...
    @property
    def effective_to(self) -> date | None: ...


Candidate = TypeVar("Candidate", bound=Dated)


def in_force(candidates: Iterable[Candidate], *, region: str, on: date) -> Candidate | None:
    """The one in force in `region` on the day; None if none is.

    Of one region there is at most one: the data files refuse two that overlap.
    """
    depths = {step: depth for depth, step in enumerate(chain(region))}
    standing = [
        one
        for one in candidates
        if one.region in depths
        and one.effective_from <= on
        and (one.effective_to is None or on <= one.effective_to)
    ]
    return max(standing, key=lambda one: depths[one.region], default=None)
