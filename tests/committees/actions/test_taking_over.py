"""A term from paper is entered once, before any other, with owners of its compound only."""

from datetime import date

import pytest

from committees import actions
from committees.actions.refusals import NotAnOwner, RosterUnfit, TermOverlaps, TermStands
from committees.models import Committee, Member, Term
from committees.rules.roster import RosterFault
from portal.owners.models import Holding, Owner
from portal.tools.audit.models import AuditEntry
from portal.tools.keys import new_key
from tests.factories import committees, people

PAPER = {"number": 2, "starts_on": date(2021, 9, 1), "ends_on": date(2026, 8, 31)}


def take_over(cast, noon, *seats, **facts):
    term = actions.EarlierTerm(**PAPER | facts, seats=tuple(actions.Seat(*seat) for seat in seats))
    return actions.take_over_term(cast.compound, term, by=cast.li.pk, at=noon)


def test_a_term_from_paper_has_its_members_from_its_first_day(cast, noon):
    other = people.owner(cast.compound)
    chair = Member.Post.CHAIR
    term = take_over(cast, noon, (cast.chen_as_owner, True, chair), (other, False))
    assert (term.number, term.meeting, term.seats) == (2, None, 2)
    rows = Member.objects.filter(term=term).values_list("owner", "post", "is_party_member", "since")
    assert set(rows) == {
        (cast.chen_as_owner.pk, "chair", True, PAPER["starts_on"]),
        (other.pk, "member", False, PAPER["starts_on"]),
    }


def test_who_is_not_on_the_roll_sits_by_name_alone(cast, noon):
    term = take_over(cast, noon, (cast.chen_as_owner, True), (None, False, "vice", "吴小九"))
    unlisted = Member.objects.get(term=term, post="vice").owner
    assert (unlisted.name, unlisted.kind, unlisted.phone_hash) == ("吴小九", "person", "")
    assert not Holding.objects.filter(owner=unlisted).exists()


def test_alternates_are_ranked_as_they_are_named_and_take_no_seat(cast, noon):
    names = ("甲", "乙", "丙")
    rest = [(None, False, "alternate", name) for name in names]
    term = take_over(cast, noon, rest[0], (cast.chen_as_owner, True), *rest[1:])
    alternates = Member.objects.filter(term=term, post="alternate").order_by("alternate_rank")
    assert [one.owner.name for one in alternates] == list(names)
    assert term.seats == 1


def test_a_list_that_cannot_be_is_refused_with_every_fault(cast, noon):
    with pytest.raises(RosterUnfit) as refused:
        take_over(cast, noon, *[(cast.chen_as_owner, True, "chair")] * 2)
    assert refused.value.faults == (RosterFault.SEVERAL_CHAIRS, RosterFault.SEATED_TWICE)
    with pytest.raises(RosterUnfit):
        take_over(cast, noon)
    assert Committee.objects.count() == 0


def test_the_form_sent_twice_is_one_term(cast, noon):
    seats = (cast.chen_as_owner, True), (None, False, "member", "吴小九")
    first = take_over(cast, noon, *seats)
    assert take_over(cast, noon, *seats) == first
    assert (Term.objects.count(), Member.objects.count()) == (1, 2)
    assert Owner.objects.filter(phone_hash="").count() == 1


def test_a_wrong_entry_is_taken_out_with_its_names_and_entered_anew(cast, noon):
    wrong = take_over(cast, noon, (cast.chen_as_owner, True), (None, False, "member", "吴小酒"))
    for _again in range(2):
        actions.undo_taking_over(wrong, by=cast.zhao.pk, at=noon)
    assert not any(one.objects.exists() for one in (Committee, Term, Member))
    assert list(Owner.objects.filter(compound=cast.compound)) == [cast.chen_as_owner]
    assert AuditEntry.objects.filter(act="committees.undo_taking_over").count() == 1
    assert take_over(cast, noon, (cast.chen_as_owner, True), number=3).number == 3


def test_what_was_elected_here_or_is_followed_is_not_taken_out(cast, noon):
    paper = take_over(cast, noon, (cast.chen_as_owner, True), number=1)
    people_ = committees.owners(cast.compound, 2)
    later = {"starts_on": date(2026, 9, 1), "ends_on": date(2031, 8, 31)}
    elected = committees.term(cast.compound, people_, meeting=new_key(), **later)
    for term in (paper, elected):
        with pytest.raises(TermStands):
            actions.undo_taking_over(term, by=cast.zhao.pk, at=noon)
    assert Term.objects.count() == 2


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
