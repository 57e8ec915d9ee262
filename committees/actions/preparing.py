"""Prepare a meeting: what is asked, on which roll, by which rules."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from committees import queries
from committees.models import Matter, Meeting, Turnout, Voter, VoterPart
from committees.rules import timetable
from portal.owners import actions as owners
from portal.places.actions import next_number
from portal.places.models import Compound
from portal.tools.audit.actions import note
from portal.tools.keys import new_key

from . import pseudonyms
from .refusals import CommitteeElectedAlready
from .steps import alone, clear_the_way, require, save

Stage = Meeting.Stage


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    title: str
    kind: str
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class DecisionPlan:
    title: str
    text: str
    bar: str
    scope: str = "homes"
    may_follow: bool = False


@dataclass(frozen=True, slots=True)
class ElectionPlan:
    title: str
    text: str
    seats: int
    alternates: int
    max_choices: int
    scope: str = "homes"
    elects: str = Matter.Body.COMMITTEE


@transaction.atomic
def prepare_meeting(compound: Compound, plan: MeetingPlan, *, by: UUID, at: datetime) -> Meeting:
    """Begin a meeting; its number is the year and the compound's count in it, as 2026-01.  One in
    preparation that was planned just so is given back: the form was sent twice."""
    Compound.objects.select_for_update(of=("self",), no_key=True).get(pk=compound.pk)
    alike = Meeting.objects.filter(compound=compound, stage=Stage.PREPARING, **asdict(plan))
    if (found := alike.first()) is not None:
        return found
    year = queries.local(at).year
    number = next_number(compound, f"meeting-{year}")
    meeting = Meeting.objects.create(
        compound=compound,
        number=f"{year}-{number:02}",
        created_at=at,
        **asdict(plan),
    )
    note("committees.prepare_meeting", meeting, by=by, at=at)
    return meeting


@transaction.atomic
def change_meeting(meeting: Meeting, plan: MeetingPlan, *, by: UUID, at: datetime) -> Meeting:
    """Plan a meeting anew, before anything of it was announced."""
    meeting = alone(meeting)
    require(meeting, Stage.PREPARING, Stage.NOMINATING)
    for name, value in asdict(plan).items():
        setattr(meeting, name, value)
    save(meeting, *asdict(plan))
    note("committees.change_meeting", meeting, by=by, at=at)
    return meeting


@transaction.atomic
def discard_meeting(meeting: Meeting, *, by: UUID, at: datetime) -> None:
    """Take a meeting away that was begun by mistake, before its roll is frozen; nobody has heard
    of it.  Its number is not given again."""
    meeting = alone(meeting)
    require(meeting, Stage.PREPARING)
    note("committees.discard_meeting", meeting, by=by, at=at, facts={"number": meeting.number})
    Matter.objects.filter(compound_id=meeting.compound_id, meeting=meeting).delete()
    meeting.delete()


@transaction.atomic
def put_matter(
    meeting: Meeting, plan: DecisionPlan | ElectionPlan, *, by: UUID, at: datetime
) -> Matter:
    """Put one more matter to the meeting, while it is being prepared.  The same again is the same
    matter: nothing is asked twice at one meeting.  Refuses CommitteeElectedAlready."""
    meeting = alone(meeting)
    require(meeting, Stage.PREPARING)
    is_election = isinstance(plan, ElectionPlan)
    kind = Matter.Kind.ELECTION if is_election else Matter.Kind.DECISION
    put = Matter.objects.filter(compound_id=meeting.compound_id, meeting=meeting)
    if (found := put.filter(kind=kind, **asdict(plan)).first()) is not None:
        return found
    if isinstance(plan, ElectionPlan) and plan.elects == Matter.Body.COMMITTEE:
        _refuse_a_second_committee(put)
    matter = Matter.objects.create(
        compound=meeting.compound,
        meeting=meeting,
        position=1 + max(put.values_list("position", flat=True), default=0),
        kind=kind,
        **asdict(plan),
    )
    note("committees.put_matter", matter, by=by, at=at)
    return matter


def _refuse_a_second_committee(put: QuerySet[Matter]) -> None:
    """Seated from one of two elections, nobody could say which: alternates are elected with the
    members, and another body is not the committee."""
    first = put.filter(kind=Matter.Kind.ELECTION, elects=Matter.Body.COMMITTEE).first()
    if first is not None:
        raise CommitteeElectedAlready(first.title)


@transaction.atomic
def drop_matter(matter: Matter, *, by: UUID, at: datetime) -> None:
    """Take a matter off again, while the meeting is being prepared; once it is off, it is off."""
    require(alone(matter.meeting), Stage.PREPARING)
    found = Matter.objects.filter(compound_id=matter.compound_id, pk=matter.pk)
    if found.delete()[0]:
        note("committees.drop_matter", matter, by=by, at=at)


@transaction.atomic
def freeze_roll(meeting: Meeting, *, by: UUID, at: datetime) -> Meeting:
    """Freeze the roll into a version, give each head a pseudonym, fix the rules of the day."""
    meeting = alone(meeting)
    require(meeting, Stage.PREPARING)
    matters = Matter.objects.filter(compound_id=meeting.compound_id, meeting=meeting)
    obstacles = timetable.to_freeze(
        matters=matters.count(), parts=queries.parts_on_the_roll(meeting.compound)
    )
    clear_the_way(meeting, timetable.Step.FREEZE, obstacles, at=at)
    meeting.roll = owners.freeze_roll(meeting.compound, by=by, at=at)
    meeting.rules, meeting.sources = queries.rules_of_the_day(meeting, at)
    meeting.stage = Stage.NOMINATING
    save(meeting, "roll", "rules", "sources", "stage")
    _enter_voters(meeting)
    note("committees.freeze_roll", meeting, by=by, at=at, facts={"roll": str(meeting.roll_id)})
    return meeting


def _enter_voters(meeting: Meeting) -> None:
    """One voter for each head of the frozen roll, and its parts with the scopes they count in."""
    heads = queries.frozen_heads(meeting)
    names = pseudonyms.distinct("v", len(heads))
    voters, parts = [], []
    for slip, (head, name) in enumerate(zip(heads, names, strict=True), start=1):
        voter = Voter(
            id=new_key(),
            compound=meeting.compound,
            meeting=meeting,
            group=head.id,
            pseudonym=name,
            slip=slip,
            area=sum(line.area for line in head.counted),
            rooms=[line.key for line in head.lines],
            is_developer=head.is_developer,
        )
        voters.append(voter)
        parts += [(voter, line) for line in head.lines]
    Voter.objects.bulk_create(voters, batch_size=2000)
    labels = pseudonyms.distinct("p", len(parts))
    VoterPart.objects.bulk_create(
        [
            VoterPart(
                compound=meeting.compound,
                meeting=meeting,
                voter=voter,
                part=line.part,
                pseudonym=label,
                area=line.area,
                scopes=line.scopes,
                building=line.building,
            )
            for (voter, line), label in zip(parts, labels, strict=True)
        ],
        batch_size=2000,
    )
    Turnout.objects.bulk_create(
        [
            Turnout(
                compound=meeting.compound,
                meeting=meeting,
                scope=scope,
                eligible_heads=weight.heads,
                eligible_area=weight.area,
            )
            for scope, weight in queries.eligible(meeting).items()
        ]
    )
