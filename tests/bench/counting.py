"""The count of 100,000 parts and 80,000 ballots once they are opened: the rule alone."""

import time
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from committees.rules import tally
from committees.rules.ballots import Ballot, Part
from committees.rules.matters import BarName, Candidate, Decision, Election, Meeting
from tests.committees.rules.conftest import RULES

from .table import RUNS, Figure

PARTS, BALLOTS, CANDIDATES = 100_000, 80_000, 9


def matters() -> tuple[Decision, Election]:
    names = tuple(Candidate(f"c{n}", f"候选人{n}", n % 2 == 0) for n in range(1, CANDIDATES + 1))
    options = ("agree", "against", "abstain", "follow")
    return (
        Decision("m1", "续聘物业服务企业", BarName.ORDINARY, "all", options),
        Election("m2", "选举业主委员会", BarName.ORDINARY, "all", 5, 2, 7, names),
    )


def parts(dice: Random) -> list[Part]:
    """A hundred thousand parts of some 95,000 voters: one in twenty owns a second."""
    return [
        Part(f"p{n:06}", f"v{n - 1 if n % 20 == 19 else n:06}", dice.randrange(4000, 20000), s)
        for n in range(PARTS)
        for s in [("all", f"b{n // 200}")]
    ]


def ballots(dice: Random, voters: list[str]) -> Iterator[Ballot]:
    for seq, voter in enumerate(dice.sample(voters, BALLOTS), 2):
        yield Ballot(seq, voter, "online", choices(dice))


def choices(dice: Random) -> dict[str, list[int]]:
    option = dice.randrange(4)
    return {
        "m1": [int(place == option) for place in range(4)],
        "m2": [int(dice.random() < 0.6) for _ in range(CANDIDATES)],
    }


def figure() -> Figure:
    dice = Random(1)
    homes = parts(dice)
    cast = list(ballots(dice, sorted({one.voter for one in homes})))
    meeting = Meeting(replace(RULES), matters())
    values = []
    for _ in range(RUNS):
        began = time.perf_counter()
        tally.count(meeting, homes, cast)
        values.append(time.perf_counter() - began)
    return Figure(
        "count: 100,000 parts, 80,000 ballots, 9 cand.", values, 1, "s", beside="once opened"
    )
