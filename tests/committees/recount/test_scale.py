"""A hundred thousand voters within ten seconds and 500 MB.

The usual run takes a tenth of it and holds its memory to that share; the whole is measured with
`RECOUNT_VOTERS=100000 pytest -s tests/committees/recount/test_scale.py`.
"""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[3] / "committees" / "recount.py"
# The peak is read from the process itself: what a parent is told includes the parent's own size.
MEASURED = """
import re, runpy, sys
sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except SystemExit:
    print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1], file=sys.stderr)
"""
VOTERS = int(os.environ.get("RECOUNT_VOTERS", "10000"))


def test_a_large_record_is_recounted_in_bounded_memory(
    record, make_decision, make_election, tmp_path
):
    """Each voter is served and votes, every tenth votes twice; a fifth own two parts."""
    chance = random.Random(1)
    book = record([make_decision(), make_election("m2", 9, seats=5), make_decision("m3")], [])
    names = [f"v{n:09}" for n in range(VOTERS)]
    owners = sorted(names + names[: VOTERS // 5], key=lambda _: chance.random())
    book.parts = [
        (f"p{n:09}", voter, chance.randint(3000, 20000), "all;homes;b1")
        for n, voter in enumerate(owners)
    ]
    for voter in names:
        book.event("served", voter=voter)
    book.event("opened")
    for voter in names + names[: VOTERS // 10]:
        option = chance.randrange(4)
        marks = [int(at == option) for at in range(4)]
        stood = [chance.randrange(2) for _ in range(9)]
        book.ballot(voter, chance.choice(["online", "paper"]), m1=marks, m2=stood, m3=marks)
    book.event("closed")
    folder = book.write(tmp_path / "record")
    began = time.monotonic()
    command = [sys.executable, "-c", MEASURED, SCRIPT, folder, "--json"]
    done = subprocess.run(command, capture_output=True, text=True)
    seconds = time.monotonic() - began
    told, kilobytes = done.stderr.splitlines()
    peak = int(kilobytes) / 1024
    figures = f"{VOTERS} voters, {len(book.events)} events: {seconds:.1f} s, {peak:.0f} MB"
    sys.stdout.write(f"\n{figures}\n")
    area = sum(area for _, _, area, _ in book.parts)
    eligible = [matter["eligible"] for matter in json.loads(done.stdout)["matters"]]
    assert told == "result.json is not canonical at line 1"
    assert eligible == [{"heads": VOTERS, "area": area}] * 3
    assert peak < 30 + 470 * VOTERS / 100000
