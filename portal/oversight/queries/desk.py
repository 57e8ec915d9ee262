"""What waits for a user: ballots to cast, meetings to run, compounds to watch."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from committees.models import Ballot, Meeting, Voter
from committees.queries import voters_at
from committees.queries.pages import ballots_to_cast
from portal.accounts.models import CompoundOffice, RegionOffice, User
from portal.accounts.queries import Held, offices_of
from portal.owners import queries as owners
from portal.places.models import Compound
from portal.publicity import queries as publicity

AT_WORK = [
    Meeting.Stage.PREPARING,
    Meeting.Stage.NOMINATING,
    Meeting.Stage.PUBLISHED,
    Meeting.Stage.OPEN,
    Meeting.Stage.CLOSED,
]
ROLES = dict(CompoundOffice.Role.choices) | dict(RegionOffice.Role.choices)
MOST = 50


@dataclass(frozen=True, slots=True)
class BallotTask:
    """A voter of the user's at an open meeting, and the ballot if it was cast."""

    meeting: Meeting
    voter: Voter
    ballot: Ballot | None


@dataclass(frozen=True, slots=True)
class Desk:
    homes: list[owners.Home]
    to_bind: bool
    ballots: list[BallotTask]
    roles: list[str]
    compounds: list[Compound]
    meetings: list[Meeting]
    publicities: list[publicity.Posted]


def desk_of(user: User, at: datetime) -> Desk:
    """Everything the user's own page shows."""
    offices = offices_of(user, at.date())
    homes = owners.homes_of(user)
    lived_in = list(dict.fromkeys(home.compound.pk for home in homes))
    watched = _watched(offices)
    return Desk(
        homes=homes,
        to_bind=owners.homes_to_bind(user).exists(),
        ballots=_ballots(user, lived_in, at),
        roles=[str(ROLES[role]) for role in dict.fromkeys(office.role for office in offices)],
        compounds=watched,
        meetings=_meetings(watched),
        publicities=publicity.running_in(lived_in, at),
    )


def _ballots(user: User, compounds: list[UUID], at: datetime) -> list[BallotTask]:
    open_now = Meeting.objects.filter(
        compound__in=compounds, stage=Meeting.Stage.OPEN, opens_at__lte=at, closes_at__gt=at
    ).select_related("compound")
    meetings = {one.pk: one for one in open_now.order_by("closes_at", "pk")}
    found: dict[UUID, list[BallotTask]] = {pk: [] for pk in meetings}
    for voter, cast in ballots_to_cast(voters_at(meetings.values(), user.pk)):
        found[voter.meeting_id].append(BallotTask(meetings[voter.meeting_id], voter, cast))
    return [task for tasks in found.values() for task in tasks]


def _watched(offices: tuple[Held, ...]) -> list[Compound]:
    """The compounds the user's offices cover, the first fifty by code."""
    condition = Q(pk__in=[office.compound for office in offices if office.compound])
    for office in offices:
        if office.region_path:
            condition |= Q(region__path__startswith=office.region_path)
    rows = Compound.objects.filter(condition).select_related("region__parent")
    return list(rows.order_by("code")[:MOST])


def _meetings(compounds: list[Compound]) -> list[Meeting]:
    rows = Meeting.objects.filter(compound__in=compounds, stage__in=AT_WORK)
    return list(rows.select_related("compound").order_by("closes_at")[:MOST])
