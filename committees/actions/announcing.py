"""Fix what is announced as evidence; and see at the opening that it still stands."""

from datetime import datetime
from uuid import UUID

from committees import queries
from committees.models import AnnouncedPlan, Ballot, LedgerEvent, Meeting, SealingKey
from committees.rules.findings import Fault, Finding
from committees.rules.manifest import Manifest, manifest_json, plan_json, read_plan
from portal.tools.chain.canonical import sha256
from portal.tools.privacy import envelope

from .keys import keep_key
from .refusals import RecordUnsound
from .steps import keep


def fix_plan(meeting: Meeting, *, by: UUID, at: datetime) -> AnnouncedPlan:
    """Keep what the notice announces.  Refuses RecordUnsound where somebody kept a plan before."""
    if queries.announced_plan(meeting) is not None:
        raise RecordUnsound((Finding(Fault.PLAN),))
    plan = plan_json(queries.plan(meeting))
    announced = AnnouncedPlan(
        compound=meeting.compound,
        meeting=meeting,
        plan=plan.decode(),
        words=queries.posted_words(meeting, opens_at=meeting.opens_at).decode(),
        sha256=sha256(plan),
        by=by,
        at=at,
    )
    keep(announced)
    return announced


def standing_plan(meeting: Meeting) -> AnnouncedPlan:
    """The announced plan of a meeting about to open; refuses RecordUnsound where anything was
    changed since, or stands there that only the opening brings."""
    announced = queries.announced_plan(meeting)
    findings = []
    if announced is None or not queries.still_stands(meeting, announced, opens_at=meeting.opens_at):
        findings.append(Finding(Fault.PLAN))
    if not queries.parts_are_the_rolls(meeting):
        findings.append(Finding(Fault.PARTS))
    here = {"compound_id": meeting.compound_id, "meeting": meeting}
    if any(model.objects.filter(**here).exists() for model in (SealingKey, LedgerEvent, Ballot)):
        findings.append(Finding(Fault.TOO_EARLY))
    if announced is None or findings:
        raise RecordUnsound(tuple(findings))
    return announced


def seal_manifest(meeting: Meeting, announced: AnnouncedPlan, *, at: datetime) -> str:
    """Make the meeting's sealing key and the manifest that names it; gives the manifest's text."""
    public, private = envelope.new_pair()
    manifest = manifest_json(
        Manifest(
            read_plan(announced.plan.encode()),
            opens_at=meeting.opens_at,
            parts_sha256=sha256(queries.parts_csv_bytes(meeting)),
            sealing_key=public,
        )
    )
    key = SealingKey(
        compound=meeting.compound,
        meeting=meeting,
        public=public,
        manifest_sha256=sha256(manifest),
        at=at,
    )
    keep_key(key, private)
    return manifest.decode()
