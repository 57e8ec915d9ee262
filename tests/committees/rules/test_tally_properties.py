"""Random meetings against a slow, exact count, and under changes that change nothing."""

from dataclasses import replace
from fractions import Fraction
from hashlib import sha256

from hypothesis import given, settings
from hypothesis import strategies as st

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
from committees.rules.record import result_values, strict_values
from committees.rules.tally import count
from committees.rules.thresholds import Bar, Measure

VOTERS = [f"v{n}" for n in range(1, 10)]
SCOPES = [(), ("all",), ("b1",), ("all", "b1")]
OPTIONS = [
    ("agree",),
    ("agree", "abstain"),
    ("agree", "against", "abstain"),
    ("agree", "against", "abstain", "follow"),
    ("agree", "plan b", "follow", "plan c", "abstain"),
]
BARS = st.builds(
    Bar,
    st.sampled_from([Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)]),
    st.booleans(),
)
RULES = st.builds(
    Rules,
    participation=BARS,
    ordinary=BARS,
    special=BARS,
    duplicate=st.sampled_from(Duplicate),
    deemed=st.sampled_from(Deemed),
    rank_by=st.sampled_from(
        [
            (Measure.HEADS,),
            (Measure.AREA,),
            (Measure.HEADS, Measure.AREA),
            (Measure.AREA, Measure.HEADS),
        ]
    ),
    tie=st.sampled_from(Tie),
    lot_seed=st.sampled_from(["", "seed"]),
    party_target=st.none() | BARS,
)


@st.composite
def decisions(draw, number):
    return Decision(
        id=f"m{number}",
        title="",
        bar=draw(st.sampled_from(BarName)),
        scope=draw(st.sampled_from(["all", "b1"])),
        options=draw(st.sampled_from(OPTIONS)),
        deemed=draw(st.none() | st.sampled_from(Deemed)),
    )


@st.composite
def elections(draw, number):
    size = draw(st.integers(0, 5))
    return Election(
        id=f"m{number}",
        title="",
        bar=draw(st.sampled_from(BarName)),
        scope=draw(st.sampled_from(["all", "b1"])),
        seats=draw(st.integers(1, 3)),
        alternates=draw(st.integers(0, 2)),
        max_choices=draw(st.integers(1, 5)),
        candidates=tuple(Candidate(f"c{n}", "", draw(st.booleans())) for n in range(size)),
    )


@st.composite
def ballots(draw, matters, voters):
    # Few ways to vote, drawn often, so that ties and majorities come up.
    ways = [
        {
            matter.id: tuple(draw(st.integers(0, 1)) for _ in range(matter.width))
            for matter in matters
            if draw(st.integers(0, 4))
        }
        for _ in range(3)
    ]
    cast = draw(
        st.lists(
            st.tuples(
                st.sampled_from(voters),
                st.sampled_from(["online", "paper", "onsite"]),
                st.sampled_from(ways),
            ),
            max_size=14,
        )
    )
    return [Ballot(seq, *one) for seq, one in enumerate(cast, start=1)]


@st.composite
def meetings(draw):
    """A meeting with its parts, ballots, served voters and voided numbers."""
    kinds = draw(st.lists(st.sampled_from([decisions, elections]), min_size=1, max_size=3))
    matters = tuple(draw(kind(number)) for number, kind in enumerate(kinds, start=1))
    owned = draw(
        st.lists(
            st.tuples(
                st.sampled_from(VOTERS),
                st.sampled_from([0, 100, 100, 200]),
                st.sampled_from(SCOPES),
            ),
            min_size=1,
            max_size=12,
        )
    )
    parts = [Part(f"p{n}", *one) for n, one in enumerate(owned)]
    cast = draw(ballots(matters, sorted({part.voter for part in parts})))
    return (
        Meeting(draw(RULES), matters),
        parts,
        cast,
        draw(st.sets(st.sampled_from(VOTERS))),
        draw(st.sets(st.sampled_from([one.seq for one in cast]))) if cast else set(),
    )


def tally(meeting, parts, cast, served, voided):
    return result_values(count(meeting, parts, cast, served=served, voided=voided))


# The oracle: voter by voter, straight from the words of the format.


def clears(bar, part, whole):
    if whole == 0:
        return False
    share = Fraction(part, whole)
    return share >= bar.share if bar.inclusive else share > bar.share


def both(bar, part, whole):
    return {name: clears(bar, part[name], whole[name]) for name in ("heads", "area")}


def weigh(voters, area_of):
    voters = list(voters)
    return {"heads": len(voters), "area": sum(area_of[voter] for voter in voters)}


def the_ballot(of_voter, rule):
    """Return the one ballot of a voter's (in ledger order) that counts."""
    if rule == "last":
        return of_voter[-1]
    of_channel = [one for one in of_voter if one.channel == rule]
    return (of_channel or of_voter)[0]


def oracle(meeting, parts, cast, served, voided):
    valid = sorted(one for one in cast if one.seq not in voided)
    said = {
        voter: the_ballot([one for one in valid if one.voter == voter], meeting.rules.duplicate)
        for voter in {one.voter for one in valid}
    }
    answers = []
    for matter in meeting.matters:
        area_of = {}
        for part in parts:
            if matter.scope in part.scopes:
                area_of[part.voter] = area_of.get(part.voter, 0) + part.area
        own = {
            voter: one.choices.get(matter.id, [0] * matter.width)
            for voter, one in said.items()
            if voter in area_of
        }
        answer = oracle_decision if isinstance(matter, Decision) else oracle_election
        answers.append(answer(matter, meeting.rules, area_of, own, served - said.keys()))
    return {"matters": answers}


def oracle_decision(matter, rules, area_of, own, silent):
    chose = {
        voter: matter.options[list(marks).index(1)]
        for voter, marks in own.items()
        if list(marks).count(1) == 1
    }
    support = {
        option: weigh([v for v, chosen in chose.items() if chosen == option], area_of)
        for option in matter.options
    }
    deemed_rule = rules.deemed if matter.deemed is None else matter.deemed
    deemed = [v for v in silent if v in area_of] if deemed_rule == "follow" else []
    real = [option for option in matter.options if option not in ("abstain", "follow")]
    agreeing = [v for v, chosen in chose.items() if chosen == "agree"]
    if support["agree"]["heads"] and all(
        support["agree"][name] > support[other][name]
        for other in real
        if other != "agree"
        for name in ("heads", "area")
    ):
        agreeing += [v for v, chosen in chose.items() if chosen == "follow"] + deemed
    eligible, participated = weigh(area_of, area_of), weigh([*own, *deemed], area_of)
    bar = rules.special if matter.bar == "special" else rules.ordinary
    participation = both(rules.participation, participated, eligible)
    agreement = both(bar, weigh(agreeing, area_of), participated)
    return {
        "id": matter.id,
        "eligible": eligible,
        "participated": participated,
        "options": [support[option] for option in matter.options],
        "participation": participation,
        "agreement": agreement,
        "passed": all([*participation.values(), *agreement.values()]),
    }


def oracle_election(matter, rules, area_of, own, _silent):
    bar = rules.special if matter.bar == "special" else rules.ordinary
    eligible, participated = weigh(area_of, area_of), weigh(own, area_of)
    participation = both(rules.participation, participated, eligible)
    candidates = []
    for place, candidate in enumerate(matter.candidates):
        support = weigh(
            [v for v, marks in own.items() if marks[place] and sum(marks) <= matter.max_choices],
            area_of,
        )
        qualified = all(both(bar, support, participated).values())
        candidates.append({"id": candidate.id, "qualified": qualified, **support})
    elected, alternates, tied = [], [], []
    if all(participation.values()):
        elected, alternates, tied = oracle_seats(matter, rules, candidates)
    party = sum(who.party_member for who in matter.candidates if who.id in elected)
    return {
        "id": matter.id,
        "eligible": eligible,
        "participated": participated,
        "participation": participation,
        "candidates": candidates,
        "elected": elected,
        "alternates": alternates,
        "tied": tied,
        "open_seats": matter.seats - len(elected),
        "party": {
            "members": len(elected),
            "party_members": party,
            **(
                {"met": clears(rules.party_target, party, len(elected))}
                if rules.party_target
                else {}
            ),
        },
    }


def oracle_seats(matter, rules, candidates):
    """Place each candidate by how many are ahead of it, and how many are its equals."""
    qualified = [one for one in candidates if one["qualified"]]

    def lot(one):
        return sha256(f"{rules.lot_seed}:{one['id']}".encode()).hexdigest()

    def is_ahead(one, other):
        for name in rules.rank_by:
            if one[name] != other[name]:
                return one[name] > other[name]
        return rules.tie == "lot" and lot(one) < lot(other)

    def ahead(one):
        return sum(is_ahead(other, one) for other in qualified)

    def equals(one):
        return sum(ahead(other) == ahead(one) for other in qualified)

    def within(one, places):
        return ahead(one) + equals(one) <= places

    in_order = sorted(qualified, key=ahead)
    elected = [one["id"] for one in in_order if within(one, matter.seats)]
    tied = [
        one["id"]
        for one in qualified
        if ahead(one) < matter.seats and not within(one, matter.seats)
    ]
    alternates = [
        one["id"]
        for one in in_order
        if one["id"] not in elected and within(one, matter.seats + matter.alternates)
    ]
    return elected, [] if tied else alternates, tied


@settings(max_examples=400, deadline=None)
@given(meetings())
def test_the_count_agrees_with_the_slow_one(case):
    assert tally(*case) == oracle(*case)


@given(meetings())
def test_the_strict_result_is_the_count_of_a_meeting_without_following(case):
    meeting, *rest = case
    strict = Meeting(
        replace(meeting.rules, deemed=Deemed.NONE),
        tuple(
            replace(
                one,
                deemed=None,
                options=tuple("abstention" if o == "follow" else o for o in one.options),
            )
            for one in meeting.matters
            if isinstance(one, Decision)
        ),
    )
    parts, cast, served, voided = rest
    ids = {one.id for one in strict.matters}
    kept = [
        one._replace(choices={m: c for m, c in one.choices.items() if m in ids}) for one in cast
    ]
    results = count(meeting, parts, cast, served=served, voided=voided)
    assert strict_values(results) == tally(strict, parts, kept, served, voided)


@given(meetings(), st.data())
def test_the_order_of_parts_and_ballots_changes_nothing(case, data):
    meeting, parts, cast, served, voided = case
    shuffled = (data.draw(st.permutations(parts)), data.draw(st.permutations(cast)))
    assert tally(meeting, *shuffled, served, voided) == tally(*case)


@given(meetings(), st.data())
def test_splitting_an_owners_part_changes_nothing(case, data):
    meeting, parts, cast, served, voided = case
    place = data.draw(st.integers(0, len(parts) - 1))
    whole = parts[place]
    first = data.draw(st.integers(0, whole.area))
    split = [
        *parts[:place],
        whole._replace(area=first),
        *parts[place + 1 :],
        whole._replace(part="split", area=whole.area - first),
    ]
    assert tally(meeting, split, cast, served, voided) == tally(*case)


@given(meetings())
def test_other_names_for_the_voters_change_nothing(case):
    meeting, parts, cast, served, voided = case
    renamed = (
        [part._replace(voter=f"x{part.voter[::-1]}") for part in parts],
        [one._replace(voter=f"x{one.voter[::-1]}") for one in cast],
        {f"x{voter[::-1]}" for voter in served},
    )
    assert tally(meeting, *renamed, voided) == tally(*case)


@given(meetings())
def test_two_owners_who_say_the_same_weigh_the_same_as_one_but_for_a_head(case):
    meeting, parts, cast, served, voided = case
    others = [one for one in cast if one.voter not in ("v1", "v2")]
    choices = cast[0].choices if cast else {}
    both_own = [*parts, Part("p98", "v1", 100, ("all", "b1")), Part("p99", "v2", 0, ("all", "b1"))]
    two = [*others, Ballot(98, "v1", "online", choices), Ballot(99, "v2", "online", choices)]
    merged = [part._replace(voter="v1") if part.voter == "v2" else part for part in both_own]
    apart = tally(meeting, both_own, two, served, voided)["matters"]
    together = tally(meeting, merged, two[:-1], served, voided)["matters"]
    for one, other in zip(apart, together, strict=True):
        for figure in ("eligible", "participated"):
            assert one[figure]["area"] == other[figure]["area"]
            assert one[figure]["heads"] == other[figure]["heads"] + 1
        for figure in ("options", "candidates"):
            supports = zip(one.get(figure, []), other.get(figure, []), strict=True)
            assert [left["area"] - right["area"] for left, right in supports] == [0] * len(
                one.get(figure, [])
            )


@given(meetings())
def test_a_ballot_more_of_someone_who_has_voted_never_adds_a_head(case):
    meeting, parts, cast, served, voided = case
    first = Meeting(replace(meeting.rules, duplicate=Duplicate.FIRST), meeting.matters)
    again = [one._replace(seq=one.seq + 100) for one in cast if one.seq not in voided]
    assert tally(first, parts, cast + again, served, voided) == tally(
        first, parts, cast, served, voided
    )
