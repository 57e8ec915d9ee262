"""The elected take their seats: a new term of the committee, its members and alternates."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from committees import queries
from committees.models import Candidate, Committee, Matter, Meeting, Member, Result, Term
from portal.places.models import Compound
from portal.tools.audit.actions import note

from .leaving import set_ending
from .offices import give_offices, take_back
from .refusals import (
    BeforeTheElection,
    NobodyElected,
    NotTheCommittee,
    TermOverlaps,
    TooFewElected,
)
from .steps import alone, require


@transaction.atomic
def seat_committee(
    matter: Matter, *, starts_on: date, ends_on: date, by: UUID, at: datetime
) -> Term:
    """Begin the term of those elected in `matter`; once seated, the same term is given back.

    `ends_on` is included.  A tied or open seat stays empty.  Members that sat before end with the
    day before.  Refuses NotTheCommittee, NobodyElected, TooFewElected, BeforeTheElection, and
    TermOverlaps with a later term.
    """
    if matter.elects != Matter.Body.COMMITTEE:
        raise NotTheCommittee
    meeting = alone(matter.meeting)
    require(meeting, Meeting.Stage.COUNTED)
    seated = Term.objects.filter(compound_id=meeting.compound_id, meeting=meeting.pk).first()
    if seated is not None:
        return seated
    result = Result.objects.get(compound_id=meeting.compound_id, meeting=meeting)
    outcome = next(one for one in result.result["matters"] if one["id"] == matter.code)
    if not outcome["elected"]:
        raise NobodyElected
    _refuse_too_few(meeting, len(outcome["elected"]), matter.seats or 0, at=at)
    refuse_before(result, starts_on)
    committee = committee_of(meeting.compound)
    term = _begin_term(committee, matter, starts_on, ends_on, at=at)
    give_offices(_seat(term, matter, outcome), at=at)
    note("committees.seat_committee", term, by=by, at=at)
    return term


def _refuse_too_few(meeting: Meeting, elected: int, seats: int, *, at: datetime) -> None:
    bar = queries.validity(meeting.compound, at)
    if bar is not None and not bar.cleared_by(elected, of=seats):
        raise TooFewElected(elected, seats, bar)


def refuse_before(result: Result, since: date) -> None:
    """Nobody sits on a day before the ballots were counted."""
    first_on = queries.local(result.counted_at).date()
    if since < first_on:
        raise BeforeTheElection(first_on)


def committee_of(compound: Compound) -> Committee:
    """The compound's committee, whatever the compound was called when it began; made if there is
    none yet."""
    found = Committee.objects.filter(compound=compound).order_by("pk").first()
    if found is not None:
        return found
    name = f"{compound.name}业主委员会"
    return Committee.objects.get_or_create(compound=compound, name=name)[0]


def _begin_term(
    committee: Committee, matter: Matter, starts_on: date, ends_on: date, *, at: datetime
) -> Term:
    terms = Term.objects.filter(compound_id=committee.compound_id, committee=committee)
    last = terms.order_by("-number").first()
    if last is not None and last.starts_on >= starts_on:
        raise TermOverlaps(last.starts_on)
    if last is not None:
        _end(last, starts_on, at=at)
    return Term.objects.create(
        compound=committee.compound,
        committee=committee,
        number=last.number + 1 if last else 1,
        starts_on=starts_on,
        ends_on=ends_on,
        seats=matter.seats or 0,
        meeting=matter.meeting_id,
        entered_at=at,
    )


def _end(term: Term, next_starts_on: date, *, at: datetime) -> None:
    """The members of the term before sit until the day before the new one, also past the end of
    their term: what was told of them on a day between must stay what it was."""
    last_day = next_starts_on - timedelta(days=1)
    members = Member.objects.filter(compound_id=term.compound_id, term=term)
    for member in members.filter(until__isnull=True):
        set_ending(member, last_day, Member.Ending.TERM_OVER, member.end_basis, at=at)
    held = members.filter(office__isnull=False).select_related("office")
    take_back(held, last_on=last_day, at=at)


def _seat(term: Term, matter: Matter, outcome: dict[str, list[str]]) -> list[Member]:
    candidates = {
        who.code: who
        for who in Candidate.objects.filter(compound_id=term.compound_id, matter=matter)
    }
    places: list[tuple[str, int | None]] = [(code, None) for code in outcome["elected"]]
    places += [(code, rank) for rank, code in enumerate(outcome["alternates"], start=1)]
    return [
        Member.objects.create(
            compound=term.compound,
            term=term,
            owner_id=candidates[code].owner_id,
            post=Member.Post.MEMBER if rank is None else Member.Post.ALTERNATE,
            alternate_rank=rank,
            is_party_member=candidates[code].is_party_member,
            since=term.starts_on,
            entered_at=term.entered_at,
        )
        for code, rank in places
    ]
