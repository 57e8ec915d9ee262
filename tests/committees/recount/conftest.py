"""Election records for the recount: made, tampered with, written and recounted.

Canonical JSON and the chain are written here once more from the format, so that neither the recount
nor the portal vouches for its own reading of it.
"""

import copy
import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from committees import recount

EXAMPLES = Path(__file__).resolve().parents[2] / "data" / "records"
FILES = ("manifest.json", "parts.csv", "ledger.jsonl", "openings.jsonl", "result.json")
HALF = {"num": 1, "den": 2, "inclusive": False}
TWO_THIRDS = {"num": 2, "den": 3, "inclusive": True}
THREE_QUARTERS = {"num": 3, "den": 4, "inclusive": True}
RULES = {
    "participation": TWO_THIRDS,
    "ordinary": HALF,
    "special": THREE_QUARTERS,
    "duplicate": "first",
    "deemed": "none",
    "rank_by": ["heads", "area"],
    "tie": "runoff",
    "lot_seed": "",
    "party_target": HALF,
}


def dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str | bytes) -> str:
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


@dataclass
class Book:
    """A record in the making.  Events are chained and hashes set only when it is written."""

    matters: list[dict[str, Any]]
    parts: list[tuple[str, str, int, str]]
    rules: dict[str, Any] = field(default_factory=lambda: copy.deepcopy(RULES))
    events: list[dict[str, Any]] = field(default_factory=list)
    openings: list[dict[str, Any]] = field(default_factory=list)
    result: Any = None

    def event(self, kind: str, **body: Any) -> int:
        self.events.append({"type": kind, "at": "2026-10-05T00:00:00Z", "body": body})
        return len(self.events)

    def ballot(self, voter: str, channel: str = "online", *, opened: bool = True, **choices) -> int:
        """Enter a ballot and its opening; its seq."""
        seq = len(self.events) + 1
        nonce = sha256(f"{voter} {seq}")[:32]
        seal = sha256(dumps({"choices": choices, "nonce": nonce, "voter": voter}))
        if opened:
            self.openings.append({"seq": seq, "choices": choices, "nonce": nonce})
        return self.event("ballot", voter=voter, channel=channel, scheme="sealed-1", seal=seal)

    def manifest(self) -> dict[str, Any]:
        return {
            "format": "election-record/1",
            "compound": {"code": "330324-0001", "name": "测试小区"},
            "meeting": {
                "number": "2026-01",
                "title": "业主大会会议",
                "opens_at": "2026-10-01T00:00:00Z",
                "closes_at": "2026-10-20T10:00:00Z",
            },
            "rules": self.rules,
            "matters": self.matters,
            "parts_sha256": sha256(self.parts_csv()),
        }

    def parts_csv(self) -> str:
        rows = (f"{part},{voter},{area},{scopes}\n" for part, voter, area, scopes in self.parts)
        return "part,voter,area,scopes\n" + "".join(rows)

    def ledger(self) -> str:
        prev, lines = sha256(dumps(self.manifest())), []
        for seq, event in enumerate(self.events, 1):
            chained = {"seq": seq, "prev": prev} | event
            prev = sha256(dumps(chained))
            lines.append(dumps(chained | {"hash": prev}) + "\n")
        return "".join(lines)

    def texts(self) -> dict[str, str]:
        return {
            "manifest.json": dumps(self.manifest()),
            "parts.csv": self.parts_csv(),
            "ledger.jsonl": self.ledger(),
            "openings.jsonl": "".join(dumps(opening) + "\n" for opening in self.openings),
            "result.json": dumps(self.result),
        }

    def write(self, folder: Path) -> Path:
        folder.mkdir(exist_ok=True)
        for name, text in self.texts().items():
            (folder / name).write_bytes(text.encode())
        return folder


def decision(id_: str = "m1", **changes: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "kind": "decision",
        "title": "利用共用部位经营",
        "bar": "ordinary",
        "scope": "all",
        "options": ["agree", "against", "abstain", "follow"],
    } | changes


def election(id_: str = "m2", candidates: int = 3, **changes: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "kind": "election",
        "title": "选举业主委员会",
        "bar": "ordinary",
        "scope": "all",
        "seats": 2,
        "alternates": 1,
        "max_choices": candidates,
        "candidates": [
            {"id": f"c{n}", "name": f"候选人{n}", "party_member": n % 2 == 1}
            for n in range(1, candidates + 1)
        ],
    } | changes


@pytest.fixture
def record() -> Callable[..., Book]:
    """`record(matters, areas)`: voters v1, v2, … of one part each, in scope `all`."""

    def make(matters: list[dict[str, Any]], areas: list[int], **rules: Any) -> Book:
        parts = [(f"p{n:02}", f"v{n}", area, "all") for n, area in enumerate(areas, 1)]
        return Book(matters, parts, copy.deepcopy(RULES) | rules)

    return make


@pytest.fixture
def make_decision() -> Callable[..., dict[str, Any]]:
    return decision


@pytest.fixture
def make_election() -> Callable[..., dict[str, Any]]:
    return election


@pytest.fixture
def handmade() -> Book:
    """Six voters and three matters, counted by hand in test_counting.py.

    v1 owns two parts, v6 a parking space that votes on nothing.  v2 votes twice, v5 is served and
    silent, the ballot at seq 9 is voided.
    """
    parts = [
        ("p1", "v1", 10000, "all;b1"),
        ("p2", "v1", 5000, "all"),
        ("p3", "v2", 8000, "all;b1"),
        ("p4", "v3", 12000, "all"),
        ("p5", "v4", 9000, "all;b1"),
        ("p6", "v5", 7000, "all"),
        ("p7", "v6", 6000, "parking"),
    ]
    of_b1 = decision("m3", bar="special", scope="b1", options=["agree", "against", "abstain"])
    book = Book([decision("m1"), election("m2"), of_b1], parts)
    book.event("served", voter="v5")
    book.event("opened")
    book.ballot("v1", m1=[1, 0, 0, 0], m2=[1, 1, 0], m3=[1, 0, 0])
    book.ballot("v2", m1=[0, 1, 0, 0], m2=[1, 0, 0], m3=[1, 0, 0])
    book.ballot("v3", m1=[0, 0, 0, 1], m2=[0, 1, 1], m3=[1, 0, 0])
    book.ballot("v4", "paper", m1=[1, 0, 0, 0], m2=[1, 1, 0], m3=[0, 1, 0])
    book.ballot("v2", "paper", m1=[1, 0, 0, 0], m2=[0, 0, 1], m3=[0, 0, 1])
    book.ballot("v6", m1=[1, 0, 0, 0], m2=[1, 1, 1], m3=[1, 0, 0])
    book.ballot("v5", m1=[0, 1, 0, 0], m2=[0, 0, 1])
    book.event("closed")
    book.event("voided", seq=9, reason="代签")
    book.result = {
        "matters": [
            {
                "id": "m1",
                "eligible": {"heads": 5, "area": 51000},
                "participated": {"heads": 4, "area": 44000},
                "options": [
                    {"heads": 2, "area": 24000},
                    {"heads": 1, "area": 8000},
                    {"heads": 0, "area": 0},
                    {"heads": 1, "area": 12000},
                ],
                "participation": {"heads": True, "area": True},
                "agreement": {"heads": True, "area": True},
                "passed": True,
            },
            {
                "id": "m2",
                "eligible": {"heads": 5, "area": 51000},
                "participated": {"heads": 4, "area": 44000},
                "participation": {"heads": True, "area": True},
                "candidates": [
                    {"id": "c1", "heads": 3, "area": 32000, "qualified": True},
                    {"id": "c2", "heads": 3, "area": 36000, "qualified": True},
                    {"id": "c3", "heads": 1, "area": 12000, "qualified": False},
                ],
                "elected": ["c2", "c1"],
                "alternates": [],
                "tied": [],
                "open_seats": 0,
                "party": {"members": 2, "party_members": 1, "met": False},
            },
            {
                "id": "m3",
                "eligible": {"heads": 3, "area": 27000},
                "participated": {"heads": 3, "area": 27000},
                "options": [
                    {"heads": 2, "area": 18000},
                    {"heads": 1, "area": 9000},
                    {"heads": 0, "area": 0},
                ],
                "participation": {"heads": True, "area": True},
                "agreement": {"heads": False, "area": False},
                "passed": False,
            },
        ]
    }
    return book


@pytest.fixture
def run(capfdbinary) -> Callable[..., tuple[int, str, str]]:
    """`run(path, "--json")`: the exit code, what stands on stdout and what on stderr."""

    def recounted(*arguments: object) -> tuple[int, str, str]:
        code = recount.main([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return recounted


@pytest.fixture
def count(run, tmp_path) -> Callable[[Book], list[dict[str, Any]]]:
    """The matters of the recounted result."""

    def counted(book: Book) -> list[dict[str, Any]]:
        return json.loads(run(book.write(tmp_path / "record"), "--json")[1])["matters"]

    return counted


@pytest.fixture
def zipped(tmp_path) -> Callable[[Path], Path]:
    def pack(folder: Path, under: str = "") -> Path:
        with zipfile.ZipFile(tmp_path / "record.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for name in FILES:
                archive.write(folder / name, under + name)
        return tmp_path / "record.zip"

    return pack


@pytest.fixture(params=["50", "81"])
def example(request) -> Path:
    return EXAMPLES / request.param
