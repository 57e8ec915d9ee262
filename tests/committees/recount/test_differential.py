"""Random meetings, counted a second time in the plainest way the format can be read.

`plain_count` asks of each option anew who of all voters stands behind it; it shares nothing with
the recount, neither its reading of the files nor its way through them.
"""

import copy
import hashlib
import json
import random
from fractions import Fraction

import pytest

from committees.rules import record, tally
from committees.rules.ballots import Ballot, Part
from committees.rules.manifest import read_manifest

CHANNELS = ["online", "paper", "onsite", "proxy", "external"]


def dumps(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def the_ballot(book, voter):
    """The body and choices of the ballot that counts for the voter, if there is one."""
    voided = {one["body"]["seq"] for one in book.events if one["type"] == "voided"}
    choices = {one["seq"]: one["choices"] for one in book.openings}
    cast = [
        (seq, event["body"]["channel"])
        for seq, event in enumerate(book.events, 1)
        if event["type"] == "ballot" and event["body"]["voter"] == voter and seq not in voided
    ]
    rule = book.rules["duplicate"]
    preferred = [seq for seq, channel in cast if channel == rule] or [seq for seq, _ in cast]
    if not cast:
        return None
    return choices[preferred[-1] if rule == "last" else preferred[0]]


def cleared(part, whole, bar):
    if whole == 0:
        return False
    share, wanted = Fraction(part, whole), Fraction(bar["num"], bar["den"])
    return share >= wanted if bar["inclusive"] else share > wanted


def plain_count(book):
    return {"matters": [plain_matter(book, matter) for matter in book.matters]}


def plain_matter(book, matter):
    areas = {}
    for _, voter, area, scopes in book.parts:
        if matter["scope"] in scopes.split(";"):
            areas[voter] = areas.get(voter, 0) + area
    ballots = {voter: the_ballot(book, voter) for voter in areas}
    cast = {voter for voter in areas if ballots[voter] is not None}
    took_part = cast | plain_deemed(book, matter, areas, cast)

    def weigh(voters):
        return {"heads": len(voters), "area": sum(areas[voter] for voter in voters)}

    def clear(voters, whole, bar):
        part, of = weigh(voters), weigh(whole)
        return {by: cleared(part[by], of[by], bar) for by in ("heads", "area")}

    def behind(index):
        marks = {voter: ballots[voter].get(matter["id"], []) for voter in cast}
        return {voter for voter in cast if is_valid(matter, marks[voter]) and marks[voter][index]}

    result = {
        "id": matter["id"],
        "eligible": weigh(areas),
        "participated": weigh(took_part),
        "participation": clear(took_part, areas, book.rules["participation"]),
    }
    bar = book.rules[matter["bar"]]
    if matter["kind"] == "election":
        stood = [
            (one, behind(index), clear(behind(index), took_part, bar))
            for index, one in enumerate(matter["candidates"])
        ]
        return result | plain_election(book, matter, result, stood, weigh)
    backing = {option: behind(index) for index, option in enumerate(matter["options"])}
    agree = set(backing["agree"])
    if is_followed(backing, weigh):
        agree |= backing.get("follow", set()) | (took_part - cast)
    result["options"] = [weigh(voters) for voters in backing.values()]
    result["agreement"] = clear(agree, took_part, bar)
    result["passed"] = all(
        result[gate][by] for gate in ("participation", "agreement") for by in ("heads", "area")
    )
    return result


def plain_deemed(book, matter, areas, cast):
    served = {one["body"]["voter"] for one in book.events if one["type"] == "served"}
    if matter["kind"] == "election" or matter.get("deemed", book.rules["deemed"]) == "none":
        return set()
    return {voter for voter in areas if voter in served and voter not in cast}


def is_valid(matter, marks):
    if matter["kind"] == "decision":
        return sum(marks) == 1
    return 0 < sum(marks) <= matter["max_choices"]


def is_followed(backing, weigh):
    """Whether `agree` has a supporter and more of both measures than any other real option."""
    others = [option for option in backing if option not in ("agree", "abstain", "follow")]
    return bool(backing["agree"]) and all(
        weigh(backing["agree"])[by] > weigh(backing[other])[by]
        for by in ("heads", "area")
        for other in others
    )


def plain_election(book, matter, result, stood, weigh):
    """Seats are filled one level of equals after another."""
    rules = book.rules
    levels = {}
    for one, voters, clear in stood:
        if all(clear.values()) and all(result["participation"].values()):
            level = tuple(weigh(voters)[by] for by in rules["rank_by"])
            levels.setdefault(level, []).append(one["id"])
    elected, alternates, tied = [], [], []
    stopped = False
    for level in sorted(levels, reverse=True):
        equals = levels[level]
        if rules["tie"] == "lot":
            equals.sort(
                key=lambda id_: hashlib.sha256(f"{rules['lot_seed']}:{id_}".encode()).digest()
            )
        free = matter["seats"] - len(elected)
        if rules["tie"] == "runoff" and 0 < free < len(equals) and not tied:
            tied, stopped = equals, True
        if stopped:
            continue
        elected += equals[:free]
        waiting, places = equals[free:], matter["alternates"] - len(alternates)
        if rules["tie"] == "runoff" and len(waiting) > places:
            stopped = True
            continue
        alternates += waiting[:places]
    in_party = [
        one["id"] for one in matter["candidates"] if one["party_member"] and one["id"] in elected
    ]
    return {
        "candidates": [
            {"id": one["id"]} | weigh(voters) | {"qualified": all(clear.values())}
            for one, voters, clear in stood
        ],
        "elected": elected,
        "alternates": alternates,
        "tied": tied,
        "open_seats": matter["seats"] - len(elected),
        "party": {
            "members": len(elected),
            "party_members": len(in_party),
            **(
                {"met": cleared(len(in_party), len(elected), rules["party_target"])}
                if "party_target" in rules
                else {}
            ),
        },
    }


def a_bar(chance):
    den = chance.choice([2, 3, 4])
    share = Fraction(chance.randint(1, den - 1), den)
    inclusive = chance.random() < 0.5
    return {"num": share.numerator, "den": share.denominator, "inclusive": inclusive}


def some_marks(chance, matter):
    """Mostly sensible: one option, about half of the candidates; sometimes silent or wrong."""
    if matter["kind"] == "decision":
        marks = [0] * len(matter["options"])
        for _ in range(chance.choice([1, 1, 1, 1, 1, 1, 0, 2])):
            marks[chance.randrange(len(marks))] = 1
        return marks
    return [int(chance.random() < 0.7) for _ in matter["candidates"]]


@pytest.fixture
def random_book(record, make_decision, make_election):
    def make(seed):
        chance = random.Random(seed)
        decisions = [
            make_decision("m1", bar=chance.choice(["ordinary", "special"])),
            make_decision("m3", scope="b1", options=["agree", "plan-b", "against", "follow"]),
        ]
        decisions[0] |= chance.choice([{}, {"deemed": "none"}, {"deemed": "follow"}])
        seats = chance.randint(1, 3)
        elections = [
            make_election("m2", 5, seats=seats, alternates=chance.randint(0, 3), max_choices=4),
        ]
        book = record(
            [decisions[0], *elections, decisions[1]],
            [],
            participation=a_bar(chance),
            ordinary=a_bar(chance),
            special=a_bar(chance),
            party_target=a_bar(chance),
            duplicate=chance.choice(["first", "last", "online", "paper"]),
            deemed=chance.choice(["none", "follow"]),
            rank_by=chance.choice([["heads"], ["area"], ["heads", "area"], ["area", "heads"]]),
            tie=chance.choice(["runoff", "lot"]),
            lot_seed=str(seed),
        )
        if seed % 4 == 0:
            del book.rules["party_target"]
        voters = [f"v{n}" for n in range(chance.randint(1, 12))]
        for n in range(chance.randint(1, 18)):
            scopes = chance.choice(["all", "all", "all;b1", "b1", ""])
            area = chance.choice([100, 100, 100, 120, 250])
            book.parts.append((f"p{n:03}", chance.choice(voters), area, scopes))
        owners = sorted({voter for _, voter, _, _ in book.parts})
        book.event("opened")
        ballots = []
        for voter in chance.choices(owners, k=chance.randint(len(owners) // 2, 3 * len(owners))):
            marks = {one["id"]: some_marks(chance, one) for one in book.matters}
            for dropped in chance.sample(sorted(marks), chance.choice([0, 0, 0, 1])):
                del marks[dropped]
            ballots.append(book.ballot(voter, chance.choice(CHANNELS), **marks))
        for voter in chance.sample(owners, chance.randint(0, len(owners))):
            book.event("served", voter=voter)
        book.event("closed")
        for seq in chance.sample(ballots, len(ballots) // 5):
            book.event("voided", seq=seq, reason="无效")
        book.result = plain_count(book)
        return book

    return make


@pytest.mark.parametrize("seed", range(150))
def test_two_readings_of_the_format_agree(random_book, run, tmp_path, seed):
    assert run(random_book(seed).write(tmp_path / "record")) == (0, "PASS\n", "")


@pytest.mark.parametrize("seed", range(150))
def test_the_portals_own_count_agrees_too(random_book, seed):
    book = random_book(seed)
    bodies = {seq: one["body"] for seq, one in enumerate(book.events, 1)}
    ballots = [
        Ballot(seq, bodies[seq]["voter"], bodies[seq]["channel"], one["choices"])
        for one in book.openings
        for seq in [one["seq"]]
    ]
    results = tally.count(
        read_manifest(dumps(book.manifest()).encode()).meeting,
        [Part(*part, tuple(filter(None, scopes.split(";")))) for *part, scopes in book.parts],
        ballots,
        served={one["body"]["voter"] for one in book.events if one["type"] == "served"},
        voided={one["body"]["seq"] for one in book.events if one["type"] == "voided"},
    )
    assert record.result_json(results).decode() == dumps(book.result)


def test_the_random_meetings_reach_what_they_are_for(random_book):
    """Of 150 there are ties, alternates, open and filled seats, passed and failed decisions."""
    seen = {"tied": 0, "alternates": 0, "open": 0, "full": 0, "passed": 0, "failed": 0, "met": 0}
    seen["no target"] = 0
    for seed in range(150):
        first, election, last = random_book(seed).result["matters"]
        seen["tied"] += bool(election["tied"])
        seen["alternates"] += bool(election["alternates"])
        seen["open"] += election["open_seats"] > 0
        seen["full"] += election["open_seats"] == 0
        seen["met"] += election["party"].get("met", False)
        seen["no target"] += "met" not in election["party"]
        seen["passed"] += first["passed"] + last["passed"]
        seen["failed"] += 2 - first["passed"] - last["passed"]
    rare = {what: many for what, many in seen.items() if many < 10}
    assert not rare


def leaves(value, path=()):
    """The way to each number, truth and list of ids of a result."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in inner:
        if isinstance(each, dict) or (
            isinstance(each, list) and each and isinstance(each[0], dict)
        ):
            yield from leaves(each, (*path, key))
        elif key != "id":
            yield (*path, key)


def changed_at(result, path):
    changed = copy.deepcopy(result)
    holder = changed
    for key in path[:-1]:
        holder = holder[key]
    value = holder[path[-1]]
    if isinstance(value, bool):
        holder[path[-1]] = not value
    else:
        holder[path[-1]] = value + (["c9"] if isinstance(value, list) else 1)
    return changed


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_figure_of_the_result_can_be_changed_unnoticed(random_book, run, tmp_path, seed):
    book = random_book(seed)
    result = book.result
    for path in leaves(result):
        book.result = changed_at(result, path)
        code, out, err = run(book.write(tmp_path / "record"))
        assert (code, out[:16], out.count("\n"), err) == (1, "result differs: ", 1, "")
