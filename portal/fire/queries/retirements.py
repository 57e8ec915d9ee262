"""What was taken out of use, and what is asked for."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from portal.approvals.models import Request
from portal.approvals.queries import open_requests
from portal.fire.models import Defect, Equipment, Retirement
from portal.places.models import Compound

from .rounds import rounds

RETIRE = "fire.retire"


def retirements_of(compound: Compound) -> QuerySet[Equipment]:
    """Equipment out of use, the latest first, each with its retirement's record."""
    rows = Equipment.objects.filter(compound=compound, retired_on__isnull=False)
    return (
        rows.select_related("place")
        .prefetch_related("retirements")
        .order_by("-retired_on", "-retirement_entered_at", "code")
    )


def request_for(equipment: Equipment, at: datetime) -> Request | None:
    """What was asked about this piece and waits for its answer."""
    return open_requests(RETIRE, equipment.compound, at, target=equipment.pk).first()


def is_late(retirement: Retirement) -> bool:
    """Entered on a later day than the one from which it acts."""
    return timezone.localdate(retirement.at) > retirement.on


def misses_lifted(equipment: Equipment, *, on: date, today: date) -> int:
    """How many missed or overdue checks no longer count if the piece is out of use since `on`."""
    found = rounds([equipment.compound_id], first_on=on, on=today, place=equipment.place_id)
    mine = [one for one in found if one.equipment.pk == equipment.pk]
    windows = [each for one in mine for each in one.between(on, today)]
    return sum(each.is_missed and each.window.last_on >= on for each in windows)


def open_defects_of(equipment: Equipment, at: datetime) -> QuerySet[Defect]:
    found = Defect.objects.open_at(at).filter(compound=equipment.compound, equipment=equipment)
    return found.select_related("compound").order_by("number")


def is_photo_of_a_request(compound: Compound, photo: UUID) -> bool:
    """Whether somebody asks, or asked, to retire a piece with this photo."""
    asked = Request.objects.filter(compound=compound.pk, kind=RETIRE, facts__photo=str(photo))
    return asked.exists()
