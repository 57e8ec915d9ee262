"""Committees with a roster, as if taken over from paper."""

from datetime import date

from committees.models import Committee, Member, Term
from portal.owners.models import Owner
from portal.places.models import Compound

from . import people

STARTS, ENDS = date(2024, 1, 1), date(2028, 12, 31)


def owners(compound: Compound, count: int) -> list[Owner]:
    return [people.owner(compound) for _ in range(count)]


def term(
    compound: Compound,
    members: list[Owner],
    *,
    party: int = 0,
    alternates: list[Owner] | None = None,
    starts_on: date = STARTS,
    ends_on: date = ENDS,
    **fields,
) -> Term:
    """The next term of the compound's committee; the first `party` of `members` are in the party,
    and so is every alternate."""
    committee, _ = Committee.objects.get_or_create(compound=compound, name=f"{compound}业主委员会")
    made = Term.objects.create(
        compound=compound,
        committee=committee,
        number=committee.terms.count() + 1,
        starts_on=starts_on,
        ends_on=ends_on,
        **{"seats": len(members)} | fields,
    )
    for place, owner in enumerate(members):
        post = Member.Post.MEMBER if place else Member.Post.CHAIR
        join(made, owner, post=post, is_party_member=place < party)
    for rank, owner in enumerate(alternates or [], start=1):
        place = {"post": Member.Post.ALTERNATE, "alternate_rank": rank}
        join(made, owner, is_party_member=True, **place)
    return made


def join(term_: Term, owner: Owner, **fields) -> Member:
    values = {"since": term_.starts_on} | fields
    return Member.objects.create(compound=term_.compound, term=term_, owner=owner, **values)
