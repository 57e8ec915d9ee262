"""Announce a text, and start its clock once readers can see it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from portal.places.actions import next_number
from portal.places.models import Compound
from portal.tools import jobs
from portal.tools.audit.actions import note

from .documents import Document, from_json
from .models import Publicity, PublicityStart
from .rules.clock import span_of


@transaction.atomic
def announce(  # noqa: PLR0913 - the facts of one row, all by name
    document: Document,
    *,
    compound: Compound,
    kind: Publicity.Kind,
    case: str,
    days: int,
    rule_key: str,
    by: UUID | None,
    at: datetime,
) -> Publicity:
    """Freeze `document`, hash it and have its notice posted; nothing stays if the caller fails.

    It hangs for `days` days (at least one) from the day after the notice is live, by the rule
    `rule_key`; `case` is the reference number of what it belongs to; `by` is a user's id.
    """
    if days < 1:
        raise ValueError(f"a publicity of {days} days")
    frozen = from_json(document.as_json())
    publicity = Publicity.objects.create(
        compound=compound,
        number=next_number(compound, "publicity"),
        kind=kind,
        case=case,
        title=frozen.title,
        body=frozen.as_json()["blocks"],
        sha256=frozen.sha256(),
        days=days,
        rule_key=rule_key,
        announced_at=at,
        by=by,
    )
    facts = {"number": publicity.number, "sha256": publicity.sha256, "days": days}
    note("publicity.announce", publicity, by=by, at=at, facts=facts)
    jobs.send("cms.post_notice", publicity_id=publicity.pk)
    return publicity


@transaction.atomic
def start_clock(publicity: Publicity, *, at: datetime) -> PublicityStart:
    """The notice is live since `at`: its days run.  Twice, or two at once, start it once."""
    span = span_of(at, publicity.days)
    start, is_new = PublicityStart.objects.get_or_create(
        compound_id=publicity.compound_id,
        publicity=publicity,
        defaults={
            "live_at": at,
            "first_on": span.first_on,
            "last_on": span.last_on,
            "ends_at": span.ends_at,
        },
    )
    if is_new:
        facts = {"first_on": str(span.first_on), "last_on": str(span.last_on)}
        note("publicity.start_clock", publicity, by=None, at=at, facts=facts)
    return start
