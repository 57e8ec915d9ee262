"""Take equipment out of use: asked with a reason and a photo, confirmed by another person."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.approvals import actions as approvals
from portal.approvals.actions import Wanted
from portal.approvals.models import Request
from portal.fire.models import Check, Equipment, Retirement
from portal.fire.queries.retirements import RETIRE, request_for
from portal.tools.files.models import StoredFile

from . import logbook
from .refusals import CheckedSince, DayUnfit, RetiredAlready, RetirementWaits
from .register import retire_equipment


@dataclass(frozen=True, slots=True)
class Retiring:
    """From which day on, why, and the stored photo that shows it."""

    on: date
    reason: str
    photo: StoredFile


@transaction.atomic
def ask_to_retire(equipment: Equipment, retiring: Retiring, *, by: User, at: datetime) -> Request:
    """Ask another to confirm the retirement; until then the piece stays in use.

    Refuses RetiredAlready, DayUnfit and CheckedSince, RetirementWaits where another request about
    the piece is not answered yet, and what the request itself refuses.
    """
    logbook.held(equipment.compound)
    equipment.refresh_from_db(fields=["retired_on", "starts_on"])
    refuse_unfit(equipment, retiring.on, timezone.localdate(at))
    facts = {"on": retiring.on.isoformat(), "photo": str(retiring.photo.pk)}
    waiting = request_for(equipment, at)
    if waiting is not None and waiting.facts != facts:
        raise RetirementWaits
    wanted = Wanted(RETIRE, equipment.compound, equipment.pk, retiring.reason, facts)
    return approvals.ask(wanted, by=by, at=at)


@transaction.atomic
def confirm_retirement(asked: Request, by: UUID, at: datetime) -> Retirement:
    """Carry out what was asked: from its day on nothing is due of the piece.  Refuses as asking."""
    rows = Equipment.objects.select_related("compound")
    equipment = rows.get(compound=asked.compound, pk=asked.target)
    logbook.held(equipment.compound)
    equipment.refresh_from_db()
    on = date.fromisoformat(asked.facts["on"])
    refuse_unfit(equipment, on, timezone.localdate(at))
    retire_equipment(equipment, by=by, at=at, on=on)
    return Retirement.objects.create(
        compound=equipment.compound,
        equipment=equipment,
        on=on,
        reason=asked.reason,
        photo_id=UUID(asked.facts["photo"]),
        asked_by=asked.asked_by,
        confirmed_by=by,
        at=at,
    )


def refuse_unfit(equipment: Equipment, on: date, today: date) -> None:
    """Refuse a piece that is out of use, a day to come or before its first, and one with checks
    since: what was checked was in use."""
    if equipment.retired_on is not None:
        raise RetiredAlready(equipment.retired_on)
    if not equipment.starts_on <= on <= today:
        raise DayUnfit(equipment.starts_on)
    checks = Check.objects.filter(compound=equipment.compound_id, equipment=equipment, on__gte=on)
    if (last := checks.order_by("-on").first()) is not None and last.on > on:
        raise CheckedSince(last.on)
