"""Committees: what was taken over from paper, and the re-elections held here."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from uuid import UUID

from committees import actions
from committees.models import Matter, Meeting, Member, PostHeld, Term
from portal.owners.models import Owner
from portal.places.models import Compound, Part

from . import accounts as people
from .compounds import BEGAN, Plan, ReElection
from .consultation import Agenda, Hold, Stands, Turnout
from .county import County

NUMERALS = "一二三四五六七八九"
# days before the count
PREPARED, PUBLISHED, OPENED, CLOSED = 52, 42, 17, 1
TERM_STARTS = 2  # days after the count
FIRST_MEETING = 3  # days after the term began
YEARS = 5
VOTING_DAYS = 13
SHARE = 78
SUPPORT = (0.95, 0.93, 0.9, 0.87, 0.84, 0.81, 0.78)
ALTERNATE, BEATEN = 0.66, 0.3
DECISIONS = [
    ("修订业主大会议事规则", "将会议形式修订为网上投票与纸质票并行，其余条款不变。"),
    ("公共收益用于小区照明改造", "从公共收益中列支八万元，更换楼道和道路照明，完工后公布决算。"),
    ("修订管理规约中的停车条款", "消防车通道和登高场地内禁止停车，违者由物业劝离并记录。"),
]
POSTS = (Member.Post.CHAIR, Member.Post.VICE)


def residents(compound: Compound) -> list[Owner]:
    """The persons who own a home, in the order of their rooms and names, each once."""
    homes = Part.objects.filter(compound=compound, kind=Part.Kind.DWELLING)
    owners = [
        owner
        for part in homes.prefetch_related("holdings__owner").by_room()
        for owner in sorted((held.owner for held in part.holdings.all()), key=str)
        if owner.kind == Owner.Kind.PERSON
    ]
    return list(dict.fromkeys(owners))


def take_over(county: County, plan: Plan) -> None:
    """A committee elected before the portal, whose term runs on or has run out."""
    if plan.sitting is None:
        return
    sitting, compound = plan.sitting, county.compounds[plan.number]
    starts_on = county.day(sitting.began)
    chosen = _dice(plan).sample(residents(compound), len(sitting.members))
    _enter(
        county,
        plan,
        _term(sitting.number, starts_on, county.day(-sitting.ends_in), chosen, sitting.members),
    )


def re_elect(county: County, plan: Plan) -> None:
    """The committee before, the meeting, its ballots and its count, and the new term."""
    election = plan.re_election
    if election is None:
        return
    dice = _dice(plan)
    former, standing = _people(county, plan, election, dice)
    starts_on = county.day(election.days_ago - TERM_STARTS)
    before = _years_later(starts_on, -YEARS)
    _enter(
        county,
        plan,
        _term(election.number - 1, before, starts_on - timedelta(1), former, election.before),
    )
    hold = Hold(county.compounds[plan.number], county.clerks[plan.number].pk, dice)
    meeting = hold.open(hold.until_published(_agenda(county, plan, election), standing))
    users = (people.NEIGHBOUR, people.MEMBER) if plan == county.garden else ()
    known = tuple(county.users[account.name].pk for account in users)
    hold.cast_all(meeting, Turnout(VOTING_DAYS, share=SHARE, first=known), standing)
    counted_at = county.moment(election.days_ago, 10)
    term = actions.seat_committee(
        hold.count(meeting, counted_at),
        starts_on=starts_on,
        ends_on=_years_later(starts_on, YEARS) - timedelta(1),
        by=hold.clerk,
        at=counted_at,
    )
    _choose_posts(county, term, [one.owner for one in standing], by=hold.clerk)
    if election.resigned:
        _resign(county, term, election.resigned, by=hold.clerk)


def _choose_posts(county: County, term: Term, standing: Sequence[Owner], *, by: UUID) -> None:
    """The members' first meeting, where its day has come: the first of the ballot who sit."""
    met_on = term.starts_on + timedelta(FIRST_MEETING)
    if met_on >= county.on:
        return
    seats = {seat.owner_id: seat.pk for seat in term.members.sitting(met_on)}
    chair, vice = [seats[owner.pk] for owner in standing if owner.pk in seats][: len(POSTS)]
    actions.choose_posts(
        term,
        actions.Posts(chair, frozenset({vice}), met_on, "业主委员会首次会议纪要"),
        by=by,
        at=county.moment((county.on - met_on).days, 20),
    )


def _resign(county: County, term: Term, days_ago: int, *, by: UUID) -> None:
    """One who is in no post and no party goes, and the alternate moves up."""
    last_on = county.day(days_ago)
    posts = PostHeld.objects.filter(compound_id=term.compound_id, chosen__term=term)
    plain = term.members.sitting(last_on).exclude(pk__in=posts.values("member"))
    leaver = plain.filter(is_party_member=False).order_by("pk").last()
    alternate = term.members.get(alternate_rank=1)
    if leaver is None:
        raise LookupError(f"{term} has nobody to resign")
    leaving = actions.Leaving(last_on, Member.Ending.RESIGNED, "个人书面辞职报告", alternate.pk)
    actions.leave_seat(leaver, leaving, by=by, at=county.moment(days_ago, 20))


def _dice(plan: Plan) -> Random:
    return Random(f"election {plan.seed}")  # noqa: S311 - the same people each time, not a secret


def _people(
    county: County, plan: Plan, election: ReElection, dice: Random
) -> tuple[list[Owner], list[Stands]]:
    """Who sat before, and who stands, in the order of the ballot."""
    living = residents(county.compounds[plan.number])
    known = [account.name for account in people.ACCOUNTS]
    others = [owner for owner in living if owner.name not in known]
    former = dice.sample(others, len(election.before))
    if plan == county.garden:
        former[0] = next(owner for owner in living if owner.name == people.MEMBER.name)
    fresh = [owner for owner in others if owner not in former]
    new = dice.sample(fresh, len(election.entering) + len(election.beaten))
    party = (*election.before[: election.returning], *election.entering, *election.beaten)
    winners = election.returning + len(election.entering)
    support = [*SUPPORT[:winners], ALTERNATE if election.alternates else BEATEN, BEATEN]
    owners = [*former[: election.returning], *new]
    standing = [Stands(*one) for one in zip(owners, party, support, strict=True)]
    dice.shuffle(standing)
    return former, standing


def _term(
    number: int, starts_on: date, ends_on: date, owners: Sequence[Owner], party: Sequence[bool]
) -> actions.EarlierTerm:
    posts = (*POSTS, *[Member.Post.MEMBER] * (len(owners) - len(POSTS)))
    return actions.EarlierTerm(
        number,
        starts_on,
        ends_on,
        tuple(actions.Seat(*one) for one in zip(owners, party, posts, strict=True)),
    )


def _enter(county: County, plan: Plan, term: actions.EarlierTerm) -> None:
    actions.take_over_term(
        county.compounds[plan.number],
        term,
        by=county.clerks[plan.number].pk,
        at=county.moment(BEGAN - 2),
    )


def _agenda(county: County, plan: Plan, election: ReElection) -> Agenda:
    term = f"第{NUMERALS[election.number - 1]}届"
    title, text = DECISIONS[plan.seed % len(DECISIONS)]
    ago = election.days_ago
    return Agenda(
        actions.MeetingPlan(
            f"{plan.name}{term}业主委员会换届选举会议",
            Meeting.Kind.REGULAR,
            county.moment(ago + OPENED),
            county.moment(ago + CLOSED, 18),
        ),
        (actions.DecisionPlan(title=title, text=text, bar=Matter.Bar.ORDINARY),),
        actions.ElectionPlan(
            title=f"选举{term}业主委员会委员",
            text="任期五年。",
            seats=election.seats,
            alternates=election.alternates,
            max_choices=election.seats,
        ),
        county.moment(ago + PREPARED),
        county.moment(ago + PUBLISHED),
    )


def _years_later(day: date, years: int) -> date:
    """The same day so many years on; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
