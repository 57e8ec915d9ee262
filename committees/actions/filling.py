"""Those elected in a by-election (补选) take the open seats, for what is left of the term."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import count
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from committees import queries
from committees.models import Candidate, Matter, Meeting, Member, Result, Term
from committees.queries.committee import State, terms_of
from portal.tools.audit.actions import note

from .leaving import end_seat
from .offices import give_offices
from .refusals import NobodyElected, NoTermToFill, NotTheCommittee, NoVacancy, SeatedAlready
from .seating import refuse_before
from .steps import alone, require


@transaction.atomic
def fill_vacancies(matter: Matter, *, since: date, by: UUID, at: datetime) -> list[Member]:
    """Seat those elected in `matter` from a day on; once seated, the same members are given back.

    No more sit than seats are vacant on that day, in the order of their votes; who finds none is
    the first of the new alternates.  An alternate who was elected is no alternate any more; new
    alternates rank behind the others.  Refuses NotTheCommittee, NobodyElected, BeforeTheElection,
    NoTermToFill, NoVacancy and SeatedAlready.
    """
    if matter.elects != Matter.Body.VACANCIES:
        raise NotTheCommittee
    meeting = alone(matter.meeting)
    require(meeting, Meeting.Stage.COUNTED)
    seated = Member.objects.filter(compound_id=meeting.compound_id, elected_in=matter)
    if found := list(seated):
        return found
    result = Result.objects.get(compound_id=meeting.compound_id, meeting=meeting)
    outcome = next(one for one in result.result["matters"] if one["id"] == matter.code)
    if not outcome["elected"]:
        raise NobodyElected
    term = _term_to_fill(meeting, since, queries.local(at).date())
    refuse_before(result, since)
    members = list(_seat(term, matter, outcome, since=since, at=at))
    give_offices(members, at=at)
    note("committees.fill_vacancies", term, by=by, at=at, facts={"matter": str(matter.pk)})
    return members


def _term_to_fill(meeting: Meeting, since: date, today: date) -> Term:
    """The term that nobody has followed, if it runs on that day.  A term begins with everybody who
    was elected into it, so that a vacancy is filled on its second day at the earliest."""
    for facts in terms_of(meeting.compound, today):
        if facts.state is State.FOLLOWED or not facts.term.starts_on < since <= facts.term.ends_on:
            continue
        return Term.objects.select_for_update(of=("self",), no_key=True).get(
            compound_id=meeting.compound_id, pk=facts.term.pk
        )
    raise NoTermToFill


def _seat(
    term: Term, matter: Matter, outcome: dict[str, list[str]], *, since: date, at: datetime
) -> Iterator[Member]:
    candidates = {
        who.code: who
        for who in Candidate.objects.filter(compound_id=term.compound_id, matter=matter)
    }
    _refuse_the_seated(term, [candidates[code] for code in outcome["elected"]], since)
    vacant = _vacant(term, since)
    elected = [candidates[code] for code in outcome["elected"][:vacant]]
    waiting_next = outcome["elected"][vacant:] + outcome["alternates"]
    for who in elected:
        for waiting in _waiting(term, since).filter(owner=who.owner_id):
            last_on = since - timedelta(days=1)
            end_seat(waiting, last_on, Member.Ending.MOVED_UP, "", at=at)
        yield _join(term, matter, who, since, at=at)
    ranked = _waiting(term, since)
    ranks = count(1 + max((one.alternate_rank or 0 for one in ranked), default=0))
    known = set(ranked.values_list("owner", flat=True))
    for code in waiting_next:
        if candidates[code].owner_id not in known:
            yield _join(term, matter, candidates[code], since, at=at, rank=next(ranks))


def _vacant(term: Term, since: date) -> int:
    """How many seats of the term nobody holds on the day or takes later; refuses NoVacancy."""
    rows = Member.objects.filter(
        compound_id=term.compound_id, term=term, alternate_rank__isnull=True
    )
    vacant = term.vacant(rows.filter(Q(until__isnull=True) | Q(until__gte=since)).count())
    if not vacant:
        raise NoVacancy(term.seats)
    return vacant


def _refuse_the_seated(term: Term, elected: Iterable[Candidate], since: date) -> None:
    rows = Member.objects.sitting(since).filter(
        compound_id=term.compound_id, term=term, owner__in=[who.owner_id for who in elected]
    )
    if names := tuple(one.owner.name for one in rows.select_related("owner")):
        raise SeatedAlready(names)


def _waiting(term: Term, since: date) -> QuerySet[Member]:
    """The alternates of the day before who have not ended."""
    rows = Member.objects.in_office(since - timedelta(days=1)).select_related("office")
    return rows.filter(
        compound_id=term.compound_id, term=term, alternate_rank__isnull=False, until__isnull=True
    )


def _join(
    term: Term,
    matter: Matter,
    who: Candidate,
    since: date,
    *,
    at: datetime,
    rank: int | None = None,
) -> Member:
    return Member.objects.create(
        compound=term.compound,
        term=term,
        owner_id=who.owner_id,
        post=Member.Post.MEMBER if rank is None else Member.Post.ALTERNATE,
        alternate_rank=rank,
        is_party_member=who.is_party_member,
        since=since,
        elected_in=matter,
        entered_at=at,
    )
