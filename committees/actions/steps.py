"""What every step of a meeting does first: take the meeting alone, look what is in the way."""

from datetime import datetime
from uuid import UUID

from committees.models import Meeting, Waiver
from committees.models.marks import Marked
from committees.queries import waiving
from committees.rules.timetable import Obstacle, Step

from .refusals import StepBlocked, WrongStage


def alone(meeting: Meeting) -> Meeting:
    """The meeting's row, locked against every other step and against ballots on their way in."""
    return (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("compound")
        .get(compound_id=meeting.compound_id, pk=meeting.pk)
    )


def beside_voters(meeting: Meeting) -> Meeting | None:
    """The row locked against other steps, while ballots go on coming in; None where another
    step holds it."""
    return (
        Meeting.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
        .select_related("compound")
        .filter(compound_id=meeting.compound_id, pk=meeting.pk)
        .first()
    )


def require(meeting: Meeting, *stages: str) -> None:
    if meeting.stage not in stages:
        raise WrongStage(meeting.stage)


def clear_the_way(
    meeting: Meeting, step: Step, obstacles: tuple[Obstacle, ...], *, at: datetime
) -> None:
    """Refuse the step with every obstacle that was not waived by two people before."""
    left = waiving.still_blocking(meeting, step, obstacles, at)
    if left:
        raise StepBlocked(left)


def put_down(meeting: Meeting, step: Step, *, reason: str, by: UUID, at: datetime) -> None:
    """Keep the reason of a step out of the ordinary that skips no rule; it is posted with the
    result."""
    Waiver.objects.create(
        compound=meeting.compound,
        meeting=meeting,
        step=step,
        obstacles=[],
        reason=reason.strip(),
        by=by,
        at=at,
    )


def keep(row: Marked) -> None:
    """Store a row of evidence under the portal's own mark."""
    row.mark = row.own_mark()
    row.save(force_insert=True)


def save(meeting: Meeting, *fields: str) -> None:
    meeting.save(update_fields=list(fields))
