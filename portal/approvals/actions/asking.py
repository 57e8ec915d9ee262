"""Ask for what nobody does alone."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.queries import phone_mark
from portal.approvals import queries
from portal.approvals.kinds import Kind, kind_of
from portal.approvals.models import Request
from portal.approvals.queries import Place
from portal.places.models import Compound, Region
from portal.tools import jobs
from portal.tools.audit.actions import note

from .refusals import AskedAlready, NobodyAnswers, NoOfficeHere


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked: its kind, where, about which thing, why; `facts` holds ids and codes."""

    kind: str
    place: Place
    target: UUID
    reason: str
    facts: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def ask(wanted: Wanted, *, by: User, at: datetime) -> Request:
    """Ask another to agree, and tell everybody who may.  The same asked twice is one request.
    Refuses NoOfficeHere, AskedAlready, NobodyAnswers."""
    kind, on = kind_of(wanted.kind), timezone.localdate(at)
    _lock(wanted.place)
    held = queries.roles_held(by, kind.askers, wanted.place, on)
    if not held:
        raise NoOfficeHere
    alike = queries.open_requests(
        wanted.kind, wanted.place, at, target=wanted.target, facts=wanted.facts
    )
    if (found := alike.first()) is not None:
        if found.asked_by != by.pk:
            raise AskedAlready(found.pk)
        return found
    asked_as, others = _who_can_answer(kind, wanted.place, by, held, on)
    asked = Request.objects.create(
        compound=queries.compound_of(wanted.place),
        region=queries.region_of(wanted.place),
        kind=kind.name,
        subject=kind.subject,
        target=wanted.target,
        facts=wanted.facts,
        reason=wanted.reason.strip(),
        asked_by=by.pk,
        asked_as=asked_as,
        asked_phone=phone_mark(by),
        asked_at=at,
        lapses_at=at + queries.time_to_answer(kind, wanted.place, on),
        other_office=kind.other_office,
        may_be_alone=kind.may_be_alone,
    )
    facts = {"kind": kind.name, "target": str(wanted.target)}
    note("approvals.ask", asked, by=by.pk, at=at, facts=facts)
    for each in others:
        tell(asked, each.pk, "asked")
    return asked


def tell(asked: Request, user: UUID, word: str) -> None:
    """Have a person told by message: of what is asked, or how it ended."""
    jobs.send("approvals.tell", request=asked.pk, user=user, word=word)


def _lock(place: Place) -> None:
    """One request at a time in a place, so that the same asked twice at once is one."""
    if isinstance(place, Compound):
        Compound.objects.select_for_update(of=("self",), no_key=True).get(pk=place.pk)
    else:
        Region.objects.select_for_update(of=("self",), no_key=True).get(pk=place.pk)


def _who_can_answer(
    kind: Kind, place: Place, by: User, held: list[str], on: date
) -> tuple[str, list[User]]:
    """The office asked as, and everybody besides the asker who may answer that; of two offices
    held, the first that leaves somebody.  Refuses NobodyAnswers."""
    for asked_as in held:
        roles = kind.answerers - {asked_as} if kind.other_office else kind.answerers
        others = [who for who in queries.people_who_hold(roles, place, on=on) if who != by]
        if others:
            return asked_as, others
    raise NobodyAnswers
