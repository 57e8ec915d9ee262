"""What waits for a user: ballots to cast, meetings to run, compounds to watch."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from committees.models import Ballot, Meeting, Voter
from committees.queries import voters_of
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
    lived_in = {home.compound.pk: home.compound for home in homes}
    watched = _watched(offices)
    return Desk(
        homes=homes,
        to_bind=owners.homes_to_bind(user).exists(),
        ballots=_ballots(user, list(lived_in.values()), at),
        roles=[str(ROLES[role]) for role in dict.fromkeys(office.role for office in offices)],
        compounds=watched,
        meetings=_meetings(watched),
        publicities=[
            one
            for compound in lived_in.values()
            for one in publicity.running(at, compound=compound)
        ],
    )


def _ballots(user: User, compounds: list[Compound], at: datetime) -> list[BallotTask]:
    open_now = Meeting.objects.filter(
        compound__in=compounds, stage=Meeting.Stage.OPEN, opens_at__lte=at, closes_at__gt=at
    ).select_related("compound")
    tasks = []
    for meeting in open_now:
        voters = list(voters_of(meeting, user.pk))
        cast = {
            ballot.voter_id: ballot
            for ballot in Ballot.objects.filter(
                compound_id=meeting.compound_id,
                meeting=meeting,
                voter__in=voters,
                voided__isnull=True,
            ).defer("envelope")
        }
        tasks += [BallotTask(meeting, voter, cast.get(voter.pk)) for voter in voters]
    return tasks


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
