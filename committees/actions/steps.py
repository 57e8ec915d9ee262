"""What every step of a meeting does first: take the meeting alone, look what is in the way."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from committees.models import Meeting, Waiver
from committees.models.marks import Marked
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
    meeting: Meeting,
    step: Step,
    obstacles: tuple[Obstacle, ...],
    *,
    waive: str,
    by: UUID,
    at: datetime,
) -> None:
    """Refuse the step with all its obstacles; or, with a reason, go on and put the waiver down."""
    if not obstacles:
        return
    if not waive.strip() or not all(obstacle.may_be_waived for obstacle in obstacles):
        raise StepBlocked(obstacles)
    put_down(meeting, step, obstacles, reason=waive, by=by, at=at)


def put_down(
    meeting: Meeting,
    step: Step,
    obstacles: tuple[Obstacle, ...],
    *,
    reason: str,
    by: UUID,
    at: datetime,
) -> None:
    """Keep the reason of a step out of the ordinary; it is posted with the result."""
    Waiver.objects.create(
        compound=meeting.compound,
        meeting=meeting,
        step=step,
        obstacles=[_as_json(obstacle) for obstacle in obstacles],
        reason=reason.strip(),
        by=by,
        at=at,
    )


def _as_json(obstacle: Obstacle) -> dict[str, Any]:
    facts = {
        name: fact.isoformat() if isinstance(fact, date | datetime) else fact
        for name, fact in obstacle.facts.items()
    }
    return {"code": obstacle.code.value, "facts": facts}


def keep(row: Marked) -> None:
    """Store a row of evidence under the portal's own mark."""
    row.mark = row.own_mark()
    row.save(force_insert=True)


def save(meeting: Meeting, *fields: str) -> None:
    meeting.save(update_fields=list(fields))
