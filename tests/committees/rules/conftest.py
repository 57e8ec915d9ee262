"""Small meetings, written shortly."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from committees.rules.ballots import Ballot, Part
from committees.rules.matters import (
    BarName,
    Candidate,
    Decision,
    Deemed,
    Duplicate,
    Election,
    Meeting,
    Rules,
    Tie,
)
from committees.rules.thresholds import Bar, Measure

RULES = Rules(
    participation=Bar(Fraction(2, 3), inclusive=True),
    ordinary=Bar(Fraction(1, 2), inclusive=False),
    special=Bar(Fraction(3, 4), inclusive=True),
    duplicate=Duplicate.FIRST,
    deemed=Deemed.NONE,
    rank_by=(Measure.HEADS, Measure.AREA),
    tie=Tie.RUNOFF,
    lot_seed="",
    party_target=Bar(Fraction(1, 2), inclusive=False),
)


@pytest.fixture(scope="session")
def rules() -> Rules:
    """The bars of Civil Code art. 278; the first ballot counts, ties wait for a second round."""
    return RULES


@pytest.fixture(scope="session")
def decision() -> Decision:
    """An ordinary decision m1 of all, with all four options."""
    return Decision(
        id="m1",
        title="续聘物业服务企业",
        bar=BarName.ORDINARY,
        scope="all",
        options=("agree", "against", "abstain", "follow"),
    )


@pytest.fixture(scope="session")
def make_election() -> Callable[..., Election]:
    """An election m2 of all with candidates c1 …, of whom those in `party` are party members."""

    def make(candidates: int, *, party: tuple[int, ...] = (), **changes: object) -> Election:
        election = Election(
            id="m2",
            title="选举业主委员会",
            bar=BarName.ORDINARY,
            scope="all",
            seats=3,
            alternates=2,
            max_choices=candidates,
            candidates=tuple(
                Candidate(f"c{n}", f"候选人{n}", n in party) for n in range(1, candidates + 1)
            ),
        )
        return replace(election, **changes)

    return make


@pytest.fixture(scope="session")
def make_parts() -> Callable[..., list[Part]]:
    """One part for each area, of voters v1, v2 …, all in the scope `all`."""

    def make(*areas: int, scopes: tuple[str, ...] = ("all",)) -> list[Part]:
        return [Part(f"p{n:04}", f"v{n}", area, scopes) for n, area in enumerate(areas, start=1)]

    return make


@pytest.fixture(scope="session")
def make_ballots() -> Callable[..., list[Ballot]]:
    """For each (voter, choices) a ballot cast online, numbered 1, 2 … in that order."""

    def make(*said: tuple[str, dict[str, tuple[int, ...]]]) -> list[Ballot]:
        return [Ballot(n, voter, "online", choices) for n, (voter, choices) in enumerate(said, 1)]

    return make


@pytest.fixture(scope="session")
def one_matter(rules: Rules) -> Callable[..., Meeting]:
    """A meeting on one matter, under the usual rules but for `changes`."""

    def make(matter: Decision | Election, **changes: object) -> Meeting:
        return Meeting(replace(rules, **changes), (matter,))

    return make
