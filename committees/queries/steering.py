"""What the clerk needs: the next step and what blocks it, whom a nomination means, the ballot."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from committees.models import Candidate, Matter, Meeting, Member, Term
from committees.rules import timetable
from committees.rules.matters import Matter as MatterValue
from committees.rules.ratio import PartyShare
from committees.rules.timetable import Obstacle
from portal.owners import queries as owners
from portal.owners.models import Owner
from portal.owners.rules.rooms import read_room
from portal.places.models import Building, Compound

from .progress import publications, slates
from .roll import parts_on_the_roll
from .rules import local, periods, rules_of, usual_voting_days
from .waiving import still_blocking

Stage = Meeting.Stage
BEFORE_THE_COUNT = (Stage.NOMINATING, Stage.PUBLISHED, Stage.OPEN, Stage.CLOSED)
NEXT = {
    Stage.PREPARING: ("freeze", _("冻结业主名册")),
    Stage.NOMINATING: ("publish", _("发布会议公告和候选人名单")),
    Stage.PUBLISHED: ("open", _("开始投票")),
    Stage.OPEN: ("close", _("结束投票")),
    Stage.CLOSED: ("count", _("计票")),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One matter on the ballot: its field, its words, and who stands."""

    matter: Matter
    value: MatterValue
    field: Any
    candidates: tuple[Candidate, ...]

    @property
    def marked(self) -> list[str]:
        """What is marked, in the words of the ballot."""
        chosen = self.field.value() or []
        chosen = [chosen] if isinstance(chosen, str) else chosen
        return [str(label) for value, label in self.field.field.choices if value in chosen]


def next_step(meeting: Meeting) -> tuple[str, Promise] | None:
    """The address name and the button of the next step; None after the count."""
    return NEXT.get(Stage(meeting.stage))


def obstacles(meeting: Meeting, at: datetime) -> tuple[Obstacle, ...]:
    """Everything that stands in the way of the next step."""
    match meeting.stage:
        case Stage.PREPARING:
            matters = Matter.objects.filter(compound_id=meeting.compound_id, meeting=meeting)
            return timetable.to_freeze(
                matters=matters.count(), parts=parts_on_the_roll(meeting.compound)
            )
        case Stage.NOMINATING:
            return timetable.to_publish(slates(meeting))
        case Stage.PUBLISHED:
            return obstacles_to_open(meeting, at)
        case Stage.OPEN:
            return timetable.to_close(closes_at=local(meeting.closes_at), at=local(at))
        case _:
            return ()


def in_the_way(meeting: Meeting, at: datetime) -> tuple[Obstacle, ...]:
    """What still stands in the way of the next step: no waiver covers it."""
    found, step = obstacles(meeting, at), next_step(meeting)
    if not found or step is None:
        return ()
    return still_blocking(meeting, timetable.Step(step[0]), found, at)


def obstacles_to_open(meeting: Meeting, at: datetime) -> tuple[Obstacle, ...]:
    return timetable.to_open(
        publications(meeting),
        periods(meeting.compound, at, kind=meeting.kind),
        opens_at=local(meeting.opens_at),
        closes_at=local(meeting.closes_at),
        at=local(at),
    )


def usual_times(compound: Compound, at: datetime) -> dict[str, datetime]:
    """When voting would open and close by the rulebook's periods, for a form to start from."""
    days = periods(compound, at)
    opens_on = local(at).date() + timedelta(days=days.notice + 1)
    opens_at = datetime.combine(opens_on, time(9), tzinfo=local(at).tzinfo)
    closes_on = opens_on + timedelta(days=usual_voting_days(compound, at))
    closes_at = datetime.combine(closes_on, time(18), tzinfo=local(at).tzinfo)
    return {"opens_at": opens_at, "closes_at": closes_at}


def scopes(compound: Compound, *, on: date) -> list[tuple[str, Promise | str]]:
    """The scopes a decision of this compound may have on the day, with their names."""
    buildings = Building.objects.filter(compound=compound).order_by("code")
    everybody = ("all", _("全体业主（含车位、储藏室）"))
    if owners.counting_of(compound, on=on).parking:
        whole = [("homes", everybody[1])]
    else:
        whole = [("homes", _("全体业主（不含车位、储藏室）")), everybody]
    return [
        *whole,
        *((f"b-{one.code}", _("仅 %s 业主") % one) for one in buildings),
    ]


def owner_in_room(meeting: Meeting, room: str, name: str) -> Owner | None:
    """The owner of this name who holds this room on the registry, if there is exactly one."""
    parsed = read_room(room)
    if parsed is None:
        return None
    return owners.owner_named(meeting.compound, parsed.key, name)


def candidates_share(meeting: Meeting, matter: Matter) -> PartyShare:
    """The party share among those who stand, against the meeting's target."""
    standing = list(
        Candidate.objects.standing().filter(compound_id=meeting.compound_id, matter=matter)
    )
    members = sum(who.is_party_member for who in standing)
    return PartyShare(rules_of(meeting).party_target, len(standing), members)


def may_end(meeting: Meeting) -> bool:
    """Whether the meeting is at a stage at which it can be called off."""
    return meeting.stage in BEFORE_THE_COUNT


def elections_to_seat(meeting: Meeting) -> list[Matter]:
    """The counted meeting's elections of the committee or into its vacancies, while nobody was
    seated from them."""
    if meeting.stage != Stage.COUNTED:
        return []
    rows = Matter.objects.filter(compound_id=meeting.compound_id, meeting=meeting)
    rows = rows.filter(kind=Matter.Kind.ELECTION).exclude(elects=Matter.Body.OTHER)
    if Term.objects.filter(compound_id=meeting.compound_id, meeting=meeting.pk).exists():
        rows = rows.exclude(elects=Matter.Body.COMMITTEE)
    seats = Member.objects.filter(compound_id=meeting.compound_id, elected_in=OuterRef("pk"))
    return list(rows.exclude(Exists(seats)).order_by("position"))


def ballot_sheets(meeting: Meeting, form: Any) -> list[Sheet]:
    """The ballot's matters in order, each with its bound field and its candidates."""
    matters = {
        matter.code: matter
        for matter in Matter.objects.filter(
            compound_id=meeting.compound_id, meeting=meeting
        ).prefetch_related("candidates")
    }
    return [
        Sheet(
            matters[value.id],
            value,
            form[value.id],
            tuple(sorted(matters[value.id].candidates.all(), key=lambda who: who.position)),
        )
        for value in form.matters
    ]
