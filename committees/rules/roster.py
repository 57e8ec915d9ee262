"""Who may sit together on a committee, as its filing names them: every fault of the list.

One chair at most: 指导规则 art. 32 has the members choose a chair and vice chairs among themselves.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from enum import StrEnum

CHAIR, ALTERNATE = "chair", "alternate"


class RosterFault(StrEnum):
    NOBODY_SITS = "nobody-sits"
    SEVERAL_CHAIRS = "several-chairs"
    SEATED_TWICE = "seated-twice"


def roster_faults(seats: Sequence[tuple[Hashable, str]]) -> tuple[RosterFault, ...]:
    """What is wrong with a list of (person, post); alternates alone are no committee."""
    people = Counter(person for person, _ in seats)
    posts = Counter(post for _, post in seats)
    found = {
        RosterFault.NOBODY_SITS: posts.total() == posts[ALTERNATE],
        RosterFault.SEVERAL_CHAIRS: posts[CHAIR] > 1,
        RosterFault.SEATED_TWICE: len(people) < people.total(),
    }
    return tuple(fault for fault, is_there in found.items() if is_there)
