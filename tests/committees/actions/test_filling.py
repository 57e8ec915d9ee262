"""Elected in a by-election: the seat, the rest of the term, the alternates' order."""

from datetime import date, timedelta

import pytest

from committees import actions
from committees.actions.refusals import (
    BeforeTheElection,
    NobodyElected,
    NoTermToFill,
    NotTheCommittee,
    NoVacancy,
    SeatedAlready,
    WrongStage,
)
from committees.models import Matter, Member, Term
from committees.queries import re_elections, steering
from tests.committees.actions.test_seating import FIRST, SECOND_ONLY, count
from tests.factories import committees, meetings
from tests.factories.meetings import CLOSED, OPENED, PREPARED

SINCE = CLOSED.date() + timedelta(days=1)


@pytest.fixture
def held(prepared):
    """Two vacancies and an alternate elected, beside a committee of three and one alternate."""
    return opened_for(prepared, Matter.Body.VACANCIES)


def opened_for(prepared, elects):
    """The meeting open for voting, its election of this body announced."""
    Matter.objects.filter(pk=prepared.matter(2).pk).update(elects=elects)
    by = prepared.clerk.pk
    prepared.meeting = actions.freeze_roll(prepared.meeting, by=by, at=PREPARED)
    for place in range(3):
        meetings.nominate(prepared, place)
    meetings.announce(prepared)
    prepared.meeting = actions.open_voting(prepared.meeting, by=by, at=OPENED)
    sitting = committees.owners(prepared.compound, 3)
    waiting = committees.owners(prepared.compound, 1)
    committees.term(prepared.compound, sitting, alternates=waiting, seats=5)
    return prepared


def fill(held, since=SINCE):
    return actions.fill_vacancies(held.matter(2), since=since, by=held.clerk.pk, at=CLOSED)


def counted(held):
    return count(held, *[FIRST] * 3, *[SECOND_ONLY] * 2, *[{"m2": [0, 1, 1]}] * 2)


def test_the_elected_sit_for_what_is_left_of_the_term(held):
    members = fill(counted(held))
    term = Term.objects.get()
    told = [(one.owner.name, one.alternate_rank, one.is_party_member) for one in members]
    assert told == [("业主1", None, False), ("业主0", None, True), ("业主2", 2, True)]
    assert {(one.term, one.since, one.until) for one in members} == {(term, SINCE, None)}
    assert Member.objects.sitting(SINCE).filter(term=term).count() == 5
    assert Member.objects.sitting(SINCE - timedelta(days=1)).filter(term=term).count() == 3


def test_pressed_twice_they_sit_once_and_the_console_is_done(held):
    counted(held).meeting.refresh_from_db()
    assert steering.elections_to_seat(held.meeting) == [held.matter(2)]
    assert fill(held) == fill(held)
    assert steering.elections_to_seat(held.meeting) == []


def test_no_more_sit_than_seats_are_vacant_and_the_others_wait_first(held):
    term = Term.objects.get()
    counted(held)
    (filled_since,) = committees.owners(held.compound, 1)
    committees.join(term, filled_since, since=SINCE)
    members = fill(held)
    told = [(one.owner.name, one.alternate_rank) for one in members]
    assert told == [("业主1", None), ("业主0", 2), ("业主2", 3)]
    assert Member.objects.sitting(SINCE).filter(term=term).count() == 5


def test_a_seat_that_is_taken_from_a_later_day_is_not_vacant(held):
    term = Term.objects.get()
    counted(held)
    for owner in committees.owners(held.compound, 2):
        committees.join(term, owner, since=SINCE + timedelta(days=9))
    with pytest.raises(NoVacancy) as refused:
        fill(held)
    assert refused.value.seats == 5


def test_who_leaves_on_the_day_before_leaves_the_seat_and_on_the_day_does_not(held):
    term = Term.objects.get()
    Term.objects.update(seats=3)
    counted(held)
    leaver = Member.objects.filter(term=term, alternate_rank__isnull=True).first()
    Member.objects.filter(pk=leaver.pk).update(until=SINCE, end_reason="resigned")
    with pytest.raises(NoVacancy):
        fill(held)
    Member.objects.filter(pk=leaver.pk).update(until=SINCE - timedelta(days=1))
    assert [one.alternate_rank for one in fill(held)] == [None, 2, 3]


def test_nobody_sits_before_the_ballots_were_counted(held):
    counted(held)
    with pytest.raises(BeforeTheElection) as refused:
        fill(held, since=CLOSED.date() - timedelta(days=1))
    assert refused.value.first_on == CLOSED.date()


def test_an_alternate_who_is_elected_ends_as_an_alternate(held):
    waiting = Member.objects.get(alternate_rank=1)
    Member.objects.filter(pk=waiting.pk).update(owner=held.owners[0])
    fill(counted(held))
    waiting.refresh_from_db()
    assert (waiting.until, waiting.end_reason) == (SINCE - timedelta(days=1), "moved-up")
    ranks = Member.objects.in_office(SINCE).filter(alternate_rank__isnull=False)
    assert [one.alternate_rank for one in ranks] == [1]


def test_who_waits_already_keeps_the_rank(held):
    waiting = Member.objects.get(alternate_rank=1)
    Member.objects.filter(pk=waiting.pk).update(owner=held.owners[2])
    fill(counted(held))
    ranks = Member.objects.in_office(SINCE).filter(alternate_rank__isnull=False)
    assert [(one.owner, one.alternate_rank) for one in ranks] == [(held.owners[2], 1)]


def test_who_sits_already_is_named_and_nobody_is_seated(held):
    member = Member.objects.filter(alternate_rank__isnull=True).first()
    Member.objects.filter(pk=member.pk).update(owner=held.owners[0])
    with pytest.raises(SeatedAlready) as refused:
        fill(counted(held))
    assert refused.value.names == ("业主0",)
    assert not Member.objects.filter(elected_in__isnull=False).exists()


@pytest.mark.parametrize(
    "since", [committees.STARTS, committees.ENDS + timedelta(days=1), date(2023, 1, 1)]
)
def test_outside_the_term_nobody_is_seated(held, since):
    with pytest.raises(NoTermToFill):
        fill(counted(held), since)


def test_without_a_term_there_is_no_vacancy(held):
    Member.objects.all().delete()
    Term.objects.all().delete()
    with pytest.raises(NoTermToFill):
        fill(counted(held))


def test_before_the_count_and_where_nobody_was_elected_nobody_is_seated(held):
    with pytest.raises(WrongStage):
        fill(held)
    with pytest.raises(NobodyElected):
        fill(count(held, FIRST))


@pytest.mark.parametrize("elects", [Matter.Body.COMMITTEE, Matter.Body.OTHER])
def test_only_an_election_into_vacancies_fills_them(prepared, elects):
    with pytest.raises(NotTheCommittee):
        fill(counted(opened_for(prepared, elects)))


def test_a_by_election_is_no_re_election(held):
    fill(counted(held))
    assert re_elections([held.compound.pk], first_on=date(2026, 1, 1), last_on=SINCE) == []


def test_it_begins_no_term(held):
    counted(held)
    with pytest.raises(NotTheCommittee):
        actions.seat_committee(
            held.matter(2), starts_on=SINCE, ends_on=date(2031, 1, 1), by=held.clerk.pk, at=CLOSED
        )
