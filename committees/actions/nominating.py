"""Nominate, withdraw, and publish what is put to the owners."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from committees import documents, queries
from committees.models import Candidate, Matter, Meeting
from committees.rules import timetable
from portal.owners.models import Owner
from portal.owners.rules.people import name_key
from portal.publicity import actions as publicity
from portal.publicity.models import Publicity
from portal.tools.audit.actions import note

from .announcing import fix_plan
from .refusals import AlreadyStands, NotAnOwner
from .steps import alone, clear_the_way, require, save

Stage = Meeting.Stage


@dataclass(frozen=True, slots=True)
class Nomination:
    """Who is nominated; party membership is declared, and published only with consent."""

    owner: Owner
    is_party_member: bool
    agrees_to_publish: bool
    channel: str
    statement: str = ""


@transaction.atomic
def nominate(matter: Matter, nomination: Nomination, *, by: UUID, at: datetime) -> Candidate:
    """Put an owner of the frozen roll up for election (指导规则 arts 14, 31); who withdrew before
    comes to the end of the list.  Refuses NotAnOwner and AlreadyStands."""
    meeting = alone(matter.meeting)
    require(meeting, Stage.NOMINATING)
    if not queries.stands_on_the_roll(meeting, nomination.owner):
        raise NotAnOwner
    listed = Candidate.objects.filter(compound_id=meeting.compound_id, matter=matter)
    if listed.standing().filter(owner=nomination.owner).exists():
        raise AlreadyStands
    candidate, _is_new = listed.update_or_create(
        compound=meeting.compound,
        matter=matter,
        owner=nomination.owner,
        defaults={
            "position": 1 + max(listed.values_list("position", flat=True), default=0),
            "name": nomination.owner.name,
            "is_party_member": nomination.is_party_member,
            "agrees_to_publish": nomination.agrees_to_publish,
            "channel": nomination.channel,
            "statement": nomination.statement,
            "nominated_at": at,
            "withdrawn_at": None,
        },
    )
    _tell_apart(meeting, listed.standing(), candidate)
    note("committees.nominate", candidate, by=by, at=at)
    return candidate


def _tell_apart(meeting: Meeting, standing: QuerySet[Candidate], newcomer: Candidate) -> None:
    """Where several of one name stand, each is named with a room: a ballot says who is meant."""
    name = name_key(newcomer.owner.name)
    alike = [who for who in standing.select_related("owner") if name_key(who.owner.name) == name]
    if len(alike) == 1:
        return
    for who in alike:
        who.name = f"{who.owner.name}（{queries.room_on_the_roll(meeting, who.owner)}）"
        who.save(update_fields=["name"])
    newcomer.refresh_from_db(fields=["name"])


@transaction.atomic
def withdraw(candidate: Candidate, *, by: UUID, at: datetime) -> Candidate:
    """A nomination taken back before the list is published."""
    require(alone(candidate.matter.meeting), Stage.NOMINATING)
    candidate.refresh_from_db(fields=["withdrawn_at"])
    if candidate.withdrawn_at is None:
        candidate.withdrawn_at = at
        candidate.save(update_fields=["withdrawn_at"])
        note("committees.withdraw", candidate, by=by, at=at)
    return candidate


@transaction.atomic
def publish(meeting: Meeting, *, by: UUID, at: datetime) -> Meeting:
    """Announce the meeting and its candidates; from here on neither list changes."""
    meeting = alone(meeting)
    require(meeting, Stage.NOMINATING)
    slates = queries.slates(meeting)
    clear_the_way(meeting, timetable.Step.PUBLISH, timetable.to_publish(slates), at=at)
    periods = queries.periods(meeting.compound, at, kind=meeting.kind)
    meeting.stage = Stage.PUBLISHED
    meeting.announced_closes_at = meeting.closes_at
    save(meeting, "stage", "announced_closes_at")
    announced = fix_plan(meeting, by=by, at=at)
    kinds = Publicity.Kind
    publicity.announce(
        documents.meeting_notice(meeting, announced, at=at),
        compound=meeting.compound,
        kind=kinds.NOTICE,
        case=meeting.number,
        days=periods.notice,
        rule_key="meeting.notice.days",
        by=by,
        at=at,
    )
    if slates:
        publicity.announce(
            documents.candidate_list(meeting, at=at),
            compound=meeting.compound,
            kind=kinds.CANDIDATES,
            case=meeting.number,
            days=periods.candidates,
            rule_key="publicity.candidates.days",
            by=by,
            at=at,
        )
    note("committees.publish", meeting, by=by, at=at)
    return meeting
