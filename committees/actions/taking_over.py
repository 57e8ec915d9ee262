"""Take over from paper a term of office that began before the portal."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from committees.models import Member, Term
from portal.owners.models import Owner
from portal.places.models import Compound
from portal.tools.audit.actions import note

from .refusals import NotAnOwner, TermOverlaps
from .seating import committee_of


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sat in the term, as its filing (备案) names them."""

    owner: Owner
    is_party_member: bool
    post: str = Member.Post.MEMBER


@dataclass(frozen=True, slots=True)
class EarlierTerm:
    """The term with the number and days of its filing; `ends_on` is included."""

    number: int
    starts_on: date
    ends_on: date
    seats: tuple[Seat, ...]


@transaction.atomic
def take_over_term(compound: Compound, earlier: EarlierTerm, *, by: UUID, at: datetime) -> Term:
    """Enter a term that no meeting here has elected.  Refuses NotAnOwner of this compound, and
    TermOverlaps where the committee has a term already: the past is entered before the present.
    """
    compound = Compound.objects.select_for_update(of=("self",)).get(pk=compound.pk)
    if any(_is_strange(seat.owner, compound) for seat in earlier.seats):
        raise NotAnOwner
    committee = committee_of(compound, seats=len(earlier.seats))
    last = Term.objects.filter(compound=compound, committee=committee).order_by("-number").first()
    if last is not None:
        raise TermOverlaps(last.starts_on)
    term = Term.objects.create(
        compound=compound,
        committee=committee,
        number=earlier.number,
        starts_on=earlier.starts_on,
        ends_on=earlier.ends_on,
    )
    Member.objects.bulk_create(
        Member(
            compound=compound,
            term=term,
            owner=seat.owner,
            post=seat.post,
            is_party_member=seat.is_party_member,
            since=earlier.starts_on,
        )
        for seat in earlier.seats
    )
    note("committees.take_over_term", term, by=by, at=at)
    return term


def _is_strange(owner: Owner, compound: Compound) -> bool:
    return owner.compound_id != compound.pk or owner.kind != Owner.Kind.PERSON
