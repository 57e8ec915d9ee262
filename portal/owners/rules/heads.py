"""How many heads are there?  Interpretation on condominium ownership (法释〔2020〕17号) art. 9.

One set of owners is one head, however many parts it owns; the developer's unsold and undelivered
parts together are one head, also where a buyer is named already.  Used by every sum.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

NOBODY: frozenset[UUID] = frozenset()


class HeldPart(NamedTuple):
    """A part: its key, its area in 0.01 m², whether it is with the developer, who owns it."""

    key: str
    area: int
    is_developers: bool
    owners: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Head:
    """One head with its parts in their order; `needs_a_look` where one of its owners also owns
    elsewhere with others or alone (law.md §2.1 step 5: the law is silent)."""

    parts: tuple[HeldPart, ...]
    owners: frozenset[UUID]
    is_developer: bool
    needs_a_look: bool

    @property
    def area(self) -> int:
        return sum(part.area for part in self.parts)


def heads_of(parts: Iterable[HeldPart]) -> tuple[Head, ...]:
    """The heads in the order of their first parts.  A delivered part of nobody known is its own."""
    groups: dict[tuple[bool, frozenset[UUID], str], list[HeldPart]] = {}
    sets_of: dict[UUID, set[frozenset[UUID]]] = {}
    for part in parts:
        owners = NOBODY if part.is_developers else part.owners
        alone = "" if owners or part.is_developers else part.key
        groups.setdefault((part.is_developers, owners, alone), []).append(part)
        for owner in owners:
            sets_of.setdefault(owner, set()).add(owners)
    return tuple(
        Head(tuple(held), owners, is_developer, any(len(sets_of[one]) > 1 for one in owners))
        for (is_developer, owners, _), held in groups.items()
    )
