"""The chain of a compound's log: what is hashed of each check, and whether it still holds."""

from uuid import UUID

from portal.fire.models import Check
from portal.tools.chain.canonical import Json, instant, sha256
from portal.tools.chain.links import Break, Entry, verify


def start_of(compound: UUID) -> str:
    """What stands before a compound's first entry."""
    return sha256(f"fire log of {compound}".encode())


def content_of(check: Check) -> dict[str, Json]:
    """What is hashed of a check: all that it says."""
    return {
        "check": str(check.pk),
        "equipment": str(check.equipment_id),
        "place": str(check.place_id),
        "duty": check.duty,
        "catalogue": check.catalogue,
        "answers": check.answers,
        "on": check.on.isoformat(),
        "device_at": instant(check.device_at) if check.device_at else "",
        "received_at": instant(check.received_at),
        "opened": check.opened,
        "form": str(check.form),
        "by": str(check.by),
    }


def first_break(compound: UUID) -> Break | None:
    """The first place where a compound's log does not follow from itself; None if it holds."""
    rows = Check.objects.filter(compound=compound).order_by("seq").iterator(chunk_size=2000)
    entries = (Entry(row.seq, row.prev, content_of(row), row.hash) for row in rows)
    return verify(entries, start=start_of(compound))
