"""Whether what is stored of a meeting hangs together: rows, ledger, parts, turnout."""

from collections import Counter
from uuid import UUID

from committees.models import LedgerEvent, Meeting, Opening, Result, Turnout, Voter, VoterPart
from committees.rules.findings import Fault, Finding
from committees.rules.record import EventType, NotRecordable, written_at
from portal.tools.chain.canonical import Json, NotCanonical, sha256

from .progress import eligible, turned_out
from .record import every_row, parts_csv_bytes

Line = tuple[str, str, dict[str, Json]]  # type, at and body of an event
STEPS = {EventType.OPENED, EventType.CLOSED}


def parts_hash(meeting: Meeting) -> str:
    """The hash of the parts as the record has them; empty where they cannot be recorded, or where
    somebody is a voter without a part."""
    here = {"compound_id": meeting.compound_id, "meeting": meeting}
    with_parts = VoterPart.objects.filter(**here).values("voter").distinct().count()
    if Voter.objects.filter(**here).count() != with_parts:
        return ""
    try:
        return sha256(parts_csv_bytes(meeting))
    except (NotRecordable, NotCanonical):
        return ""


def first_of_no_kind(meeting: Meeting) -> int | None:
    """The number of the first event of a kind that no ledger has."""
    rows = LedgerEvent.objects.filter(compound_id=meeting.compound_id, meeting=meeting)
    foreign = rows.exclude(type__in=[kind.value for kind in EventType]).order_by("seq")
    return foreign.values_list("seq", flat=True).first()


def was_opened_before(meeting: Meeting) -> bool:
    """Do openings or a result stand there, which only the count brings?"""
    here = {"compound_id": meeting.compound_id, "meeting": meeting}
    return any(model.objects.filter(**here).exists() for model in (Opening, Result))


def turnout_is_the_ledgers(meeting: Meeting) -> bool:
    """Is the turnout that pages show what ledger and parts say, scope by scope?"""
    voted, entitled = turned_out(meeting), eligible(meeting)
    rows = Turnout.objects.filter(compound_id=meeting.compound_id, meeting=meeting)
    shown = {
        row.scope: (row.eligible_heads, row.eligible_area, row.heads, row.area) for row in rows
    }
    told = {
        scope: (whole.heads, whole.area, *_pair(voted.get(scope)))
        for scope, whole in entitled.items()
    }
    return shown == told


def _pair(weight: object) -> tuple[int, int]:
    return (getattr(weight, "heads", 0), getattr(weight, "area", 0))


def rows_and_ledger(meeting: Meeting) -> list[Finding]:
    """Rows that the portal did not write, rows that the ledger does not tell of, and events that
    no row stands behind; of each kind once."""
    expected, strange = _expected(meeting)
    unbacked: dict[str, int] = {}
    events = LedgerEvent.objects.filter(compound_id=meeting.compound_id, meeting=meeting)
    columns = events.order_by("seq").values_list("seq", "type", "at", "body", "source")
    for seq, kind, at, body, source in columns.iterator(chunk_size=5000):
        is_step = kind in STEPS and source is None and body == {}
        if not is_step and (source is None or expected.pop(source, None) != (kind, at, body)):
            unbacked.setdefault(kind, seq)
    untold = Counter(line[0] for line in expected.values())
    return [
        *(Finding(Fault.STRANGE, {"kind": kind, "count": n}) for kind, n in strange.items()),
        *(Finding(Fault.UNTOLD, {"kind": kind, "count": n}) for kind, n in untold.items()),
        *(Finding(Fault.UNBACKED, {"kind": kind, "seq": seq}) for kind, seq in unbacked.items()),
    ]


def _expected(meeting: Meeting) -> tuple[dict[UUID, Line], Counter[str]]:
    """What the ledger must tell, by row, and how many rows of each kind carry a wrong mark."""
    expected: dict[UUID, Line] = {}
    strange: Counter[str] = Counter()
    for row, (kind, at, body, source) in every_row(meeting):
        expected[source] = (kind.value, written_at(kind, at), body)
        if row.mark != row.own_mark():
            strange[kind.value] += 1
    return expected, strange
