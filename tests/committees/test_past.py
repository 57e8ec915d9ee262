"""Ten past days of a committee: what is entered late changes a day only for whoever knows it."""

from datetime import date, timedelta

import pytest

from committees import actions
from committees.models import Member
from committees.queries import committee_standings, re_elections
from portal.fire.models.defects import midnight_after
from portal.tools.history.models import Before
from tests.factories import people, rulebook

DAYS = [date(2026, 10, 2) + timedelta(days=5 * n) for n in range(10)]
INSTANT = timedelta(microseconds=1)
LAST = date(2026, 10, 20)


@pytest.fixture
def begun(cast, noon):
    rulebook.load()
    return noon - (noon.date() - date(2026, 10, 1))


@pytest.fixture
def take_over(cast):
    def take_over_(at):
        seats = [
            actions.Seat(people.owner(cast.compound, name=name), party, post)
            for name, party, post in [
                ("甲", True, "member"),
                ("乙", True, "member"),
                ("丙", False, "member"),
                ("丁", True, "alternate"),
            ]
        ]
        paper = actions.EarlierTerm(1, date(2024, 1, 1), date(2028, 12, 31), tuple(seats))
        return actions.take_over_term(cast.compound, paper, by=cast.li.pk, at=at)

    return take_over_


def figures(compound, known_at=None):
    """Members, party members and alternates of each day; "then" is known by the end of that day."""
    told = []
    for day in DAYS:
        known = midnight_after(day) - INSTANT if known_at == "then" else known_at
        found = committee_standings([compound.pk], on=day, known_at=known).get(compound.pk)
        told.append(found and (found.members, found.party_members, found.alternates))
    return told


def who(name):
    return next(one for one in Member.objects.order_by("-since", "-pk") if one.owner.name == name)


def leave(cast, name, at, follower=None):
    leaving = actions.Leaving(LAST, "resigned", "辞职报告", follower and who(follower).pk)
    return actions.leave_seat(who(name), leaving, by=cast.li.pk, at=at)


def test_a_leave_entered_late_changes_its_days_for_whoever_knows_it(cast, begun, noon, take_over):
    take_over(begun)
    before = figures(cast.compound)
    assert before == [(3, 2, 1)] * 10
    leave(cast, "丙", noon, follower="丁")
    assert figures(cast.compound, "then") == before
    assert figures(cast.compound, noon - INSTANT) == before
    by_hand = [(3, 2, 1) if day <= LAST else (3, 3, 0) for day in DAYS]
    assert figures(cast.compound) == by_hand
    assert figures(cast.compound, noon) == by_hand


def test_a_leave_taken_out_again_stays_known_of_the_time_between(cast, begun, noon, take_over):
    take_over(begun)
    before = figures(cast.compound)
    leave(cast, "丙", noon, follower="丁")
    between = figures(cast.compound)
    later = noon + timedelta(days=1)
    actions.return_to_seat(who("丙"), by=cast.li.pk, at=later)
    assert figures(cast.compound) == before
    assert figures(cast.compound, later - INSTANT) == between != before
    leave(cast, "乙", later + timedelta(hours=1))
    assert figures(cast.compound, later) == before
    assert figures(cast.compound, later - INSTANT) == between
    assert figures(cast.compound) == [(3, 2, 1) if day <= LAST else (2, 1, 1) for day in DAYS]


def test_a_term_from_paper_is_known_from_its_entry(cast, noon, begun, take_over):
    term = take_over(noon)
    assert figures(cast.compound, "then") == [None] * 10
    assert figures(cast.compound) == [(3, 2, 1)] * 10
    later = noon + timedelta(days=1)
    actions.undo_taking_over(term, by=cast.li.pk, at=later)
    assert figures(cast.compound) == [None] * 10
    assert figures(cast.compound, later - INSTANT) == [(3, 2, 1)] * 10
    assert figures(cast.compound, noon - INSTANT) == [None] * 10


def test_what_is_kept_of_a_leave_names_nobody(cast, begun, noon, take_over):
    take_over(begun)
    leave(cast, "丙", noon, follower="丁")
    actions.return_to_seat(who("丙"), by=cast.li.pk, at=noon)
    said = "".join(str(one.said) for one in Before.objects.all())
    assert not {"丙", "丁", "辞职报告"} & set(said) and "辞职报告" not in said


def test_a_moment_costs_one_query_more(cast, begun, noon, take_over, django_assert_num_queries):
    take_over(begun)
    for known_at, cost in ((None, 5), (noon, 6)):
        for _times in (1, 2):
            with django_assert_num_queries(cost):
                committee_standings([cast.compound.pk], on=DAYS[3], known_at=known_at)
    for known_at, cost in ((None, 1), (noon, 2)):
        days = {"first_on": DAYS[0], "last_on": DAYS[9]}
        with django_assert_num_queries(cost):
            assert re_elections([cast.compound.pk], **days, known_at=known_at) == []
