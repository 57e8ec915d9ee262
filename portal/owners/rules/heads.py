"""How many heads are there?  Interpretation on condominium ownership (法释〔2020〕17号) art. 9.

One set of owners is one head, however many parts it owns; the developer's unsold and undelivered
parts together are one head, also where a buyer is named already.  Used by every sum.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

Owner = TypeVar("Owner", bound=Hashable)  # whatever tells one owner from another


class HeldPart(NamedTuple, Generic[Owner]):
    """A part: its key, its area in 0.01 m², whether it is with the developer, who owns it."""

    key: str
    area: int
    is_developers: bool
    owners: frozenset[Owner]


@dataclass(frozen=True, slots=True)
class Head(Generic[Owner]):
    """One head with its parts in their order; `needs_a_look` where one of its owners also owns
    elsewhere with others or alone (law.md §2.1 step 5: the law is silent)."""

    parts: tuple[HeldPart[Owner], ...]
    owners: frozenset[Owner]
    is_developer: bool
    needs_a_look: bool

    @property
    def area(self) -> int:
        return sum(part.area for part in self.parts)


@dataclass(frozen=True, slots=True)
class Totals:
    """A roll: its parts, its heads, its area in 0.01 m²."""

    parts: int
    heads: int
    area: int


def heads_of(parts: Iterable[HeldPart[Owner]]) -> tuple[Head[Owner], ...]:
    """The heads in the order of their first parts.  A delivered part of nobody known is its own."""
    groups: dict[tuple[bool, frozenset[Owner], str], list[HeldPart[Owner]]] = {}
    sets_of: dict[Owner, set[frozenset[Owner]]] = {}
    for part in parts:
        is_developer, owners, alone = _whose(part)
        groups.setdefault((is_developer, owners, alone), []).append(part)
        for owner in owners:
            sets_of.setdefault(owner, set()).add(owners)
    return tuple(
        Head(tuple(held), owners, is_developer, any(len(sets_of[one]) > 1 for one in owners))
        for (is_developer, owners, _), held in groups.items()
    )


def totals_of(parts: Iterable[HeldPart[Owner]]) -> Totals:
    """The sums of these parts."""
    count = area = 0
    heads = set()
    for part in parts:
        count += 1
        area += part.area
        heads.add(_whose(part))
    return Totals(count, len(heads), area)


def _whose(part: HeldPart[Owner]) -> tuple[bool, frozenset[Owner], str]:
    """What the parts of one head have in common: the developer, a set of owners, else the part."""
    key, _, is_developers, owners = part
    if is_developers:
        return True, frozenset(), ""
    return False, owners, "" if owners else key
