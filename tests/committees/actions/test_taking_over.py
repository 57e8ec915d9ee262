"""A term from paper is entered once, before any other, with owners of its compound only."""

from datetime import date

import pytest

from committees import actions
from committees.actions.refusals import NotAnOwner, TermOverlaps
from committees.models import Member, Term
from portal.owners.models import Owner
from tests.factories import people

PAPER = {"number": 2, "starts_on": date(2021, 9, 1), "ends_on": date(2026, 8, 31)}


def take_over(cast, noon, *seats, **facts):
    term = actions.EarlierTerm(**PAPER | facts, seats=tuple(actions.Seat(*seat) for seat in seats))
    return actions.take_over_term(cast.compound, term, by=cast.li.pk, at=noon)


def test_a_term_from_paper_has_its_members_from_its_first_day(cast, noon):
    other = people.owner(cast.compound)
    chair = Member.Post.CHAIR
    term = take_over(cast, noon, (cast.chen_as_owner, True, chair), (other, False))
    assert (term.number, term.meeting, term.committee.seats) == (2, None, 2)
    rows = Member.objects.filter(term=term).values_list("owner", "post", "is_party_member", "since")
    assert set(rows) == {
        (cast.chen_as_owner.pk, "chair", True, PAPER["starts_on"]),
        (other.pk, "member", False, PAPER["starts_on"]),
    }


def test_nothing_is_taken_over_after_a_term_that_stands(cast, noon):
    take_over(cast, noon, (cast.chen_as_owner, True))
    with pytest.raises(TermOverlaps):
        take_over(cast, noon, (cast.chen_as_owner, True), number=1)
    assert Term.objects.count() == 1


def test_owners_of_elsewhere_and_companies_do_not_sit(cast, noon):
    strangers = [
        people.owner(cast.other_compound),
        people.owner(cast.compound, kind=Owner.Kind.COMPANY),
    ]
    for stranger in strangers:
        with pytest.raises(NotAnOwner):
            take_over(cast, noon, (cast.chen_as_owner, True), (stranger, False))
    assert Term.objects.count() == 0
