"""How a duty comes round whose rule or place was changed.

Each window keeps the rule and the place of its beginning: a change acts from the first window
that begins on its day or after it.  The calendar's window that lies across the end of the one
before begins the day after that end.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

from .occurrences import DAY, Period, Window

Ruling = TypeVar("Ruling")


@dataclass(frozen=True, slots=True)
class Span(Generic[Ruling]):
    """A stretch of windows of one period, from a day on; `ruling` is what set the period."""

    since: date
    period: Period
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class Rhythm(Generic[Ruling]):
    """The spans of a duty, oldest first; each ends the day before the next begins."""

    spans: tuple[Span[Ruling], ...]

    def at(self, day: date) -> Span[Ruling]:
        """The span whose windows hold the day; the first one for what lies before it."""
        return self.spans[max(0, self._place(day))]

    def window(self, day: date, *, start: date) -> Window:
        """As `Period.window`, cut where the span before ended."""
        place = max(0, self._place(day))
        span = self.spans[place]
        found = span.period.window(day, start=span.since if place else start)
        if place:
            found = replace(found, first_on=max(found.first_on, span.since))
        return found

    def _place(self, day: date) -> int:
        return bisect_right(self.spans, day, key=lambda span: span.since) - 1


def rhythm(rulings: Iterable[tuple[date, Period, Ruling]], *, start: date) -> Rhythm[Ruling]:
    """The rhythm of what set the period from each day on, oldest first, the first by `start`."""
    known = list(rulings)
    spans = [Span(known[0][0], *known[0][1:])]
    for since, period, ruling in known[1:]:
        made = Rhythm(tuple(spans))
        if spans[-1].since >= since:  # the window that began before runs past this change too
            spans[-1] = replace(spans[-1], period=period, ruling=ruling)
            continue
        before = made.window(since - DAY, start=start)
        begins = max(since, before.last_on + DAY)
        spans.append(Span(begins, period, ruling))
    return Rhythm(tuple(_without_repeats(spans)))


def _without_repeats(spans: list[Span[Ruling]]) -> list[Span[Ruling]]:
    """Of neighbours with one ruling and period the first: nothing was cut between them."""
    kept = spans[:1]
    for span in spans[1:]:
        if (span.period, span.ruling) != (kept[-1].period, kept[-1].ruling):
            kept.append(span)
    return kept
