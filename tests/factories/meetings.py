"""Meetings brought to a stage through the actions, with the clock of their days."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from cms import actions as cms
from committees import actions
from committees.models import Ballot, Candidate, Matter, Meeting, Voter
from portal.accounts.models import RegionOffice, User
from portal.approvals import actions as approvals
from portal.approvals.models import Answer
from portal.owners.models import Owner
from portal.places.models import Compound
from portal.publicity.models import Publicity
from portal.tools.keys import new_key

from . import people, places, rulebook

PREPARED = datetime(2026, 9, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
PUBLISHED = PREPARED + timedelta(days=10)
OPENED = PUBLISHED + timedelta(days=20)
CLOSED = OPENED + timedelta(days=14)


@dataclass
class Held:
    """A meeting with the people of its compound; each step is taken by `clerk`."""

    compound: Compound
    clerk: User
    owners: list[Owner]
    meeting: Meeting = field(init=False)

    def matter(self, position: int) -> Matter:
        return Matter.objects.get(meeting=self.meeting, position=position)

    def voter(self, place: int) -> Voter:
        """The voter of the owner at this place of `owners`."""
        room = self.owners[place].holdings.get().part.key
        return Voter.objects.get(meeting=self.meeting, rooms__contains=[room])

    def address(self, name: str, **more: object) -> str:
        """The address of a page of this meeting."""
        place = {"code": self.compound.code, "number": self.meeting.number}
        return reverse(f"committees:{name}", kwargs=place | more)

    def submission(self, place: int, choices: dict, channel: str = Ballot.Channel.ONLINE):
        """A ballot as the owner at this place of `owners` sends it."""
        return actions.Slip(self.voter(place), choices, new_key(), channel)

    def cast(self, place: int, choices: dict, *, channel: str = Ballot.Channel.ONLINE, at=None):
        slip = self.submission(place, choices, channel)
        by = self.clerk.pk if channel == Ballot.Channel.PAPER else None
        return actions.cast_ballot(
            self.meeting, slip, at=at or OPENED + timedelta(hours=place + 1), by=by
        )


def compound_with_owners(compound: Compound, count: int) -> list[Owner]:
    """`count` owners of one home each, of 80.00, 81.00 … m²."""
    return [
        people.owner(
            compound,
            places.part(compound, f"{n % 2 + 1}-1-{n + 201}", area=8000 + 100 * n),
            name=f"业主{n}",
        )
        for n in range(count)
    ]


def prepared(compound: Compound, clerk: User, *, owners: int = 9) -> Held:
    """A meeting being prepared: a decision m1 and an election m2 of two seats."""
    rulebook.load()
    cms.build_site("永嘉县")
    held = Held(compound, clerk, compound_with_owners(compound, owners))
    plan = actions.MeetingPlan("第一次会议", Meeting.Kind.REGULAR, OPENED, CLOSED)
    held.meeting = actions.prepare_meeting(compound, plan, by=clerk.pk, at=PREPARED)
    decision = actions.DecisionPlan("续聘物业", "三年", Matter.Bar.ORDINARY, may_follow=True)
    election = actions.ElectionPlan("选举委员", "", seats=2, alternates=1, max_choices=2)
    for one in (decision, election):
        actions.put_matter(held.meeting, one, by=clerk.pk, at=PREPARED)
    return held


def nominating(compound: Compound, clerk: User, *, owners: int = 9, candidates: int = 3) -> Held:
    held = prepared(compound, clerk, owners=owners)
    held.meeting = actions.freeze_roll(held.meeting, by=clerk.pk, at=PREPARED)
    for place in range(candidates):
        nominate(held, place)
    return held


def nominate(held: Held, place: int) -> Candidate:
    nomination = actions.Nomination(
        owner=held.owners[place],
        is_party_member=place % 2 == 0,
        agrees_to_publish=True,
        channel=Candidate.Channel.SELF,
    )
    return actions.nominate(held.matter(2), nomination, by=held.clerk.pk, at=PREPARED)


def published(compound: Compound, clerk: User, **shape: int) -> Held:
    held = nominating(compound, clerk, **shape)
    announce(held)
    return held


def announce(held: Held) -> None:
    """Publish, and have the notices live at once."""
    held.meeting = actions.publish(held.meeting, by=held.clerk.pk, at=PUBLISHED)
    for publicity in Publicity.objects.filter(compound=held.compound, case=held.meeting.number):
        cms.post_notice(publicity, at=PUBLISHED)


def supervisor(held: Held) -> User:
    """An officer of the community, who may agree to what the clerk asks."""
    user = people.user("韩十")
    people.region_office(user, held.compound.region, RegionOffice.Role.COMMUNITY)
    return user


def waive(held: Held, *, at: datetime, reason: str = "确有必要") -> Answer:
    """The clerk asks for a waiver of what is in the way of the next step, the community agrees."""
    asked = actions.ask_to_waive(held.meeting, reason=reason, by=held.clerk, at=at)
    return approvals.agree(asked, by=supervisor(held), at=at)


def opened(compound: Compound, clerk: User, **shape: int) -> Held:
    held = published(compound, clerk, **shape)
    held.meeting = actions.open_voting(held.meeting, by=clerk.pk, at=OPENED)
    return held


def counted(compound: Compound, clerk: User, **shape: int) -> Held:
    """Seven of nine vote, all agree; c1 and c2 are chosen by all, c3 by one."""
    held = opened(compound, clerk, **shape)
    for place in range(7):
        marks = [1, 1, 0] if place else [0, 1, 1]
        held.cast(place, {"m1": [1, 0, 0, 0], "m2": marks})
    held.meeting = actions.close_voting(held.meeting, by=clerk.pk, at=CLOSED)
    actions.count_ballots(held.meeting, by=clerk.pk, at=CLOSED)
    held.meeting.refresh_from_db()
    return held
