"""How a request ends: by another's answer, by the asker, or by itself when its time is over."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.queries import phone_mark, phones_of
from portal.approvals import queries
from portal.approvals.kinds import Kind, kind_of
from portal.approvals.models import Answer, Request
from portal.tools import jobs
from portal.tools.audit.actions import note

from .asking import tell
from .refusals import (
    AnsweredAlready,
    AskerLeft,
    CarriedOutNot,
    NeverAlone,
    NoOfficeHere,
    Oneself,
    SameOffice,
    TimeIsOver,
)

Outcome = Answer.Outcome


@transaction.atomic
def agree(asked: Request, *, by: User, at: datetime) -> Answer:
    """Agree, and do what was asked in the same transaction: nothing stays if it cannot be done.
    Refuses every Refusal of this package."""
    kind = kind_of(asked.kind)
    _refuse_if_over(asked, at)
    answered_as = _office_of(asked, kind, by, at)
    _refuse_if_asker_left(asked, at)
    answer = _end(asked, Outcome.AGREED, by=by, at=at, answered_as=answered_as)
    _carry_out(asked, kind, by.pk, at)
    _tell_both(asked, answer)
    return answer


@transaction.atomic
def refuse(asked: Request, *, reason: str, by: User, at: datetime) -> Answer:
    """Refuse with a reason; nothing is done.  Refuses as `agree` does."""
    _refuse_if_over(asked, at)
    answered_as = _office_of(asked, kind_of(asked.kind), by, at)
    answer = _end(asked, Outcome.REFUSED, by=by, at=at, answered_as=answered_as, words=reason)
    _tell_both(asked, answer)
    return answer


@transaction.atomic
def withdraw(asked: Request, *, by: User, at: datetime) -> Answer:
    """Take one's own request back.  Refuses NoOfficeHere, AnsweredAlready, TimeIsOver."""
    _refuse_if_over(asked, at)
    if by.pk != asked.asked_by:
        raise NoOfficeHere
    return _end(asked, Outcome.WITHDRAWN, by=by, at=at)


@transaction.atomic
def act_alone(asked: Request, *, reason: str, by: User, at: datetime) -> Answer:
    """Do in an emergency what one asked for oneself, and have it posted with the reason.
    Refuses NeverAlone, and else as `withdraw` and `agree` do."""
    kind = kind_of(asked.kind)
    _refuse_if_over(asked, at)
    if by.pk != asked.asked_by:
        raise NoOfficeHere
    if not asked.may_be_alone or not kind.may_be_alone:
        raise NeverAlone
    _refuse_if_asker_left(asked, at)
    answer = _end(asked, Outcome.ALONE, by=by, at=at, words=reason)
    _carry_out(asked, kind, by.pk, at)
    jobs.send("publicity.post_done_alone", request=asked.pk)
    place = queries.place_of(asked)
    for each in queries.people_who_hold(kind.answerers, place, on=timezone.localdate(at)):
        tell(asked, each.pk, "ended")
    return answer


def lapse(*, at: datetime) -> int:
    """End what nobody answered in time, as refused; how many."""
    lapsed = 0
    for asked in Request.objects.run_out(at).order_by("lapses_at", "pk"):
        lapsed += _lapse(asked, at)
    return lapsed


@transaction.atomic
def _lapse(asked: Request, at: datetime) -> bool:
    try:
        _end(asked, Outcome.LAPSED, by=None, at=at)
    except AnsweredAlready:
        return False
    tell(asked, asked.asked_by, "ended")
    return True


def _end(
    asked: Request,
    outcome: Outcome,
    *,
    by: User | None,
    at: datetime,
    answered_as: str = "",
    words: str = "",
) -> Answer:
    """Write how the request ended; of two at once the database lets one through."""
    answer = Answer(
        compound=asked.compound,
        request=asked,
        asked_by=asked.asked_by,
        asked_as=asked.asked_as,
        asked_phone=asked.asked_phone,
        lapses_at=asked.lapses_at,
        other_office=asked.other_office,
        may_be_alone=asked.may_be_alone,
        outcome=outcome,
        words=words.strip(),
        by=by.pk if by is not None else None,
        answered_as=answered_as,
        by_phone=phone_mark(by) if by is not None and answered_as else "",
        at=at,
    )
    try:
        with transaction.atomic():
            answer.save()
    except IntegrityError:
        _refuse_if_answered(asked)
        raise
    facts = {"kind": asked.kind, "target": str(asked.target), "request": str(asked.pk)}
    note(f"approvals.{outcome.value}", answer, by=answer.by, at=at, facts=facts)
    return answer


def _carry_out(asked: Request, kind: Kind, by: UUID, at: datetime) -> None:
    try:
        kind.carry_out(asked, by, at)
    except kind.refusals as refusal:
        raise CarriedOutNot(kind.explain(refusal)) from refusal


def _refuse_if_over(asked: Request, at: datetime) -> None:
    _refuse_if_answered(asked)
    if at >= asked.lapses_at:
        raise TimeIsOver(asked.lapses_at)


def _refuse_if_answered(asked: Request) -> None:
    found = Answer.objects.filter(compound=asked.compound, request=asked).first()
    if found is not None:
        raise AnsweredAlready(found.outcome)


def _office_of(asked: Request, kind: Kind, by: User, at: datetime) -> str:
    """The office in which this person answers; refuses the asker, by whatever account."""
    asker = User.objects.get(pk=asked.asked_by)
    theirs = {asked.asked_phone, *phones_of(asker)} - {""}
    if by.pk == asked.asked_by or theirs & phones_of(by):
        raise Oneself
    place, on = queries.place_of(asked), timezone.localdate(at)
    held = queries.roles_held(by, sorted(kind.answerers), place, on)
    if not held:
        raise NoOfficeHere
    if asked.other_office:
        held = [role for role in held if role != asked.asked_as]
        if not held:
            raise SameOffice
    return held[0]


def _refuse_if_asker_left(asked: Request, at: datetime) -> None:
    asker = User.objects.get(pk=asked.asked_by)
    place, on = queries.place_of(asked), timezone.localdate(at)
    if not queries.roles_held(asker, [asked.asked_as], place, on):
        raise AskerLeft


def _tell_both(asked: Request, answer: Answer) -> None:
    """The asker learns the answer; who answered sees by the message that it was taken as theirs."""
    tell(asked, asked.asked_by, "ended")
    if answer.by is not None:
        tell(asked, answer.by, "ended")
