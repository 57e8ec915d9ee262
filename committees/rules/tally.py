"""Count a whole meeting from its values, as `election-record/1` prescribes.

Civil Code art. 278 for the gates, interpretation art. 9 for heads and areas: a voter is one set of
owners and one head, however many parts it owns; its area in a scope is the sum of its parts there.
What was said wrongly or not at all takes part and supports nothing.

Ballots are grouped by what they say before anything is added up, since there are far fewer ways to
vote than voters; that keeps 100,000 parts and 80,000 ballots within a second.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from committees.rules.ballots import Ballot, Part, areas_by_scope, counting_ballots
from committees.rules.matters import (
    ABSTAIN,
    AGREE,
    FOLLOW,
    Candidate,
    Decision,
    Deemed,
    Election,
    Matter,
    Meeting,
    Rules,
)
from committees.rules.ratio import PartyShare
from committees.rules.seats import Contender, Seating, Standing, in_rank_order, seat
from committees.rules.thresholds import (
    NOTHING,
    Bar,
    Gate,
    Shortfall,
    Verdict,
    Weight,
    agreement,
    participation,
)


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """A decision counted, by three readings of who votes with the majority (law.md §9.1).

    `verdict` is the meeting's own: explicit followers, and the deemed where its rules say so.
    `cast_only` leaves the deemed out; `strict` moves nobody's vote at all.  `options` is what was
    said before any following; `leader` is the option that is followed, None if there is none;
    `followed` and `deemed_to_agree` are whom the agreement of `verdict` has besides.
    """

    id: str
    eligible: Weight
    options: tuple[Weight, ...]
    deemed: Weight
    leader: str | None
    followed: Weight
    deemed_to_agree: Weight
    verdict: Verdict
    cast_only: Verdict
    strict: Verdict


@dataclass(frozen=True, slots=True)
class CandidateResult:
    """`agreement` is the candidate's own bar; `standing` what came of it."""

    id: str
    agreement: Gate
    standing: Standing

    @property
    def is_qualified(self) -> bool:
        return self.agreement.is_cleared

    @property
    def shortfalls(self) -> tuple[Shortfall, ...]:
        return self.agreement.shortfalls


@dataclass(frozen=True, slots=True)
class ElectionResult:
    """An election counted; `candidates` in manifest order, `ranking` their ids by their votes.

    `open_seats` are those that nobody took, whatever the cause.
    """

    id: str
    participation: Gate
    candidates: tuple[CandidateResult, ...]
    ranking: tuple[str, ...]
    seating: Seating
    open_seats: int
    party: PartyShare

    @property
    def ranked(self) -> list[CandidateResult]:
        """The candidates, most votes first."""
        return sorted(self.candidates, key=lambda who: self.ranking.index(who.id))


Result = DecisionResult | ElectionResult


@dataclass(frozen=True, slots=True)
class Poll:
    """What stands before the bars of one matter."""

    eligible: Weight
    participated: Weight
    support: tuple[Weight, ...]  # in manifest order
    silent: Weight  # served, and cast nothing


def count(
    meeting: Meeting,
    parts: Iterable[Part],
    ballots: Iterable[Ballot],
    *,
    served: Iterable[str] = (),
    voided: Collection[int] = (),
) -> tuple[Result, ...]:
    """Return the result of every matter, in manifest order.

    `ballots` may come in any order and are judged by `seq`; `voided` are the numbers of those that
    do not count, `served` the voters a ballot was delivered to.  Refuses, with the first ballot
    in ledger order at fault, `UnknownVoter` and `MalformedBallot`; voided ballots are not read.
    """
    areas, voters = areas_by_scope(parts, {matter.scope for matter in meeting.matters})
    counted = counting_ballots(meeting, ballots, voters=voters, voided=voided)
    silent = set(served) - counted.keys()
    results = []
    for matter in meeting.matters:
        poll = _poll(matter, areas[matter.scope], counted.values(), silent)
        results.append(judge(matter, poll, meeting.rules))
    return tuple(results)


def judge(matter: Matter, poll: Poll, rules: Rules) -> Result:
    """Hold one matter's sums against its bars: the one way to agreement, order and seats."""
    if isinstance(matter, Decision):
        return _decide(matter, poll, rules)
    return _elect(matter, poll, rules)


def _poll(
    matter: Matter, areas: dict[str, int], counted: Iterable[Ballot], silent: set[str]
) -> Poll:
    said: dict[tuple[int, ...], list[int]] = {}
    key = matter.id
    for ballot in counted:
        area = areas.get(ballot.voter)
        if area is None:
            continue
        tally = said.setdefault(tuple(ballot.choices.get(key, ())), [0, 0])
        tally[0] += 1
        tally[1] += area
    unheard = [areas[voter] for voter in silent & areas.keys()]
    return Poll(
        eligible=Weight(len(areas), sum(areas.values())),
        participated=Weight(sum(n for n, _ in said.values()), sum(a for _, a in said.values())),
        support=_support(said, matter),
        silent=Weight(len(unheard), sum(unheard)),
    )


def _support(said: dict[tuple[int, ...], list[int]], matter: Matter) -> tuple[Weight, ...]:
    """Add up, for each option or candidate, the ballots that say it and are not overfull."""
    most = 1 if isinstance(matter, Decision) else matter.max_choices
    heads, areas = [0] * matter.width, [0] * matter.width
    for choice, (number, area) in said.items():
        if sum(choice) > most:
            continue
        for place, mark in enumerate(choice):
            if mark:
                heads[place] += number
                areas[place] += area
    return tuple(Weight(number, area) for number, area in zip(heads, areas, strict=True))


def _decide(matter: Decision, poll: Poll, rules: Rules) -> DecisionResult:
    bars = (rules.participation, rules.bar(matter.bar))
    support = dict(zip(matter.options, poll.support, strict=True))
    leader = _leader(support)
    deemed = poll.silent if (matter.deemed or rules.deemed) is Deemed.FOLLOW else NOTHING
    agreed, followed, moved = support[AGREE], NOTHING, NOTHING
    if leader == AGREE:
        followed, moved = support.get(FOLLOW, NOTHING), deemed
    following = agreed + followed
    return DecisionResult(
        id=matter.id,
        eligible=poll.eligible,
        options=poll.support,
        deemed=deemed,
        leader=leader,
        followed=followed,
        deemed_to_agree=moved,
        verdict=_verdict(
            bars, poll, participated=poll.participated + deemed, agreed=following + moved
        ),
        cast_only=_verdict(bars, poll, participated=poll.participated, agreed=following),
        strict=_verdict(bars, poll, participated=poll.participated, agreed=agreed),
    )


def _verdict(bars: tuple[Bar, Bar], poll: Poll, *, participated: Weight, agreed: Weight) -> Verdict:
    return Verdict(
        participation(bars[0], participated=participated, eligible=poll.eligible),
        agreement(bars[1], agreed=agreed, participated=participated),
    )


def _leader(support: Mapping[str, Weight]) -> str | None:
    """Return the one option that alone has the most heads and alone the most area, if any."""
    followed = {name: won for name, won in support.items() if name not in (ABSTAIN, FOLLOW)}
    heads = max(won.heads for won in followed.values())
    area = max(won.area for won in followed.values())
    leaders = [name for name, won in followed.items() if won.heads == heads or won.area == area]
    return leaders[0] if len(leaders) == 1 and heads else None


def _elect(matter: Election, poll: Poll, rules: Rules) -> ElectionResult:
    bar = rules.bar(matter.bar)
    gate = participation(
        rules.participation, participated=poll.participated, eligible=poll.eligible
    )
    tested = [
        (candidate, agreement(bar, agreed=won, participated=poll.participated))
        for candidate, won in zip(matter.candidates, poll.support, strict=True)
    ]
    votes = [Contender(who.id, own.part) for who, own in tested]
    seating = Seating()
    if gate.is_cleared:
        qualified = [Contender(who.id, own.part) for who, own in tested if own.is_cleared]
        seating = seat(qualified, seats=matter.seats, alternates=matter.alternates, rules=rules)
    return ElectionResult(
        id=matter.id,
        participation=gate,
        candidates=tuple(
            CandidateResult(who.id, own, seating.standing_of(who.id)) for who, own in tested
        ),
        ranking=tuple(one.id for one in in_rank_order(votes, rules)),
        seating=seating,
        open_seats=matter.seats - len(seating.elected),
        party=_party(matter.candidates, seating, rules),
    )


def _party(candidates: Iterable[Candidate], seating: Seating, rules: Rules) -> PartyShare:
    members = [who for who in candidates if who.id in seating.elected]
    return PartyShare(rules.party_target, len(members), sum(who.party_member for who in members))
