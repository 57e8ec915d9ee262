"""Which ballots count, and what each voter weighs in a scope, as `election-record/1` prescribes.

Interpretation art. 9: a voter is one set of owners and one head, however many parts it owns; its
area is the sum of its parts.  Parts and ballots are plain tuples, since there are many of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from committees.rules.matters import Duplicate, Meeting


class Part(NamedTuple):
    """An exclusive part (专有部分): pseudonyms of part and voter, area in 0.01 m², its scopes."""

    part: str
    voter: str
    area: int
    scopes: tuple[str, ...]


class Ballot(NamedTuple):
    """A ballot at its place `seq` in the ledger; `choices` has 0 or 1 for each option."""

    seq: int
    voter: str
    channel: str
    choices: Mapping[str, Sequence[int]]


class UnknownVoter(ValueError):
    """The ballot at `seq` is of a voter without parts."""

    def __init__(self, seq: int) -> None:
        super().__init__(f"ballot at seq {seq} of an unknown voter")
        self.seq = seq


class MalformedBallot(ValueError):
    """The ballot at `seq` names an unknown matter, or has a list of wrong length or values."""

    def __init__(self, seq: int) -> None:
        super().__init__(f"ballot at seq {seq} is malformed")
        self.seq = seq


def areas_by_scope(
    parts: Iterable[Part], scopes: set[str]
) -> tuple[dict[str, dict[str, int]], set[str]]:
    """Return each of `scopes` with its voters and their area there, and the set of all voters."""
    areas: dict[str, dict[str, int]] = {scope: {} for scope in scopes}
    wanted: dict[tuple[str, ...], list[dict[str, int]]] = {}
    voters = set()
    for _, voter, area, names in parts:
        voters.add(voter)
        here = wanted.get(names)
        if here is None:
            here = wanted[names] = [areas[name] for name in scopes.intersection(names)]
        for scope in here:
            scope[voter] = scope.get(voter, 0) + area
    return areas, voters


def counting_ballots(
    meeting: Meeting, ballots: Iterable[Ballot], *, voters: set[str], voided: Collection[int]
) -> dict[str, Ballot]:
    """Return the one ballot of each voter that counts, by the meeting's rule for duplicates.

    Ballots are taken in the order of `seq`.  Refuses, with the first at fault, `UnknownVoter` and
    `MalformedBallot`; ballots whose number is in `voided` are not read at all.
    """
    gone = frozenset(voided)
    valid = sorted((one for one in ballots if one.seq not in gone), key=attrgetter("seq"))
    _check(valid, {matter.id: matter.width for matter in meeting.matters}, voters)
    return _first_by_rule(valid, meeting.rules.duplicate)


def _check(ballots: Iterable[Ballot], widths: dict[str, int], voters: set[str]) -> None:
    sound: set[tuple[str, tuple[int, ...]]] = set()
    for ballot in ballots:
        if ballot.voter not in voters:
            raise UnknownVoter(ballot.seq)
        for matter, choice in ballot.choices.items():
            said = (matter, tuple(choice))
            if said in sound:
                continue
            if len(choice) != widths.get(matter) or not {0, 1}.issuperset(choice):
                raise MalformedBallot(ballot.seq)
            sound.add(said)


def _first_by_rule(ballots: Iterable[Ballot], rule: Duplicate) -> dict[str, Ballot]:
    if rule is Duplicate.LAST:
        return {ballot.voter: ballot for ballot in ballots}
    chosen: dict[str, Ballot] = {}
    for ballot in ballots:
        held = chosen.setdefault(ballot.voter, ballot)
        # No channel is called `first`, so that by this rule the first ballot always stays.
        if held.channel != rule and ballot.channel == rule:
            chosen[ballot.voter] = ballot
    return chosen
