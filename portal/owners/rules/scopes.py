"""Which kinds of part count in which sum?  指导规则 art. 25, roll-report/1, election-record/1.

A public room (公共用房) belongs to all owners and is nobody's exclusive part: it counts nowhere.
Parking and storage count where a matter calls them in, and by default only where the owners' own
rules say so.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from .words import PARKING, PUBLIC, STORAGE

ALL, HOMES, BUILDING = "all", "homes", "building"


@dataclass(frozen=True, slots=True)
class Counting:
    """What the rules of a place say: whether parking and storage count by default."""

    parking: bool = False


BY_DEFAULT = Counting()


def counts_in(kind: str, rules: Counting) -> tuple[str, ...]:
    """The scopes in which a part of this kind counts: every part, the default, its building's."""
    if kind == PUBLIC:
        return ()
    if kind in (PARKING, STORAGE) and not rules.parking:
        return (ALL,)
    return (ALL, HOMES, BUILDING)


def kinds_in(scope: str, kinds: Iterable[str], rules: Counting) -> list[str]:
    """Those of `kinds` that count in the scope."""
    return [kind for kind in kinds if scope in counts_in(kind, rules)]
