"""A meeting is held: every step through its action, with the clock of its day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import transaction

from cms import actions as cms
from committees import actions, queries
from committees.models import Ballot, Candidate, Matter, Meeting, Voter
from committees.rules.manifest import read_manifest
from committees.rules.matters import Decision, Election
from committees.rules.matters import Matter as MatterValue
from portal.owners.models import Owner
from portal.places.models import Compound
from portal.publicity.models import Publicity
from portal.tools.keys import new_key

ON_PAPER = 0.2
SAID = (0.8, 0.14, 0.06)  # agree, against, abstain
FIRST_HOUR, HOURS = 8, 13  # people vote from eight to nine in the evening


@dataclass(frozen=True, slots=True)
class Stands:
    """Who stands for election, and with what likelihood a voter marks him or her."""

    owner: Owner
    is_party_member: bool
    support: float


@dataclass(frozen=True, slots=True)
class Agenda:
    """A meeting, what it decides, and the moments of its first steps."""

    meeting: actions.MeetingPlan
    decisions: tuple[actions.DecisionPlan, ...]
    election: actions.ElectionPlan
    prepared_at: datetime
    published_at: datetime

    @property
    def matters(self) -> list[actions.DecisionPlan | actions.ElectionPlan]:
        return [self.election, *self.decisions]


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who votes: `share` percent, or all but `short` of the heads that the meeting needs.

    The users of `first` vote at once, the users of `never` do not; the days are those of voting.
    """

    days: int
    share: int = 0
    short: int = 0
    first: tuple[UUID, ...] = ()
    never: tuple[UUID, ...] = ()


@dataclass(slots=True)
class Hold:
    """Holds one meeting in one compound, by the hand of its clerk."""

    compound: Compound
    clerk: UUID
    dice: Random

    @transaction.atomic
    def until_published(self, agenda: Agenda, standing: Sequence[Stands]) -> Meeting:
        """Prepared, roll frozen, candidates nominated, notice and list posted."""
        at = agenda.prepared_at
        meeting = actions.prepare_meeting(self.compound, agenda.meeting, by=self.clerk, at=at)
        for matter in agenda.matters:
            actions.put_matter(meeting, matter, by=self.clerk, at=at)
        meeting = actions.freeze_roll(meeting, by=self.clerk, at=at + timedelta(days=1))
        self._nominate(meeting, standing, at + timedelta(days=2))
        meeting = actions.publish(meeting, by=self.clerk, at=agenda.published_at)
        self.post(meeting, agenda.published_at)
        return meeting

    def open(self, meeting: Meeting) -> Meeting:
        return actions.open_voting(meeting, by=self.clerk, at=meeting.opens_at)

    def _nominate(self, meeting: Meeting, standing: Sequence[Stands], at: datetime) -> None:
        election = Matter.objects.get(
            compound=self.compound, meeting=meeting, kind=Matter.Kind.ELECTION
        )
        for place, one in enumerate(standing):
            nomination = actions.Nomination(
                owner=one.owner,
                is_party_member=one.is_party_member,
                agrees_to_publish=True,
                channel=self.dice.choice(Candidate.Channel.values),
                statement=STATEMENTS[place % len(STATEMENTS)],
            )
            actions.nominate(election, nomination, by=self.clerk, at=at)

    def post(self, meeting: Meeting, at: datetime) -> None:
        """The notice is live at once, at the hour of its day and not when the queue comes to it."""
        for publicity in Publicity.objects.filter(compound=self.compound, case=meeting.number):
            cms.post_notice(publicity, at=at)

    @transaction.atomic
    def cast_all(self, meeting: Meeting, turnout: Turnout, standing: Sequence[Stands]) -> None:
        """Cast the ballots in the order of their moments, and grow the ledger."""
        matters = read_manifest(meeting.manifest.encode()).meeting.matters
        support = [one.support for one in standing]
        voters = self._who_votes(meeting, turnout)
        moments = sorted(self._moment(meeting, turnout.days) for _voter in voters)
        for voter, at in zip(voters, moments, strict=True):
            on_paper = self.dice.random() < ON_PAPER
            slip = actions.Slip(
                voter,
                {matter.id: self._marks(matter, support) for matter in matters},
                new_key(),
                Ballot.Channel.PAPER if on_paper else Ballot.Channel.ONLINE,
            )
            actions.cast_ballot(meeting, slip, at=at, by=self.clerk if on_paper else None)
        actions.grow_ledger(meeting)

    def _who_votes(self, meeting: Meeting, turnout: Turnout) -> list[Voter]:
        """In the order in which they vote."""
        everybody = Voter.objects.filter(
            compound=self.compound, meeting=meeting, is_developer=False
        ).order_by("slip")
        first, never = (
            {voter.pk for user in users for voter in queries.voters_of(meeting, user)}
            for users in (turnout.first, turnout.never)
        )
        voters = [voter for voter in everybody if voter.pk not in never]
        self.dice.shuffle(voters)
        voters.sort(key=lambda voter: voter.pk not in first)
        if turnout.short:
            heads = queries.eligible(meeting)["homes"].heads
            wanted = (queries.rules_of(meeting).participation.least(of=heads) or 0) - turnout.short
        else:
            wanted = len(everybody) * turnout.share // 100
        return voters[:wanted]

    def _moment(self, meeting: Meeting, days: int) -> datetime:
        day = queries.local(meeting.opens_at) + timedelta(days=self.dice.randrange(days))
        early = timedelta(hours=1) if day.date() == queries.local(meeting.opens_at).date() else None
        minutes = timedelta(minutes=self.dice.randrange(60 * HOURS))
        return day.replace(hour=FIRST_HOUR) + minutes + (early or timedelta())

    def _marks(self, matter: MatterValue, support: Sequence[float]) -> list[int]:
        if isinstance(matter, Decision):
            said = self.dice.choices(range(3), weights=SAID)[0]
            return [int(place == said) for place in range(matter.width)]
        return self._chosen(matter, support)

    def _chosen(self, election: Election, support: Sequence[float]) -> list[int]:
        marks = [int(self.dice.random() < wish) for wish in support]
        while sum(marks) > election.max_choices:
            marks[self.dice.choice([place for place, mark in enumerate(marks) if mark])] = 0
        return marks

    @transaction.atomic
    def count(self, meeting: Meeting, at: datetime) -> Matter:
        """Close, count and post the result; gives the election."""
        meeting = actions.close_voting(meeting, by=self.clerk, at=at)
        actions.count_ballots(meeting, by=self.clerk, at=at)
        self.post(meeting, at)
        return Matter.objects.get(
            compound=self.compound, meeting=meeting, kind=Matter.Kind.ELECTION
        )


STATEMENTS = [
    "愿为邻里服务，账目公开，有事必答。",
    "在小区住了十年，熟悉设施，愿意把电梯和消防的事盯到底。",
    "做过财务，愿意把公共收益每一笔都写清楚、贴出来。",
    "退休在家有时间，随叫随到，先把停车和充电的难题解决好。",
    "从事工程工作，愿意为维修资金的使用把好质量和价格关。",
]
