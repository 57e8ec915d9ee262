"""The record of a meeting of 100,000 voters, written line by line, and its recount."""

import hashlib
import json
import sys
from pathlib import Path
from random import Random
from typing import Any

from tests.committees.recount.conftest import RULES, decision, dumps, election, sha256

from .table import RUNS, Figure, run

VOTERS = 100_000
RECOUNT = Path(__file__).resolve().parents[2] / "committees" / "recount.py"


class Writer:
    """Chains events to a ledger as they are written."""

    def __init__(self, folder: Path, manifest: str) -> None:
        self.ledger = (folder / "ledger.jsonl").open("w")
        self.openings = (folder / "openings.jsonl").open("w")
        self.prev, self.seq = sha256(manifest), 0

    def event(self, kind: str, **body: Any) -> None:
        self.seq += 1
        event = {
            "seq": self.seq,
            "prev": self.prev,
            "type": kind,
            "at": "2026-10-05T00:00:00Z",
            "body": body,
        }
        self.prev = sha256(dumps(event))
        self.ledger.write(dumps(event | {"hash": self.prev}) + "\n")

    def ballot(self, voter: str, nonce: str, choices: dict[str, Any]) -> None:
        seal = sha256(dumps({"choices": choices, "nonce": nonce, "voter": voter}))
        self.event("ballot", voter=voter, channel="online", scheme="sealed-1", seal=seal)
        self.openings.write(dumps({"seq": self.seq, "choices": choices, "nonce": nonce}) + "\n")


def write_record(folder: Path) -> Path:
    """Each voter is served and votes on a decision and nine candidates; one in ten owns two parts.
    The result is left out of it: the recount has it to find."""
    dice = Random(1)
    folder.mkdir()
    with (folder / "parts.csv").open("w+b") as file:
        file.write(b"part,voter,area,scopes\n")
        for n in range(VOTERS + VOTERS // 10):
            area = dice.randrange(4000, 20000)
            file.write(f"p{n:06},v{n % VOTERS:06},{area},all;b{n // 200}\n".encode())
        file.seek(0)
        parts = hashlib.file_digest(file, "sha256").hexdigest()
    manifest = dumps(_manifest(parts))
    (folder / "manifest.json").write_text(manifest)
    writer = Writer(folder, manifest)
    for n in range(VOTERS):
        writer.event("served", voter=f"v{n:06}")
    writer.event("opened")
    for n in range(VOTERS):
        option = dice.randrange(4)
        marks = [int(at == option) for at in range(4)]
        stood = [int(dice.random() < 0.6) for _ in range(9)]
        writer.ballot(f"v{n:06}", f"{dice.getrandbits(128):032x}", {"m1": marks, "m2": stood})
    writer.event("closed")
    writer.ledger.close()
    writer.openings.close()
    (folder / "result.json").write_text(dumps({"matters": []}))
    return folder


def _manifest(parts: str) -> dict[str, Any]:
    return {
        "format": "election-record/1",
        "compound": {"code": "330324-0001", "name": "测试小区"},
        "meeting": {
            "number": "2026-01",
            "title": "业主大会会议",
            "opens_at": "2026-10-01T00:00:00Z",
            "closes_at": "2026-10-20T10:00:00Z",
        },
        "rules": RULES,
        "matters": [decision(), election("m2", 9, seats=5)],
        "parts_sha256": parts,
    }


def figures(folder: Path) -> list[Figure]:
    record = write_record(folder / "record")
    counted = run(sys.executable, RECOUNT, record, "--json").out
    (record / "result.json").write_bytes(counted.strip())
    assert json.loads(counted)["matters"][0]["eligible"]["heads"] == VOTERS
    runs = [run(sys.executable, RECOUNT, record) for _ in range(RUNS)]
    assert all(one.out == b"PASS\n" for one in runs), runs[0].out
    return [
        Figure(
            "recount.py: 100,000 voters, whole process",
            [one.seconds for one in runs],
            10,
            "s",
            beside=f"{min(one.cpu for one in runs):.2f} s of processor",
        ),
        Figure("recount.py: peak memory", [one.peak for one in runs], 500, "MB"),
    ]
