"""Who may sit together on a committee and in which post: every fault of a list or a choice.

The members choose a chair and vice chairs among themselves (指导规则 art. 32): one chair at most,
nobody in two posts, and only who has a seat on the day, which an alternate has not.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

Who = TypeVar("Who", bound=Hashable)
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


class PostsFault(StrEnum):
    CHAIR_IS_VICE = "chair-is-vice"
    NOT_SEATED = "not-seated"
    BEFORE_THE_TERM = "before-the-term"
    AFTER_THE_TERM = "after-the-term"


@dataclass(frozen=True, slots=True)
class Choice:
    """A chair, or None where the post is vacant, and vice chairs, from a day on."""

    chair: Hashable | None
    vices: Collection[Hashable]
    since: date


def posts_faults(
    choice: Choice, *, seated: Collection[Hashable], first_on: date, last_on: date
) -> tuple[PostsFault, ...]:
    """What is wrong with a choice in a term of these days, both included, where on the day of the
    choice these have a seat; outside the term nobody is asked for a seat."""
    chosen = {*choice.vices} | ({choice.chair} if choice.chair is not None else set())
    is_within = first_on <= choice.since <= last_on
    found = {
        PostsFault.CHAIR_IS_VICE: choice.chair in choice.vices,
        PostsFault.NOT_SEATED: is_within and not chosen <= {*seated},
        PostsFault.BEFORE_THE_TERM: choice.since < first_on,
        PostsFault.AFTER_THE_TERM: choice.since > last_on,
    }
    return tuple(fault for fault, is_there in found.items() if is_there)


class LeavingFault(StrEnum):
    BEFORE_THE_SEAT = "before-the-seat"
    NOT_YET = "not-yet"
    NOT_THE_NEXT = "not-the-next"


@dataclass(frozen=True, slots=True)
class Leave:
    """A last day with a seat, and the alternate who takes it from the next day on, None where it
    stays open."""

    last_on: date
    follower: Hashable | None


def next_alternate(ranks: Mapping[Who, int]) -> Who | None:
    """Who moves up: alternates take open seats in the order of their ranks."""
    return min(ranks, key=lambda who: ranks[who], default=None)


def leaving_faults(
    leave: Leave, *, since: date, today: date, ranks: Mapping[Hashable, int]
) -> tuple[LeavingFault, ...]:
    """What is wrong with a leave of who sits since `since`; `ranks` are those of the alternates in
    office on the last day, none where the leaver is one of them; nobody is asked for a rank on a
    day before the seat."""
    is_early = leave.last_on < since
    is_next = leave.follower in (None, next_alternate(ranks))
    found = {
        LeavingFault.BEFORE_THE_SEAT: is_early,
        LeavingFault.NOT_YET: leave.last_on > today,
        LeavingFault.NOT_THE_NEXT: not is_early and not is_next,
    }
    return tuple(fault for fault, is_there in found.items() if is_there)


@dataclass(frozen=True, slots=True)
class Sitter:
    """Who had a seat: the person as linked to the roll, or by name alone, as papers named them."""

    person: Hashable
    name: str
    is_by_name: bool
    is_party_member: bool


def newly_entered(elected: Collection[Sitter], sat: Collection[Sitter]) -> list[Sitter]:
    """Those elected who did not sit before.

    A person is the same by the link.  Where one of the two is known by name alone, the name tells;
    two who are both linked are two people, whatever their names.  One name alone covers one of the
    elected: of several with that name a party member first, so that no figure is too high.
    """
    before = {one.person for one in sat}
    left = [one for one in elected if one.person not in before]
    now = {one.person for one in elected}
    unmatched = [one for one in sat if one.person not in now]
    for former in unmatched:
        alike = [
            one for one in left if one.name == former.name and (one.is_by_name or former.is_by_name)
        ]
        covered = max(alike, key=lambda one: one.is_party_member, default=None)
        left = [one for one in left if one is not covered]
    return left
