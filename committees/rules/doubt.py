"""Could ballots that nobody can open have changed a verdict?  All of them for, all against.

A block that says one and the same is the most that they can do to a bar or a rank: what no such
block changes, no mixture of them does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from committees.rules.ballots import Ballot, Part
from committees.rules.matters import Meeting
from committees.rules.tally import DecisionResult, Result, count


def could_change(
    meeting: Meeting,
    parts: Iterable[Part],
    ballots: Iterable[Ballot],
    *,
    unopenable: Collection[str],
    served: Collection[str] = (),
) -> tuple[str, ...]:
    """Return the ids of the matters whose verdict would be another if the voters in `unopenable`
    had all said one thing: each option, or each candidate alone, or none.

    `ballots` are those that count; who of `unopenable` has one among them is left out.
    """
    parts, ballots = list(parts), list(ballots)
    lost = sorted(set(unopenable) - {ballot.voter for ballot in ballots})
    if not lost:
        return ()
    last = max((ballot.seq for ballot in ballots), default=0)
    was = _verdicts(count(meeting, parts, ballots, served=served))
    changed: set[str] = set()
    for place in range(max(matter.width for matter in meeting.matters) + 1):
        said = _all_say(meeting, place)
        block = [Ballot(last + n, voter, "online", said) for n, voter in enumerate(lost, start=1)]
        now = _verdicts(count(meeting, parts, ballots + block, served=served))
        changed |= {matter for matter in was if now[matter] != was[matter]}
    return tuple(matter.id for matter in meeting.matters if matter.id in changed)


def _all_say(meeting: Meeting, place: int) -> dict[str, list[int]]:
    """The mark at `place` on every matter that has one there; elsewhere nothing is said."""
    return {
        matter.id: [int(at == place) for at in range(matter.width)]
        for matter in meeting.matters
        if place < matter.width
    }


def _verdicts(results: Iterable[Result]) -> dict[str, object]:
    """Whether each decision passed, and who is elected in each election."""
    return {
        one.id: one.verdict.passed
        if isinstance(one, DecisionResult)
        else frozenset(one.seating.elected)
        for one in results
    }
