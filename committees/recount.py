"""Recount one owners' meeting from its election record, without the portal.

    python recount.py RECORD [--json] [--announced HASH]

RECORD is a directory or a zip in the format election-record/1.  Prints `PASS` and exits 0, or the
first finding on one line and exits 1 (2 if it cannot be told).  `--json` prints the result instead,
recounted from four files without a finding, and a finding to stderr; `--announced` compares the
plan with the hash in the meeting's notice.  The standard library is all it imports, no code of the
portal's count.  Where the format leaves room:

* Not canonical is also what stands twice in a zip or cannot be unpacked, a line above 4 MiB, an
  area above 100 digits (4300 elsewhere), a word the format does not list (a rule, an event's type),
  a repeated id, a line out of order or repeated.  A file that is no zip has none of the five files.
* An unknown channel or scheme makes a ballot malformed, as do choices that do not fit the manifest.
  A nonce that is not 32 hex digits matches no seal.  A `voided` must name an earlier ballot.
* An `opened` or `closed` too many breaks the chain where it stands, a missing `closed` after the
  last event.  Without `opened` in its place every ballot is a finding; with no ballot, the chain.
* A key the format does not know is passed over, but in result.json it differs from `nothing`.
"""

import hashlib
import json
import os
import re
import sys
import zipfile
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from unicodedata import is_normalized

Json = Any  # what a JSON text holds; `fits` proves its shape before it is used
Files = Path | zipfile.Path  # a directory, or the root of a zip
FILES = ("manifest.json", "parts.csv", "ledger.jsonl", "openings.jsonl", "result.json")
FINDINGS = (  # after those of a single file (the first: of manifest.json) and before the result's
    ANNOUNCED := "the announced plan differs",
    PARTS_HASH := "parts.csv does not match its hash",
    CHAIN := "broken chain at seq {}",
    EARLY := "ballot at seq {} before opening",
    LATE := "ballot at seq {} after closing",
    STRANGER := "ballot at seq {} of an unknown voter",
    MALFORMED := "ballot at seq {} is malformed",
    VOIDED_NOTHING := "voided at seq {} names no ballot",
    FITS_NOTHING := "opening at seq {} fits no ballot",
    OTHER_SEAL := "opening at seq {} does not match its seal",
    UNOPENED := "opening at seq {} is missing",
)
INSTANT = (str, lambda at: datetime.fromisoformat(at[:19]).isoformat() + "Z" == at)
NAME = '[^,;"\\x00-\\x1f]+'
PART = re.compile(f"({NAME}),({NAME}),(0|[1-9][0-9]{{0,99}}),((?:{NAME}(?:;{NAME})*)?)\n").fullmatch
BAR = {"num": 0, "den": 1, "inclusive": bool}
BARS = dict.fromkeys(("participation", "ordinary", "special", "party_target"), BAR)
RANKS = [["heads"], ["area"], ["heads", "area"], ["area", "heads"]]
TIES = {"rank_by": RANKS.__contains__, "tie": {"runoff", "lot"}, "lot_seed": str}
DEEMED = {"deemed": {"none", "follow"}}
RULES = BARS | TIES | DEEMED | {"duplicate": {"first", "last", "online", "paper"}}
MATTER = {"id": str, "title": str, "scope": str, "bar": {"ordinary", "special"}}
OPTIONS = ([str], lambda names: names[:1] == ["agree"])
DECISION = MATTER | DEEMED | {"kind": {"decision"}, "options": OPTIONS}
PLACES = {"kind": {"election"}, "seats": 0, "alternates": 0, "max_choices": 0}
ELECTION = MATTER | PLACES | {"candidates": [{"id": str, "name": str, "party_member": bool}]}
TOP = {"format": {"election-record/1"}, "parts_sha256": str, "compound": {"code": str, "name": str}}
MANIFEST = TOP | {
    "meeting": {"number": str, "title": str, "opens_at": INSTANT, "closes_at": INSTANT},
    "rules": lambda it: fits({"party_target": {"num": 0, "den": 1, "inclusive": True}} | it, RULES),
    "matters": [lambda one: fits({"deemed": "none"} | one, DECISION) or fits(one, ELECTION)],
}
SEALED = (MANIFEST, lambda one: re.fullmatch("[0-9a-f]+", one.get("sealing_key", "0")))
VOTER, REASON = {"voter": str}, {"reason": str}
BALLOT = VOTER | {"channel": str, "scheme": str, "seal": str}
ENTRIES = {"served": VOTER, "ballot": BALLOT, "voided": REASON | {"seq": int}}
STEPS = {"opened": {}, "closed": {}, "rescheduled": REASON | {"closes_at": INSTANT}}
BODIES = ENTRIES | STEPS | {"refused": REASON | VOTER}
KEYS = {"seq": int, "prev": str, "type": {*BODIES}, "at": INSTANT, "body": dict, "hash": str}
EVENT = (KEYS, lambda event: fits(event["body"], BODIES[event["type"]]))
KNOWN = {"channel": {"online", "paper", "onsite", "proxy", "external"}, "scheme": {"sealed-1"}}
OPENING = {"seq": int, "choices": (dict, lambda it: fits([*it.values()], [[int]])), "nonce": str}
SUM, CLEARED = {"heads": int, "area": int}, {"heads": bool, "area": bool}
TURNOUT = {"id": str, "eligible": SUM, "participated": SUM, "participation": CLEARED}
DECIDED = TURNOUT | {"options": [SUM], "agreement": CLEARED, "passed": bool}
SEATED = {"elected": [str], "alternates": [str], "tied": [str], "open_seats": int}
SHARE = {"members": int, "party_members": int, "met": bool}
PARTY = {"party": lambda it: fits({"met": True} | it, SHARE)}  # no `met` without a target
ELECTED = TURNOUT | SEATED | PARTY | {"candidates": [SUM | {"id": str, "qualified": bool}]}
RESULT = {"matters": [lambda one: fits(one, DECIDED) or fits(one, ELECTED)]}


class NotCanonical(Exception):
    """The name of a file and a line."""


def open_record(path: str) -> tuple[Files, list[str]]:
    """The files of a record, and a finding for each that is missing."""
    files: Files = Path(path)
    with suppress(Exception):  # what zipfile raises for a broken archive is no closed list
        files = zipfile.Path(path) if files.is_file() else files  # a pipe would never end
        return files, [f"missing file {name}" for name in FILES if not (files / name).is_file()]
    return files, [f"missing file {FILES[0]}"]


def lines(files: Files, name: str) -> Iterator[tuple[int, bytes]]:
    """Each line with its number, from 1, and with its LF."""
    line = 1
    try:
        names = files.root.namelist() if isinstance(files, zipfile.Path) else [name]
        if names.count(name) > 1 or not (files / name).is_file():  # a pipe would never end
            raise NotCanonical(name, line)
        with (files / name).open("rb") as stream:
            while raw := stream.readline(4 * 1024 * 1024):
                yield line, raw
                line += 1
    except Exception as error:  # a torn or encrypted zip, no right to read: no closed list either
        raise NotCanonical(name, line) from error


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


decoded = json.JSONDecoder(parse_float=str, parse_constant=str).decode  # a float becomes a text
canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def parsed(name: str, line: int, raw: bytes, shape: object, end: str = "\n") -> Json:
    """The value written in `raw`, which must be canonical and have the shape."""
    with suppress(ValueError, TypeError, RecursionError):
        text = raw.decode()
        value = decoded(text)
        bare = re.sub(r"\\u....|\\.", " ", text) if "\\" in text else text  # without escapes
        null = "null" in bare and "null" in re.sub('"[^"]*"', "", bare)
        # Written again it must be the same text: so no key twice, no space, no other order.
        same = canonical(value) + end == text and is_normalized("NFC", bare) and not null
        if same and fits(value, shape):
            return value
    raise NotCanonical(name, line)


def parsed_file(files: Files, name: str, shape: object) -> Json:
    """The value of a file that is one line without LF."""
    return parsed(name, 1, next((raw for _, raw in lines(files, name)), b""), shape, end="")


def fits(value: Json, shape: object) -> bool:
    """Whether a value has the shape: a type, least integer, set, tests, or lists and dicts."""
    if isinstance(shape, type):
        return type(value) is shape  # to Python a bool is an int, to the format it is not
    if isinstance(shape, dict):
        known = isinstance(value, dict) and value.keys() >= shape.keys()
        return known and all(fits(value[key], shape[key]) for key in shape)
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(item, shape[0]) for item in value)
    if isinstance(shape, tuple):
        return all(fits(value, each) for each in shape)
    if isinstance(shape, set):
        return value in shape
    if isinstance(shape, int):
        return type(value) is int and value >= shape
    return callable(shape) and bool(shape(value))


def ids(items: Json) -> Json:
    """The ids, or the places, of a list of dicts; nothing of any other value."""
    return [one.get("id", i) for i, one in enumerate(items)] if fits(items, [dict]) else None


class Election:
    """What the record says, in as little memory as the count needs."""

    def __init__(self, files: Files, announced: str | None, found: dict[str, int]) -> None:
        manifest = parsed_file(files, "manifest.json", SEALED)
        self.found = found  # the first seq of each of FINDINGS
        self.rules, self.matters = manifest["rules"], manifest["matters"]
        self.names = {  # what can be marked on each matter
            one["id"]: one["options"] if one["kind"] == "decision" else ids(one["candidates"])
            for one in self.matters
        }
        if any(len({*each}) < len(each) for each in (ids(self.matters), *self.names.values())):
            raise NotCanonical("manifest.json", 1)
        plan = {key: manifest[key] for key in ("compound", "rules", "matters")}
        meeting = {key: one for key, one in manifest["meeting"].items() if key != "opens_at"}
        self.demand(announced in (None, digest(canonical(plan | {"meeting": meeting}))), ANNOUNCED)
        self.areas = {one["scope"]: dict[str, int]() for one in self.matters}  # no scope but these
        self.voters, self.served, self.voided = set[str](), set[str](), dict[int, str]()
        self.ballots: dict[int, tuple[str, str, str]] = {}  # by seq: voter, channel, seal
        self.marks: dict[int, list[bytes]] = {}  # by seq, then matter by matter
        self.read_parts(files, manifest["parts_sha256"])
        self.read_ledger(files, digest(canonical(manifest)))
        self.read_openings(files)
        self.cast = self.counting()

    def demand(self, fact: object, finding: str, seq: int = 0) -> None:
        if not fact:
            self.found[finding] = min(seq, self.found.get(finding, seq))

    def read_parts(self, files: Files, expected: str) -> None:
        rows, last = lines(files, "parts.csv"), ""
        header = next((raw for _, raw in rows), b"")
        if header != b"part,voter,area,scopes\n":
            raise NotCanonical("parts.csv", 1)
        hashed = hashlib.sha256(header)
        for line, raw in rows:
            hashed.update(raw)
            text = raw.decode(errors="ignore")
            row = PART(text) if text.encode() == raw and is_normalized("NFC", text) else None
            scopes = row[4].split(";") if row and row[4] else []
            if not row or row[1] <= last or len({*scopes}) < len(scopes):
                raise NotCanonical("parts.csv", line)
            last, voter = row[1], row[2]
            self.voters.add(voter)
            for areas in (self.areas[scope] for scope in scopes if scope in self.areas):
                areas[voter] = areas.get(voter, 0) + int(row[3])
        self.demand(hashed.hexdigest() == expected, PARTS_HASH)

    def read_ledger(self, files: Files, prev: str) -> None:
        """Follow the chain from `prev`, the manifest's hash."""
        seq, stands = 0, {"opened": 0, "closed": 0}
        for seq, raw in lines(files, "ledger.jsonl"):
            event = parsed("ledger.jsonl", seq, raw, EVENT)
            link = (event["seq"], event["prev"], event.pop("hash"))
            self.demand(link == (seq, prev, digest(canonical(event))), CHAIN, seq)
            prev, kind, body = link[2], event["type"], event["body"]
            if kind in stands:
                self.demand(not stands[kind], CHAIN, seq)
                stands[kind] = seq
            elif kind == "served":
                self.served.add(body["voter"])
            elif kind == "voided":
                self.demand(body["seq"] in self.ballots, VOIDED_NOTHING, seq)
                self.voided[body["seq"]] = body["reason"]
            elif kind == "ballot":
                self.demand(stands["opened"], EARLY, seq)
                self.demand(not stands["closed"], LATE, seq)
                self.demand(body["voter"] in self.voters, STRANGER, seq)
                self.demand(fits(body, KNOWN), MALFORMED, seq)
                self.ballots[seq] = body["voter"], body["channel"], body["seal"]
        framed = self.ballots or 0 < stands["opened"] < stands["closed"]
        self.demand(framed and stands["closed"], CHAIN, seq + 1)

    def read_openings(self, files: Files) -> None:
        seq = None
        for line, raw in lines(files, "openings.jsonl"):
            opening = parsed("openings.jsonl", line, raw, OPENING)
            if seq is not None and opening["seq"] <= seq:
                raise NotCanonical("openings.jsonl", line)
            seq = opening["seq"]
            stands = seq in self.ballots and self.voided.get(seq) != "unopenable"
            self.demand(stands, FITS_NOTHING, seq)
            if stands:
                self.open_ballot(seq, opening["choices"], opening["nonce"])
        for seq in self.ballots.keys() - self.voided:
            self.demand(seq in self.marks, UNOPENED, seq)

    def open_ballot(self, seq: int, choices: Json, nonce: str) -> None:
        """Keep what is marked on each matter: nothing where the ballot is silent or wrong."""
        voter, _, seal = self.ballots[seq]
        sealed = digest(canonical({"choices": choices, "nonce": nonce, "voter": voter}))
        self.demand(sealed == seal and re.fullmatch("[0-9A-Fa-f]{32}", nonce), OTHER_SEAL, seq)
        self.marks[seq] = []
        for matter in self.matters:
            names = self.names[matter["id"]]
            marks = choices.pop(matter["id"], [0] * len(names))
            formed = len(marks) == len(names) and {0, 1}.issuperset(marks)
            self.demand(formed, MALFORMED, seq)
            decision = matter["kind"] == "decision"
            said = sum(marks) == 1 if decision else sum(marks) <= matter["max_choices"]
            self.marks[seq].append(bytes(marks if formed and said else len(names)))
        self.demand(not choices, MALFORMED, seq)

    def counting(self) -> dict[str, int]:
        """The seq of the one ballot that counts, for each voter with one that was not voided."""
        cast, rule = dict[str, int](), self.rules["duplicate"]
        for seq, (voter, channel, _) in self.ballots.items():
            if seq not in self.voided:
                before = self.ballots[cast.setdefault(voter, seq)][1]
                if rule == "last" or before != rule == channel:
                    cast[voter] = seq
        return cast

    def count(self, place: int) -> Json:
        """The recounted result of one matter, its keys in the format's order."""
        matter, rules, cast = self.matters[place], self.rules, self.cast
        areas, bar = self.areas[matter["scope"]], rules[matter["bar"]]
        heard = [(areas[who], self.marks[cast[who]][place]) for who in areas.keys() & cast.keys()]
        names = self.names[matter["id"]]
        support = {n: [area for area, marks in heard if marks[i]] for i, n in enumerate(names)}
        follows = matter["kind"] == "decision" and matter.get("deemed", rules["deemed"]) == "follow"
        deemed = [areas[who] for who in areas.keys() & self.served - cast.keys() if follows]
        eligible, took_part = total(areas.values()), total([area for area, _ in heard] + deemed)
        turnout = clears(took_part, eligible, rules["participation"])
        head = {"id": matter["id"], "eligible": eligible, "participated": took_part}
        if matter["kind"] == "election":
            return elect(matter, rules, head | {"participation": turnout}, support)
        said = {"options": [total(marked) for marked in support.values()]}
        agreement = clears(total(agreeing(support, deemed)), took_part, bar)
        passed = all([*turnout.values(), *agreement.values()])
        return head | said | {"participation": turnout, "agreement": agreement, "passed": passed}


def total(areas: Collection[int]) -> dict[str, int]:
    return {"heads": len(areas), "area": sum(areas)}


def clears(part: Json, whole: Json, bar: Json) -> dict[str, bool]:
    """By each measure: p·den > w·num, or = where inclusive; never when w = 0; {} without a bar."""
    over = {by: part[by] * bar["den"] - whole[by] * bar["num"] for by in part if bar}
    return {by: whole[by] > 0 and over[by] >= (0 if bar["inclusive"] else 1) for by in over}


def agreeing(support: dict[str, list[int]], deemed: list[int]) -> list[int]:
    """Who agrees, with those who follow if `agree` leads alone by heads and alone by area."""
    sums = {name: total(support[name]) for name in support if name not in ("abstain", "follow")}
    most = {by: max(each[by] for each in sums.values()) for by in ("heads", "area")}
    leaders = [name for by in most for name in sums if sums[name][by] == most[by]]
    follows = support["agree"] and leaders == ["agree", "agree"]
    return support["agree"] + (support.get("follow", []) + deemed if follows else [])


def elect(matter: Json, rules: Json, turnout: Json, support: dict[str, list[int]]) -> Json:
    """The candidates and who is elected; `turnout` is the result so far."""
    candidates, ranked = [], []
    for name, areas in support.items():
        sums = total(areas)
        qualified = all(clears(sums, turnout["participated"], rules[matter["bar"]]).values())
        candidates.append({"id": name} | sums | {"qualified": qualified})
        if qualified and all(turnout["participation"].values()):
            lot = digest(f"{rules['lot_seed']}:{name}") if rules["tie"] == "lot" else ""
            ranked.append(([-sums[by] for by in rules["rank_by"]], lot, name))
    ranked.sort(key=lambda one: one[:2])
    elected, tied = fill(ranked, matter["seats"])
    alternates, _ = fill(ranked[matter["seats"] :], 0 if tied else matter["alternates"])
    members = {one["id"] for one in matter["candidates"] if one["party_member"]}
    party = {"members": len(elected), "party_members": len(members.intersection(elected))}
    met = clears({"met": party["party_members"]}, {"met": len(elected)}, rules.get("party_target"))
    places = {"elected": elected, "alternates": alternates, "tied": tied}
    empty = {"open_seats": matter["seats"] - len(elected), "party": party | met}
    return turnout | {"candidates": candidates} | places | empty


def fill(ranked: list[tuple[list[int], str, str]], places: int) -> tuple[list[str], list[str]]:
    """Who gets the places, and who is tied across the last of them and gets none."""
    contested = 0 < places < len(ranked) and ranked[places - 1][:2] == ranked[places][:2]
    edge = ranked[places][:2] if contested else None
    placed = [one[2] for one in ranked[:places] if one[:2] != edge]
    return placed, [one[2] for one in ranked if one[:2] == edge]


def differences(was: Json, now: Json, path: list[str], names: Json) -> Iterator[str]:
    """Where a recorded value is not the recounted one, in the order of the recounted keys."""
    if isinstance(was, dict) and isinstance(now, dict):
        for key in now | was:
            yield from differences(was.get(key), now.get(key), [*path, key], names)
    elif ids(now) is not None and ids(was) == ids(now):
        for at, (old, new) in enumerate(zip(was, now, strict=True)):
            word = new["id"] if "id" in new else names[path[1]][at]
            yield from differences(old, new, [*path, word], names)
    elif was != now:
        shown = ["nothing" if each is None else canonical(ids(each) or each) for each in (was, now)]
        yield f"result differs: {' '.join(path[1:] or path)} {shown[0]}, recounted {shown[1]}"


def examine(path: str, announced: str | None = None) -> tuple[Json, list[str]]:
    """The recounted result, if it can be had, and the findings, the first first."""
    files, findings = open_record(path)
    election, recounted, recorded, found = None, None, None, dict[str, int]()
    try:
        election = Election(files, announced, found)
        recorded = parsed_file(files, "result.json", RESULT)
    except NotCanonical as unreadable:
        told = "{} is not canonical at line {}".format(*unreadable.args)
        findings += [ANNOUNCED, told] if ANNOUNCED in found else [told]
    if election and not found:
        recounted = {"matters": [*map(election.count, range(len(election.matters)))]}
        findings += differences(recorded, recounted, [], election.names)
    return recounted, findings + [row.format(found[row]) for row in FINDINGS if row in found]


def main(arguments: list[str]) -> int:
    as_json, rest = "--json" in arguments, [each for each in arguments if each != "--json"]
    at = rest.index("--announced") if "--announced" in rest[:-1] else len(rest)
    paths, announced = rest[:at] + rest[at + 2 :], [each.lower() for each in rest[at + 1 : at + 2]]
    if len(paths) != 1 or paths[0].startswith("-"):
        print("usage: recount.py RECORD [--json] [--announced HASH]", file=sys.stderr)
        return 2
    recounted, findings = examine(paths[0], *announced)
    told = " ".join([*findings, "PASS"][0].splitlines())  # one line, whatever the ids hold
    answers = [(1, canonical(recounted))] if as_json and recounted else []
    answers += [(2 if as_json else 1, told)] if findings or not as_json else []
    try:
        for descriptor, line in answers:
            with os.fdopen(descriptor, "wb", closefd=False) as stream:  # UTF-8 wherever it runs
                stream.write(f"{line}\n".encode())
    except OSError:  # nobody reads, no room is left
        return 2
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
