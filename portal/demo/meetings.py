"""Meetings of the demonstration, held through the real actions with the clock of their day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from cms import actions as cms
from committees import actions, queries
from committees.models import Ballot, Candidate, Matter, Meeting, Voter
from committees.rules.manifest import read_manifest
from committees.rules.matters import Decision
from committees.rules.matters import Matter as MatterValue
from portal.owners.models import Owner
from portal.places.models import Compound
from portal.publicity.models import Publicity
from portal.tools.keys import new_key

Clock = Callable[..., datetime]
NOMINEES = 7


@dataclass(frozen=True, slots=True)
class Plan:
    """A meeting with the moments of its steps."""

    meeting: actions.MeetingPlan
    matters: tuple[actions.DecisionPlan | actions.ElectionPlan, ...]
    prepared_at: datetime
    published_at: datetime


def re_election(moment: Clock) -> Plan:
    """A re-election of five, finished three days ago, with one decision beside it."""
    return Plan(
        actions.MeetingPlan(
            "幸福花园第三届业主委员会换届选举会议",
            Meeting.Kind.REGULAR,
            moment(20),
            moment(4, 18),
        ),
        (
            actions.ElectionPlan(
                title="选举第三届业主委员会委员",
                text="任期五年。",
                seats=5,
                alternates=1,
                max_choices=5,
            ),
            actions.DecisionPlan(
                title="修订业主大会议事规则",
                text="将会议形式修订为网上投票与纸质票并行。",
                bar=Matter.Bar.ORDINARY,
            ),
        ),
        moment(55),
        moment(45),
    )


def lift_and_renewal(moment: Clock) -> Plan:
    """A running meeting: a renewal, a special matter, and a by-election."""
    return Plan(
        actions.MeetingPlan(
            "幸福花园业主大会会议（续聘物业与电梯更新）",
            Meeting.Kind.EXTRAORDINARY,
            moment(3),
            moment(-11, 18),
        ),
        (
            actions.DecisionPlan(
                title="续聘瓯江物业服务有限公司",
                text="服务期三年，收费标准不变。",
                bar=Matter.Bar.ORDINARY,
            ),
            actions.DecisionPlan(
                title="利用电梯轿厢经营广告",
                text="收益归全体业主，每半年公布一次。",
                bar=Matter.Bar.SPECIAL,
            ),
            actions.ElectionPlan(
                title="增补一名业主委员会委员",
                text="任期与本届相同。",
                seats=1,
                alternates=0,
                max_choices=1,
            ),
        ),
        moment(30),
        moment(20),
    )


@dataclass(slots=True)
class Hold:
    """Holds one meeting; `keep_out` is a user whose ballot is left to be cast."""

    compound: Compound
    clerk: UUID
    dice: Random
    keep_out: UUID | None = None

    def until_open(self, plan: Plan) -> Meeting:
        at = plan.prepared_at
        meeting = actions.prepare_meeting(self.compound, plan.meeting, by=self.clerk, at=at)
        for matter in plan.matters:
            actions.put_matter(meeting, matter, by=self.clerk, at=at)
        meeting = actions.freeze_roll(meeting, by=self.clerk, at=at + timedelta(days=1))
        for election in Matter.objects.filter(
            compound=self.compound, meeting=meeting, kind=Matter.Kind.ELECTION
        ):
            self._nominate(election, at + timedelta(days=2))
        meeting = actions.publish(meeting, by=self.clerk, at=plan.published_at)
        self._post(meeting, plan.published_at)
        return actions.open_voting(meeting, by=self.clerk, at=meeting.opens_at)

    def _nominate(self, election: Matter, at: datetime) -> None:
        """Two more than the seats, four of seven of them party members."""
        taken = Candidate.objects.filter(compound=self.compound).values("owner")
        owners = list(
            Owner.objects.filter(compound=self.compound, kind=Owner.Kind.PERSON)
            .exclude(pk__in=taken)
            .order_by("pk")
        )
        on_roll = [one for one in owners if queries.stands_on_the_roll(election.meeting, one)]
        for place, owner in enumerate(self.dice.sample(on_roll, (election.seats or 0) + 2)):
            nomination = actions.Nomination(
                owner=owner,
                is_party_member=place % NOMINEES in {0, 1, 3, 4},
                agrees_to_publish=True,
                channel=self.dice.choice(Candidate.Channel.values),
                statement="愿为邻里服务，账目公开，有事必答。",
            )
            actions.nominate(election, nomination, by=self.clerk, at=at)

    def _post(self, meeting: Meeting, at: datetime) -> None:
        """The notice is live at once, at the hour of its day and not when the queue comes to it."""
        for publicity in Publicity.objects.filter(compound=self.compound, case=meeting.number):
            cms.post_notice(publicity, at=at)

    def cast_all(self, meeting: Meeting, *, share: int, first: datetime) -> None:
        """`share` percent of the voters vote, most of them online, over some days."""
        matters = read_manifest(meeting.manifest.encode()).meeting.matters
        kept = {voter.pk for voter in queries.voters_of(meeting, self.keep_out or new_key())}
        voters = Voter.objects.filter(
            compound=self.compound, meeting=meeting, is_developer=False
        ).order_by("slip")
        for voter in voters:
            if self.dice.randrange(100) >= share or voter.pk in kept:
                continue
            on_paper = self.dice.random() < 0.2
            slip = actions.Slip(
                voter,
                {matter.id: self._marks(matter) for matter in matters},
                new_key(),
                Ballot.Channel.PAPER if on_paper else Ballot.Channel.ONLINE,
            )
            at = first + timedelta(minutes=self.dice.randrange(60 * 24 * 2))
            actions.cast_ballot(meeting, slip, at=at, by=self.clerk if on_paper else None)
        actions.grow_ledger(meeting)

    def _marks(self, matter: MatterValue) -> list[int]:
        if isinstance(matter, Decision):
            said = self.dice.choices([0, 1, 2], weights=[80, 14, 6])[0]
            return [int(place == said) for place in range(matter.width)]
        wanted = [0.9, 0.85, 0.55, 0.8, 0.75, 0.62, 0.4][: matter.width]
        marks = [int(self.dice.random() < wish) for wish in wanted]
        while sum(marks) > matter.max_choices:
            marks[self.dice.choice([place for place, mark in enumerate(marks) if mark])] = 0
        return marks

    def finish(self, meeting: Meeting, at: datetime, *, term_starts_on: date) -> None:
        """Close, count, post the result, and seat those elected for five years."""
        meeting = actions.close_voting(meeting, by=self.clerk, at=at)
        actions.count_ballots(meeting, by=self.clerk, at=at)
        self._post(meeting, at)
        election = Matter.objects.get(
            compound=self.compound, meeting=meeting, kind=Matter.Kind.ELECTION
        )
        ends_on = term_starts_on.replace(year=term_starts_on.year + 5) - timedelta(days=1)
        actions.seat_committee(
            election, starts_on=term_starts_on, ends_on=ends_on, by=self.clerk, at=at
        )
