"""Waive a period: asked by the clerk, agreed to by an office that supervises, posted at once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from committees import documents, queries
from committees.models import Meeting, Waiver
from committees.queries import steering, waiving
from committees.rules.timetable import Obstacle, Step
from portal.accounts.models import User
from portal.approvals import actions as approvals
from portal.approvals.models import Request
from portal.places.models import Compound
from portal.publicity import actions as publicity
from portal.publicity.models import Publicity
from portal.tools.audit.actions import note

from .refusals import NothingToWaive, StepBlocked, WrongStage
from .steps import alone

DAYS = "publicity.waiver.days"


@transaction.atomic
def ask_to_waive(meeting: Meeting, *, reason: str, by: User, at: datetime) -> Request:
    """Ask that the next step be taken although periods are not kept, each of them named.  Refuses
    NothingToWaive, StepBlocked where one may not be waived, and what `approvals.ask` refuses."""
    step, blocking = _next(meeting, at)
    _refuse_firm(blocking)
    facts = {"step": step.value, "obstacles": waiving.written_down(meeting, blocking, at)}
    compound = Compound.objects.select_related("region").get(pk=meeting.compound_id)
    wanted = approvals.Wanted(waiving.KIND, compound, meeting.pk, reason, facts)
    return approvals.ask(wanted, by=by, at=at)


@transaction.atomic
def waive(asked: Request, by: UUID, at: datetime) -> Waiver:
    """Put down what was agreed to and post it: of what was asked, what is still in the way.
    Refuses WrongStage, NothingToWaive, StepBlocked."""
    meeting = alone(Meeting.objects.get(compound=asked.compound, pk=asked.target))
    step, blocking = _next(meeting, at)
    if step.value != asked.facts["step"]:
        raise WrongStage(meeting.stage)
    wanted = asked.facts["obstacles"]
    waived = tuple(
        one for one in blocking if any(waiving.is_about(written, one) for written in wanted)
    )
    if not waived:
        raise NothingToWaive
    _refuse_firm(waived)
    waiver = Waiver.objects.create(
        compound_id=meeting.compound_id,
        meeting=meeting,
        step=step,
        obstacles=waiving.written_down(meeting, waived, at),
        reason=asked.reason,
        by=asked.asked_by,
        request=asked,
        agreed_by=by,
        at=at,
    )
    facts = {"step": step.value, "codes": [one.code.value for one in waived]}
    note("committees.waive", waiver, by=by, at=at, facts=facts)
    publicity.announce(
        documents.waiver_notice(meeting, waiver),
        compound=meeting.compound,
        kind=Publicity.Kind.WAIVER,
        case=meeting.number,
        days=queries.days_of(DAYS, meeting.compound, at),
        rule_key=DAYS,
        by=by,
        at=at,
    )
    return waiver


def _next(meeting: Meeting, at: datetime) -> tuple[Step, tuple[Obstacle, ...]]:
    """The meeting's next step and what is in its way without a waiver."""
    found = steering.next_step(meeting)
    if found is None:
        raise WrongStage(meeting.stage)
    blocking = steering.obstacles(meeting, at)
    if not blocking:
        raise NothingToWaive
    return Step(found[0]), blocking


def _refuse_firm(obstacles: tuple[Obstacle, ...]) -> None:
    if not all(one.may_be_waived for one in obstacles):
        raise StepBlocked(obstacles)
