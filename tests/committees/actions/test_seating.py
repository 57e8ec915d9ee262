"""Those elected take their seats, the alternates their ranks, and the term before ends."""

from datetime import date, timedelta

import pytest

from committees import actions
from committees.actions.refusals import (
    BeforeTheElection,
    NobodyElected,
    NotTheCommittee,
    TermOverlaps,
    TooFewElected,
    WrongStage,
)
from committees.models import Committee, Matter, Member, Term
from committees.queries import steering
from portal.rulebook.models import Rule
from portal.tools.audit.models import AuditEntry
from tests.factories import committees, meetings
from tests.factories.meetings import CLOSED

STARTS, ENDS = date(2026, 11, 1), date(2031, 10, 31)
FIRST, SECOND_ONLY = {"m2": [1, 1, 0]}, {"m2": [1, 0, 1]}


def count(held, *ballots):
    for place, choices in enumerate(ballots):
        held.cast(place, choices)
    held.meeting = actions.close_voting(held.meeting, by=held.clerk.pk, at=CLOSED)
    actions.count_ballots(held.meeting, by=held.clerk.pk, at=CLOSED)
    return held


def seat(held, *, starts_on=STARTS, ends_on=ENDS):
    return actions.seat_committee(
        held.matter(2), starts_on=starts_on, ends_on=ends_on, by=held.clerk.pk, at=CLOSED
    )


def roster(term):
    rows = Member.objects.filter(term=term).select_related("owner").order_by("pk")
    return [(one.owner.name, one.post, one.alternate_rank, one.is_party_member) for one in rows]


def test_the_elected_sit_by_their_votes_and_the_alternates_wait_by_theirs(opened):
    both = {"m2": [0, 1, 1]}
    held = count(opened, *[FIRST] * 3, *[SECOND_ONLY] * 2, *[both] * 2)
    term = seat(held)
    assert roster(term) == [
        ("业主1", "member", None, False),
        ("业主0", "member", None, True),
        ("业主2", "alternate", 1, True),
    ]
    assert set(Member.objects.values_list("since", "until")) == {(STARTS, None)}


def test_the_first_term_makes_the_committee_and_has_the_seats_of_its_election(counted):
    term = seat(counted)
    assert (term.number, term.starts_on, term.ends_on) == (1, STARTS, ENDS)
    assert (term.meeting, term.committee) == (counted.meeting.pk, Committee.objects.get())
    assert (term.committee.name, term.seats) == ("幸福花园业主委员会", 2)


def test_a_later_term_has_the_seats_of_its_own_election_and_the_one_before_keeps_its_own(counted):
    before = committees.term(
        counted.compound, committees.owners(counted.compound, 5), starts_on=date(2025, 1, 1)
    )
    term = seat(counted)
    before.refresh_from_db()
    assert (term.committee, term.seats, before.seats) == (before.committee, 2, 5)


def test_a_tied_seat_stays_empty(opened):
    by_place = {0: FIRST, 4: FIRST, 5: FIRST, 3: {"m2": [0, 1, 1]}}
    held = count(opened, *[by_place.get(place, SECOND_ONLY) for place in range(7)])
    Rule.objects.filter(key="committee.validity.share").update(operator=">=")
    assert roster(seat(held)) == [("业主0", "member", None, True)]


def test_where_nobody_was_elected_nobody_is_seated(opened):
    held = count(opened, FIRST)
    with pytest.raises(NobodyElected):
        seat(held)
    assert not Term.objects.exists()


def test_before_the_count_nobody_is_seated(opened):
    with pytest.raises(WrongStage):
        seat(opened)


def test_pressed_again_with_other_days_it_is_the_same_term(counted):
    term = seat(counted)
    again = seat(counted, ends_on=ENDS - timedelta(days=1))
    assert (again, again.ends_on, Term.objects.count()) == (term, ENDS, 1)
    assert AuditEntry.objects.filter(act="committees.seat_committee").count() == 1


@pytest.mark.parametrize("days", [0, 1])
def test_a_term_begins_after_the_one_before_it_began(counted, days):
    before = committees.term(
        counted.compound,
        committees.owners(counted.compound, 2),
        starts_on=STARTS + timedelta(days=days),
    )
    with pytest.raises(TermOverlaps) as refused:
        seat(counted)
    assert refused.value.starts_on == before.starts_on
    assert list(Term.objects.all()) == [before]
    assert not Member.objects.filter(until__isnull=False).exists()


def test_the_next_term_is_numbered_on_and_ends_the_members_of_the_one_before(counted):
    people = committees.owners(counted.compound, 3)
    before = committees.term(counted.compound, people, starts_on=STARTS - timedelta(days=1))
    left = Member.objects.get(owner=people[2])
    Member.objects.filter(pk=left.pk).update(until=date(2026, 5, 1), end_reason="resigned")
    term = seat(counted)
    assert (term.number, term.committee) == (2, before.committee)
    ends = Member.objects.filter(term=before).order_by("pk").values_list("until", "end_reason")
    last_day = STARTS - timedelta(days=1)
    assert list(ends) == [
        (last_day, "term-over"),
        (last_day, "term-over"),
        (date(2026, 5, 1), "resigned"),
    ]
    assert Member.objects.filter(term=term, until__isnull=True).count() == 2


def test_an_election_of_another_body_begins_no_term_of_the_committee(counted):
    Matter.objects.filter(pk=counted.matter(2).pk).update(elects=Matter.Body.OTHER)
    with pytest.raises(NotTheCommittee):
        seat(counted)
    assert steering.elections_to_seat(counted.meeting) == []
    assert not Term.objects.exists()


def test_a_committee_stays_the_same_when_its_compound_is_called_otherwise(counted):
    before = committees.term(
        counted.compound,
        committees.owners(counted.compound, 2),
        starts_on=STARTS - timedelta(days=1),
    )
    Committee.objects.update(name="从前叫别名的业主委员会")
    term = seat(counted)
    assert (term.committee, term.number) == (before.committee, 2)


def test_the_committee_next_door_stays_as_it_is(counted, cast):
    next_door = committees.term(cast.other_compound, committees.owners(cast.other_compound, 3))
    seat(counted)
    assert Member.objects.sitting(STARTS).filter(term=next_door).count() == 3


def test_seating_three_candidates_or_nine_costs_one_row_each_and_nothing_more(
    cast, letters, django_assert_max_num_queries
):
    costs = []
    for compound, candidates in ((cast.compound, 3), (cast.other_compound, 9)):
        held = meetings.opened(compound, cast.li, candidates=candidates)
        marks = [1, 1, *[0] * (candidates - 2)]
        count(held, *[{"m2": marks}] * 7)
        with django_assert_max_num_queries(40) as cost:
            seat(held)
        costs.append(len(cost))
    assert costs[0] == costs[1]


def test_a_term_begins_on_the_day_of_the_count_at_the_earliest(counted):
    with pytest.raises(BeforeTheElection):
        seat(counted, starts_on=CLOSED.date() - timedelta(days=1))
    assert seat(counted, starts_on=CLOSED.date()).starts_on == CLOSED.date()


def test_half_of_the_seats_make_no_committee(opened):
    held = count(opened, *[{"m2": [1, 0, 0]}] * 7)
    with pytest.raises(TooFewElected) as refused:
        seat(held)
    assert (refused.value.elected, refused.value.seats) == (1, 2)
    assert Term.objects.count() == 0
