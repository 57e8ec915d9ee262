"""Take over from paper a term of office that began before the portal."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from uuid import UUID

from django.db import transaction

from committees import queries
from committees.models import Committee, Member, Term
from committees.rules.roster import roster_faults
from portal.owners import actions as owners
from portal.owners.models import Owner
from portal.places.models import Compound
from portal.tools.audit.actions import note
from portal.tools.history.actions import keep_removed

from .offices import give_offices, take_back
from .refusals import NotAnOwner, RosterUnfit, TermOverlaps, TermStands
from .seating import committee_of

Post = Member.Post


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sat in the term, as its filing (备案) names them: an owner of the roll, or a name alone
    of somebody who is not on it."""

    owner: Owner | None
    is_party_member: bool
    post: str = Post.MEMBER
    name: str = ""

    @property
    def person(self) -> Hashable:
        return self.owner.pk if self.owner else ("not on the roll", self.name)


@dataclass(frozen=True, slots=True)
class EarlierTerm:
    """The term with the number and days of its filing; `ends_on` is included."""

    number: int
    starts_on: date
    ends_on: date
    seats: tuple[Seat, ...]
    filing: str = ""


@transaction.atomic
def take_over_term(compound: Compound, earlier: EarlierTerm, *, by: UUID, at: datetime) -> Term:
    """Enter a term that no meeting here has elected; the same again is the same term.  Refuses
    RosterUnfit, NotAnOwner of this compound, and TermOverlaps where the committee has a term
    already: the past is entered before the present.  Alternates are ranked as they are named.
    """
    compound = Compound.objects.select_for_update(of=("self",), no_key=True).get(pk=compound.pk)
    faults = roster_faults([(seat.person, seat.post) for seat in earlier.seats])
    if faults:
        raise RosterUnfit(faults)
    if any(seat.owner and _is_strange(seat.owner, compound) for seat in earlier.seats):
        raise NotAnOwner
    sitting = [seat for seat in earlier.seats if seat.post != Post.ALTERNATE]
    committee = committee_of(compound)
    terms = Term.objects.filter(compound=compound, committee=committee)
    last = terms.order_by("-number").first()
    if last is not None:
        if _is_the_same(last, earlier):
            return last
        raise TermOverlaps(last.starts_on)
    term = Term.objects.create(
        compound=compound,
        committee=committee,
        number=earlier.number,
        starts_on=earlier.starts_on,
        ends_on=earlier.ends_on,
        seats=len(sitting),
        filing=earlier.filing,
        entered_at=at,
    )
    give_offices(Member.objects.bulk_create(_members(term, earlier, by=by, at=at)), at=at)
    note("committees.take_over_term", term, by=by, at=at)
    return term


@transaction.atomic
def undo_taking_over(term: Term, *, by: UUID, at: datetime) -> None:
    """Take a wrongly entered term out again, to enter it anew; out already, nothing happens.
    Refuses TermStands: it was elected here, another follows it, or something rests on it."""
    compound = Compound.objects.select_for_update(of=("self",), no_key=True).get(
        pk=term.compound_id
    )
    terms = Term.objects.filter(compound=compound)
    found = terms.filter(pk=term.pk).first()
    if found is None:
        return
    rests = found.posts_chosen.exists() or terms.exclude(pk=term.pk).exists()
    if found.meeting is not None or rests:
        raise TermStands
    note("committees.undo_taking_over", found, by=by, at=at)
    members = Member.objects.filter(compound=compound, term=found).select_related("office")
    take_back(members, last_on=queries.local(at).date() - timedelta(days=1), at=at)
    people = list(members.values_list("owner", flat=True))
    emptied = Committee.objects.filter(compound=compound, pk=found.committee_id)
    keep_removed(members, Member.HISTORY, by=by, at=at)
    keep_removed([found], Term.HISTORY, by=by, at=at)
    keep_removed(emptied, Committee.HISTORY, by=by, at=at)
    members.delete()
    found.delete()
    emptied.delete()
    owners.forget_unlisted(compound, people)


def _members(term: Term, earlier: EarlierTerm, *, by: UUID, at: datetime) -> Iterator[Member]:
    ranks = count(1)
    for seat in earlier.seats:
        owner = seat.owner or owners.enter_unlisted(term.compound, seat.name, by=by, at=at)
        yield Member(
            compound=term.compound,
            term=term,
            owner=owner,
            post=seat.post,
            alternate_rank=next(ranks) if seat.post == Post.ALTERNATE else None,
            is_party_member=seat.is_party_member,
            since=term.starts_on,
            entered_at=at,
        )


def _is_strange(owner: Owner, compound: Compound) -> bool:
    return owner.compound_id != compound.pk or owner.kind != Owner.Kind.PERSON


def _is_the_same(term: Term, earlier: EarlierTerm) -> bool:
    """The form was sent twice."""
    days = (term.number, term.starts_on, term.ends_on, term.filing)
    is_paper = term.meeting is None
    return is_paper and days == (
        earlier.number,
        earlier.starts_on,
        earlier.ends_on,
        earlier.filing,
    )
