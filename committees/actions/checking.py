"""The count checks itself: what must hold before the ballots are opened, and what a recount by
other hands must find before the result is kept."""

import json
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from committees import queries, recount
from committees.models import AnnouncedPlan, Meeting
from committees.rules.findings import Fault, Finding
from committees.rules.manifest import Manifest, plan_json, read_manifest
from portal.tools.chain.canonical import instant, sha256
from portal.tools.chain.links import verify

from .keys import private_key
from .refusals import ChainBroken, RecordUnsound

LONGEST = 60  # seconds; 100,000 voters take five


def check_rows(meeting: Meeting) -> AnnouncedPlan:
    """Hold the stored rows against the evidence of notice and opening, and gives the announced
    plan.  Refuses RecordUnsound with everything that was found, and ChainBroken."""
    manifest = _manifest(meeting)
    _check_chain(meeting)
    announced = queries.announced_plan(meeting)
    findings = queries.rows_and_ledger(meeting)
    if announced is None or not _is_as_announced(meeting, manifest, announced):
        findings.append(Finding(Fault.PLAN))
    if queries.parts_hash(meeting) != manifest.parts_sha256:
        findings.append(Finding(Fault.PARTS))
    if not queries.turnout_is_the_ledgers(meeting):
        findings.append(Finding(Fault.TURNOUT))
    if queries.was_opened_before(meeting):
        findings.append(Finding(Fault.OPENED))
    if announced is None or findings:
        raise RecordUnsound(tuple(findings))
    return announced


def _manifest(meeting: Meeting) -> Manifest:
    """The manifest of the opening; refuses RecordUnsound where it, or the key, is another."""
    data, keys = meeting.manifest.encode(), queries.sealing_keys(meeting)
    if not keys or keys[0].manifest_sha256 != sha256(data) or private_key(meeting) is None:
        raise RecordUnsound((Finding(Fault.KEY),))
    manifest = read_manifest(data)
    if manifest.sealing_key != keys[0].public:
        raise RecordUnsound((Finding(Fault.KEY),))
    return manifest


def _check_chain(meeting: Meeting) -> None:
    foreign = queries.first_of_no_kind(meeting)
    if foreign is not None:
        raise ChainBroken(foreign)
    events = (event.entry for event in queries.record_events(meeting))
    broken = verify(events, start=sha256(meeting.manifest.encode()))
    if broken is not None:
        raise ChainBroken(broken.seq)


def _is_as_announced(meeting: Meeting, manifest: Manifest, announced: AnnouncedPlan) -> bool:
    planned = datetime.fromisoformat(json.loads(announced.words)["opens_at"])
    return (
        queries.still_stands(meeting, announced, opens_at=planned)
        and plan_json(manifest.plan) == announced.plan.encode()
        and instant(meeting.opens_at) == instant(manifest.opens_at)
    )


def check_by_recount(meeting: Meeting, announced: AnnouncedPlan) -> None:
    """Write the record as it is taken away, and have the stand-alone program recount it in a
    process of its own, which shares nothing with this one.  Refuses RecordUnsound."""
    with tempfile.TemporaryDirectory(prefix="recount-") as name:
        for file, pieces in queries.record_files(meeting).items():
            with (Path(name) / file).open("wb") as stream:
                stream.writelines(pieces)
        line = _recounted(name, announced.sha256)
    if line != "PASS":
        raise RecordUnsound((Finding(Fault.RECOUNT, {"line": line}),))


def _recounted(folder: str, announced: str) -> str:
    """The one line that recount.py says."""
    program = [sys.executable, "-I", "-S", recount.__file__]
    try:
        said = subprocess.run(  # noqa: S603 - our own program, on a folder of our own
            [*program, folder, "--announced", announced],
            capture_output=True,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"no answer within {LONGEST} s"
    lines = (said.stdout + said.stderr).decode(errors="replace").splitlines()
    return lines[0] if lines else f"no answer, exit {said.returncode}"
