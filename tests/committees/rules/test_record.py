"""The files of a record, rebuilt from the content of the examples byte for byte."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest

from committees.rules.ballots import Ballot, Part
from committees.rules.manifest import read_manifest
from committees.rules.record import (
    Event,
    EventType,
    NotRecordable,
    Opening,
    event,
    ledger_jsonl,
    openings_jsonl,
    parts_csv,
    result_json,
    result_values,
    seal,
    strict_values,
)
from committees.rules.tally import count
from portal.tools.chain.canonical import NotCanonical
from portal.tools.chain.links import verify

RECORDS = Path(__file__).parents[2] / "data" / "records"
MOMENT = datetime(2026, 10, 5, 23, 30, 59, 999, timezone(timedelta(hours=8)))
DAY, FULL = "2026-10-05T00:00:00Z", "2026-10-05T15:30:59Z"
START = "0" * 64
NONCE = "51a00559973ad5124bf56847b7702aa1"


class Example:
    """A record as its own bytes, and as the values it was made of."""

    def __init__(self, name):
        self.bytes = {path.name: path.read_bytes() for path in (RECORDS / name).iterdir()}
        self.manifest = read_manifest(self.bytes["manifest.json"])
        self.start = sha256(self.bytes["manifest.json"]).hexdigest()
        rows = self.bytes["parts.csv"].decode().splitlines()[1:]
        self.parts = [
            Part(part, voter, int(area), tuple(scopes.split(";")))
            for part, voter, area, scopes in (row.split(",") for row in rows)
        ]
        self.events = [json.loads(line) for line in self.bytes["ledger.jsonl"].splitlines()]
        openings = [json.loads(line) for line in self.bytes["openings.jsonl"].splitlines()]
        self.openings = [Opening(one["seq"], one["choices"], one["nonce"]) for one in openings]
        self.ballots = {
            one["seq"]: one["body"] for one in self.events if one["type"] == EventType.BALLOT
        }

    def chained(self):
        prev = self.start
        for seq, one in enumerate(self.events, start=1):
            at = datetime.fromisoformat(one["at"])
            yield (made := event(seq, prev, EventType(one["type"]), at, one["body"]))
            prev = made.hash

    def counted(self):
        said = {one.seq: one.choices for one in self.openings}
        return count(
            self.manifest.meeting,
            self.parts,
            [
                Ballot(seq, body["voter"], body["channel"], said.get(seq, {}))
                for seq, body in self.ballots.items()
            ],
            served=[e["body"]["voter"] for e in self.events if e["type"] == EventType.SERVED],
            voided=[e["body"]["seq"] for e in self.events if e["type"] == EventType.VOIDED],
        )


@pytest.fixture(scope="module", params=["50", "81"])
def example(request):
    return Example(request.param)


def test_the_parts_of_an_example_are_written_again(example):
    written = b"".join(parts_csv(reversed(example.parts)))
    assert written == example.bytes["parts.csv"]
    assert sha256(written).hexdigest() == example.manifest.parts_sha256


def test_the_ledger_of_an_example_is_chained_again(example):
    assert b"".join(ledger_jsonl(example.chained())) == example.bytes["ledger.jsonl"]
    assert verify((one.entry for one in example.chained()), start=example.start) is None


def test_the_openings_of_an_example_are_written_again_and_fit_their_seals(example):
    assert b"".join(openings_jsonl(reversed(example.openings))) == example.bytes["openings.jsonl"]
    seals = {
        one.seq: seal(example.ballots[one.seq]["voter"], one.choices, one.nonce)
        for one in example.openings
    }
    assert seals == {seq: example.ballots[seq]["seal"] for seq in seals}


def test_the_result_of_an_example_is_counted_again(example):
    assert result_json(example.counted()) == example.bytes["result.json"]


def test_the_strict_result_stands_beside_a_deemed_one():
    results = Example("50").counted()
    deemed, strict = result_values(results)["matters"], strict_values(results)["matters"]
    assert [one["id"] for one in strict] == ["m1", "m3"]
    assert strict[0]["options"] == deemed[0]["options"]
    assert strict[0]["participated"] == {"heads": 20, "area": 394652}
    assert deemed[0]["participated"] == {"heads": 24, "area": 439734}
    assert (strict[0]["passed"], deemed[0]["passed"]) == (True, True)
    assert strict[1] == deemed[2]


def test_in_the_strict_result_nobody_is_moved_by_choice_either(
    decision, one_matter, make_parts, make_ballots
):
    yes, no, follow = ({"m1": marks} for marks in [(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 0, 1)])
    ballots = make_ballots(("v1", yes), ("v2", yes), ("v3", no), ("v4", follow))
    results = count(one_matter(decision), make_parts(*[100] * 4), ballots)
    (stands,), (strict,) = result_values(results)["matters"], strict_values(results)["matters"]
    assert stands["agreement"] == {"heads": True, "area": True}
    assert strict == {**stands, "agreement": {"heads": False, "area": False}, "passed": False}


# Events


@pytest.mark.parametrize(
    ("kind", "body", "at"),
    [
        (EventType.OPENED, {}, FULL),
        (EventType.CLOSED, {}, FULL),
        (EventType.RESCHEDULED, {"closes_at": "2026-10-27T10:00:00Z", "reason": "延长"}, FULL),
        (EventType.SERVED, {"voter": "v1"}, DAY),
        (
            EventType.BALLOT,
            {"voter": "v1", "channel": "online", "scheme": "sealed-1", "seal": "00"},
            DAY,
        ),
        (EventType.VOIDED, {"seq": 3, "reason": "重复"}, DAY),
        (EventType.REFUSED, {"voter": "v1", "reason": "逾期"}, DAY),
    ],
)
def test_times_that_could_name_a_voter_are_cut_to_the_utc_day(kind, body, at):
    made = event(7, START, kind, MOMENT, body)
    assert made == Event(7, START, kind, at, body, made.hash)
    content = {"at": at, "body": body, "prev": START, "seq": 7, "type": str(kind)}
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert made.hash == sha256(plain.encode()).hexdigest()
    (line,) = ledger_jsonl([made])
    assert line.endswith(b"\n")
    assert json.loads(line) == {**content, "hash": made.hash}


def test_the_day_is_that_of_utc_not_of_the_place():
    early = datetime(2026, 10, 6, 7, 59, tzinfo=timezone(timedelta(hours=8)))
    assert event(1, START, EventType.SERVED, early, {"voter": "v1"}).at == DAY


@pytest.mark.parametrize("kind", [EventType.SERVED, EventType.OPENED])
def test_a_time_without_a_zone_is_refused(kind):
    body = {"voter": "v1"} if kind is EventType.SERVED else {}
    with pytest.raises(NotCanonical):
        event(1, START, kind, MOMENT.replace(tzinfo=None), body)


@pytest.mark.parametrize(
    ("kind", "body", "why"),
    [
        (EventType.OPENED, {"by": "x"}, "a opened with the fields by"),
        (EventType.SERVED, {}, "a served with the fields none"),
        (
            EventType.BALLOT,
            {"voter": "v", "choices": "x"},
            "a ballot with the fields choices, voter",
        ),
    ],
)
def test_an_event_has_exactly_the_fields_of_its_kind(kind, body, why):
    with pytest.raises(NotRecordable) as refusal:
        event(1, START, kind, MOMENT, body)
    assert refusal.value.why == why


def test_text_is_hashed_and_written_in_nfc():
    decomposed = event(1, START, EventType.REFUSED, MOMENT, {"voter": "v", "reason": "e\u0301"})
    composed = event(1, START, EventType.REFUSED, MOMENT, {"voter": "v", "reason": "\u00e9"})
    assert decomposed.hash == composed.hash
    assert list(ledger_jsonl([decomposed])) == list(ledger_jsonl([composed]))


# Seals and openings


def test_a_seal_is_the_hash_of_voter_choices_and_nonce():
    plain = f'{{"choices":{{"m1":[1,0],"m2":[0,1,1]}},"nonce":"{NONCE}","voter":"v1"}}'
    sealed = seal("v1", {"m2": (0, 1, 1), "m1": [1, 0]}, NONCE)
    assert sealed == sha256(plain.encode()).hexdigest()


@pytest.mark.parametrize("nonce", ["", NONCE[:-1], NONCE + "0", NONCE.upper(), NONCE + "\n"])
def test_a_nonce_is_32_lower_case_hex_digits(nonce):
    with pytest.raises(NotRecordable):
        seal("v1", {}, nonce)
    with pytest.raises(NotRecordable):
        list(openings_jsonl([Opening(1, {}, nonce)]))


def test_a_ballot_is_opened_once():
    with pytest.raises(NotRecordable) as refusal:
        list(openings_jsonl([Opening(4, {}, NONCE), Opening(4, {}, NONCE)]))
    assert refusal.value.why == "the ballot at seq 4 opened twice"


def test_no_ballots_make_an_empty_file():
    assert b"".join(openings_jsonl([])) == b""
    assert b"".join(parts_csv([])) == b"part,voter,area,scopes\n"


# Parts


def test_parts_are_sorted_by_part_alone():
    parts = [
        Part("p10", "v1", 5, ()),
        Part("p1", "v2", 12050, ("all", "b1")),
        Part("p2", "v", 0, ()),
    ]
    assert b"".join(parts_csv(parts)) == (
        b"part,voter,area,scopes\np1,v2,12050,all;b1\np10,v1,5,\np2,v,0,\n"
    )


def test_names_of_parts_are_written_in_nfc():
    composed, decomposed = Part("p1", "\u00e9", 1, ("all",)), Part("p1", "e\u0301", 1, ("all",))
    assert list(parts_csv([decomposed])) == list(parts_csv([composed]))


@pytest.mark.parametrize(
    "change",
    [
        {"part": ""},
        {"part": "p,1"},
        {"voter": "v\n"},
        {"voter": 'v"'},
        {"voter": "v 1"},
        {"scopes": ("all", "")},
        {"scopes": ("a;b",)},
        {"scopes": ("all", "all")},
        {"area": -1},
    ],
)
def test_a_part_that_the_format_cannot_hold_is_refused(change):
    with pytest.raises(NotRecordable):
        list(parts_csv([Part("p1", "v1", 100, ("all",))._replace(**change)]))


def test_a_part_stands_once():
    with pytest.raises(NotRecordable) as refusal:
        list(parts_csv([Part("p1", "v1", 100, ()), Part("p1", "v2", 100, ())]))
    assert refusal.value.why == "part p1 twice"


def test_areas_of_the_result_are_whole_numbers_and_the_file_has_no_newline():
    written = result_json(Example("81").counted())
    assert written.endswith(b"}")
    assert b"." not in written


def test_a_changed_opening_does_not_fit_its_seal():
    example = Example("81")
    one = example.openings[0]
    body = example.ballots[one.seq]
    changed = {**one.choices, "m1": [0, 1, 0, 0]}
    assert seal(body["voter"], one.choices, one.nonce) == body["seal"]
    assert seal(body["voter"], changed, one.nonce) != body["seal"]


def test_a_changed_event_breaks_the_chain():
    example = Example("81")
    events = list(example.chained())
    events[9] = replace(events[9], at="2026-10-06T00:00:00Z")
    assert verify((one.entry for one in events), start=example.start).seq == 10
    assert events[0].prev == example.start
    assert datetime.fromisoformat(events[0].at).tzinfo == UTC
