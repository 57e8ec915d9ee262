"""Committees on a day and re-elections of a period, from the roster alone."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from committees.models import Member
from committees.queries import committee_standings, re_elections
from committees.rules.ratio import PartyShare
from committees.rules.thresholds import Bar
from portal.owners.actions.unlisted import enter_unlisted
from portal.rulebook.models import CompoundRule, Rule
from tests.factories import committees, places, rulebook
from tests.factories import people as persons

DAY = date(2026, 11, 24)
YEAR = {"first_on": date(2025, 11, 25), "last_on": DAY}
OLD = {"starts_on": date(2021, 3, 1), "ends_on": date(2026, 2, 28)}
NEW = {"starts_on": date(2026, 3, 1), "ends_on": date(2031, 2, 28)}


@pytest.fixture(autouse=True)
def book(db):
    rulebook.load()


@pytest.fixture
def compound():
    return places.compound()


def standing(compound, on=DAY):
    return committee_standings([compound.pk], on=on).get(compound.pk)


def test_a_standing_tells_the_term_its_days_and_who_sits(compound):
    term = committees.term(
        compound, committees.owners(compound, 5), party=3, alternates=committees.owners(compound, 2)
    )
    found = standing(compound)
    assert (found.committee, found.term, found.name) == (
        term.committee_id,
        term.pk,
        f"{compound}业主委员会",
    )
    assert (found.number, found.starts_on, found.ends_on) == (1, term.starts_on, term.ends_on)
    assert (found.members, found.party_members, found.alternates) == (5, 3, 2)
    assert (found.in_term, found.met) == (True, True)


def test_the_target_is_the_rulebooks_of_that_place_and_day(compound):
    committees.term(compound, committees.owners(compound, 4), party=2)
    assert standing(compound).target == Bar(Fraction(1, 2), inclusive=False)
    assert not standing(compound).met
    Rule.objects.filter(key="party.share.target").update(operator=">=")
    assert standing(compound).target == Bar(Fraction(1, 2), inclusive=True)
    assert standing(compound).met


def test_where_no_target_is_set_none_is_met(compound):
    committees.term(compound, committees.owners(compound, 3), party=3)
    Rule.objects.filter(key="party.share.target").delete()
    found = standing(compound)
    assert (found.target, found.party, found.met) == (None, PartyShare(None, 3, 3), False)
    assert (found.members, found.party_members) == (3, 3)


def test_a_compound_without_a_committee_has_no_standing(compound):
    assert committee_standings([compound.pk], on=DAY) == {}
    committees.term(compound, committees.owners(compound, 3), starts_on=DAY + timedelta(days=1))
    assert committee_standings([compound.pk], on=DAY) == {}


def test_a_committee_whose_members_all_left_still_stands_and_meets_no_target(compound):
    term = committees.term(compound, committees.owners(compound, 3), party=3)
    Member.objects.filter(term=term).update(until=date(2026, 1, 31))
    found = standing(compound)
    assert (found.members, found.party_members, found.met) == (0, 0, False)
    assert found.party.share is None


@pytest.mark.parametrize(("seats", "sits", "vacant"), [(5, 5, 0), (5, 4, 1), (5, 0, 5), (3, 4, 0)])
def test_a_seat_that_nobody_holds_is_vacant_and_an_alternate_holds_none(
    compound, seats, sits, vacant
):
    waiting = committees.owners(compound, 2)
    committees.term(compound, committees.owners(compound, sits), alternates=waiting, seats=seats)
    found = standing(compound)
    assert (found.seats, found.members, found.vacant) == (seats, sits, vacant)


def test_a_past_day_gives_that_days_figures(compound):
    term = committees.term(compound, committees.owners(compound, 5), party=3)
    leaver = Member.objects.filter(term=term, is_party_member=True).first()
    Member.objects.filter(pk=leaver.pk).update(until=date(2026, 6, 30), end_reason="resigned")
    committees.join(term, *committees.owners(compound, 1), since=date(2026, 8, 1))
    figures = [
        (found.members, found.party_members, found.met)
        for found in (
            standing(compound, date(2026, month, day)) for month, day in [(6, 30), (7, 1), (8, 1)]
        )
    ]
    assert figures == [(5, 3, True), (4, 2, False), (5, 2, False)]


def test_the_term_begun_last_is_the_one_in_office_and_before_it_the_one_before(compound):
    people = committees.owners(compound, 5)
    committees.term(compound, people[:3], party=1, **OLD)
    committees.term(compound, people, party=4, **NEW)
    assert [
        (found.number, found.members, found.in_term)
        for found in (standing(compound, date(2026, 2, 28)), standing(compound, date(2026, 3, 1)))
    ] == [(1, 3, True), (2, 5, True)]


def test_a_term_ends_with_its_last_day_though_nobody_follows(compound):
    committees.term(compound, committees.owners(compound, 3), party=2, **OLD)
    assert standing(compound, OLD["ends_on"]).in_term
    over = standing(compound, OLD["ends_on"] + timedelta(days=1))
    assert (over.in_term, over.members) == (False, 3)


def test_the_standings_cost_the_same_queries_at_one_and_three_compounds(
    django_assert_num_queries,
):
    compounds = [places.compound() for _ in range(3)]
    for one in compounds:
        committees.term(one, committees.owners(one, 3), party=2)
        CompoundRule.objects.create(
            compound=one,
            key="term.alert.red.days",
            value="90",
            clause="第3条",
            effective_from=date(2024, 1, 1),
        )
    for asked in (compounds[:1], compounds):
        with django_assert_num_queries(5):
            found = committee_standings([one.pk for one in asked], on=DAY)
        assert set(found) == {one.pk for one in asked}


def re_elected(compound, before, after, **shape):
    committees.term(compound, before, party=len(before), **OLD)
    return committees.term(compound, after, **NEW | shape)


def test_newly_entered_are_the_party_members_elected_without_a_seat_before(compound):
    stays, leaves, *new = committees.owners(compound, 6)
    term = re_elected(compound, [stays, leaves], [stays, *new], party=4)
    (found,) = re_elections([compound.pk], **YEAR)
    assert (found.compound, found.term, found.number) == (compound.pk, term.pk, 2)
    assert (found.seated_on, found.election) == (NEW["starts_on"], None)
    assert (found.members, found.party_members, found.newly_entered_party_members) == (5, 4, 3)


def test_an_alternate_of_the_term_before_who_gains_a_seat_has_newly_entered(compound):
    first, second, alternate = committees.owners(compound, 3)
    committees.term(compound, [first, second], alternates=[alternate], **OLD)
    committees.term(compound, [first, alternate], party=2, **NEW)
    (found,) = re_elections([compound.pk], **YEAR)
    assert found.newly_entered_party_members == 1


def test_a_former_member_known_by_name_alone_has_not_newly_entered(compound):
    by_name = enter_unlisted(compound, "张三", by=None, at=datetime(2026, 1, 1, tzinfo=UTC))
    committees.term(compound, [by_name], **OLD)
    home = persons.owner(compound, places.part(compound), name="张三")
    committees.term(compound, [home], party=1, **NEW)
    (found,) = re_elections([compound.pk], **YEAR)
    assert found.newly_entered_party_members == 0


def test_two_owners_of_one_name_are_two_people(compound):
    first, second = (persons.owner(compound, places.part(compound), name="张三") for _ in "12")
    committees.term(compound, [first], **OLD)
    committees.term(compound, [second], party=1, **NEW)
    (found,) = re_elections([compound.pk], **YEAR)
    assert found.newly_entered_party_members == 1


def test_who_left_before_the_end_of_the_term_and_comes_back_has_newly_entered(compound):
    people = committees.owners(compound, 3)
    old = committees.term(compound, people, **OLD)
    Member.objects.filter(term=old, owner=people[0]).update(until=date(2025, 5, 1))
    Member.objects.filter(term=old, owner=people[1]).update(until=OLD["ends_on"])
    committees.term(compound, people, party=3, **NEW)
    (found,) = re_elections([compound.pk], **YEAR)
    assert found.newly_entered_party_members == 1


def test_alternates_and_by_elections_of_the_new_term_do_not_count(compound):
    people = committees.owners(compound, 5)
    new = re_elected(compound, people[:1], people[:3], party=3, alternates=[people[3]])
    committees.join(new, people[4], is_party_member=True, since=date(2026, 9, 1))
    (found,) = re_elections([compound.pk], **YEAR)
    assert (found.members, found.party_members, found.newly_entered_party_members) == (3, 3, 2)


def test_what_happens_after_the_re_election_does_not_change_it(compound):
    people = committees.owners(compound, 4)
    new = re_elected(compound, people[:1], people, party=3)
    before = re_elections([compound.pk], **YEAR)
    Member.objects.filter(term=new).update(until=date(2026, 5, 1))
    assert re_elections([compound.pk], **YEAR) == before


def test_the_first_term_of_a_committee_is_no_re_election(compound):
    committees.term(compound, committees.owners(compound, 3), party=3, **NEW)
    assert re_elections([compound.pk], **YEAR) == []


@pytest.mark.parametrize(
    ("first_on", "last_on", "counted"),
    [
        (date(2026, 3, 1), date(2026, 3, 1), 1),
        (date(2026, 3, 2), DAY, 0),
        (date(2026, 1, 1), date(2026, 2, 28), 0),
    ],
)
def test_both_days_of_the_period_are_included(compound, first_on, last_on, counted):
    people = committees.owners(compound, 3)
    re_elected(compound, people, people)
    assert len(re_elections([compound.pk], first_on=first_on, last_on=last_on)) == counted


def test_re_elections_come_the_latest_first_and_cost_the_same_queries_at_one_and_three(
    django_assert_num_queries,
):
    compounds = [places.compound() for _ in range(3)]
    for month, one in enumerate(compounds, start=3):
        people = committees.owners(one, 3)
        re_elected(one, people, people, starts_on=date(2026, month, 1))
    with django_assert_num_queries(3):
        assert len(re_elections([compounds[0].pk], **YEAR)) == 1
    with django_assert_num_queries(3):
        found = re_elections([one.pk for one in compounds], **YEAR)
    assert [one.compound for one in found] == [one.pk for one in reversed(compounds)]


def test_other_compounds_are_left_out(compound):
    other = places.compound()
    people = committees.owners(other, 3)
    re_elected(other, people, people)
    assert re_elections([compound.pk], **YEAR) == []
