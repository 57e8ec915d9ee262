"""Seat the elected: the days of the term, once."""

import re
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from committees import actions
from committees.models import Matter, Member, Term
from portal.rulebook.models import CompoundRule
from tests.factories import committees, meetings
from tests.factories.meetings import CLOSED, OPENED, PREPARED

DAYS = {"starts_on": "2026-11-01", "ends_on": "2031-10-31"}


@pytest.fixture
def clerk(client, cast):
    client.force_login(cast.li)
    with time_machine.travel(CLOSED, tick=False):
        yield client


def seat(held, position=2):
    return held.address("seat", position=position)


def said(answer, status=422) -> str:
    assert answer.status_code == status
    return answer.content.decode()


def test_the_form_starts_today_with_the_longest_term(clerk, counted):
    form = clerk.get(seat(counted)).context["form"]
    assert (form["starts_on"].value(), form["ends_on"].value()) == (
        date(2026, 10, 15),
        date(2031, 10, 14),
    )


def test_the_elected_are_seated_and_the_compounds_page_is_told(clerk, counted):
    answer = clerk.post(seat(counted), DAYS)
    assert answer["Location"] == counted.address("console")
    term = Term.objects.get()
    assert (term.starts_on, term.ends_on) == (date(2026, 11, 1), date(2031, 10, 31))
    assert Member.objects.filter(term=term).count() == 2
    assert seat(counted) not in said(clerk.get(counted.address("console")), 200)


def test_until_they_are_seated_the_console_leads_to_it(clerk, counted):
    assert seat(counted) in said(clerk.get(counted.address("console")), 200)


@pytest.mark.parametrize("page", ["seat", "console"])
def test_who_was_elected_is_named_in_the_order_of_the_votes(clerk, counted, page):
    """业主1 has the votes of all seven, 业主0 of six."""
    address = seat(counted) if page == "seat" else counted.address(page)
    assert "当选：</strong>业主1、业主0</p>" in said(clerk.get(address), 200)


def test_the_roster_of_the_new_term_is_in_the_order_of_the_votes(clerk, counted):
    clerk.post(seat(counted), DAYS)
    pages = reverse("committees:committee", args=[counted.compound.code])
    assert re.findall(r"业主\d", said(clerk.get(pages), 200)) == ["业主1", "业主0"]


TIED_FOR_THE_THIRD = [  # 业主2 and 业主3 have four votes of 334.00 m² each
    [1, 1, 1, 0],
    [1, 1, 0, 1],
    [1, 1, 0, 1],
    [1, 1, 1, 0],
    [1, 1, 0, 0],
    [1, 0, 1, 1],
    [1, 0, 1, 1],
]


def test_a_seat_that_nobody_took_is_vacant_where_the_elected_are_seated(clerk, prepared):
    Matter.objects.filter(pk=prepared.matter(2).pk).update(seats=3, max_choices=3)
    by = prepared.clerk.pk
    prepared.meeting = actions.freeze_roll(prepared.meeting, by=by, at=PREPARED)
    for place in range(4):
        meetings.nominate(prepared, place)
    meetings.announce(prepared)
    prepared.meeting = actions.open_voting(prepared.meeting, by=by, at=OPENED)
    for place, marks in enumerate(TIED_FOR_THE_THIRD):
        prepared.cast(place, {"m2": marks})
    prepared.meeting = actions.close_voting(prepared.meeting, by=by, at=CLOSED)
    actions.count_ballots(prepared.meeting, by=by, at=CLOSED)
    page = said(clerk.get(seat(prepared)), 200)
    assert "空缺 1 席" in page
    assert "业主2、业主3" in page.partition("末位得票相同，待定")[2]
    clerk.post(seat(prepared), DAYS)
    pages = reverse("committees:committee", args=[prepared.compound.code])
    assert "空缺 1 席" in said(clerk.get(pages), 200)


def test_pressed_twice_it_is_one_term(clerk, counted):
    for _again in range(2):
        assert clerk.post(seat(counted), DAYS).status_code == 302
    assert Term.objects.count() == 1


@pytest.mark.parametrize(
    ("ends_on", "status"),
    [("2029-10-30", 422), ("2029-10-31", 302), ("2031-10-31", 302), ("2031-11-01", 422)],
)
def test_a_term_lasts_as_many_years_as_the_rulebook_says_to_the_day(
    clerk, counted, ends_on, status
):
    answer = clerk.post(seat(counted), DAYS | {"ends_on": ends_on})
    assert answer.status_code == status
    assert Term.objects.count() == (status == 302)
    if status == 422:
        assert "任期应为 3 至 5 年。" in answer.content.decode()


def test_the_compounds_own_rule_narrows_the_term(clerk, counted):
    CompoundRule.objects.create(
        compound=counted.compound,
        key="term.years.max",
        value="4",
        clause="议事规则第20条",
        effective_from=date(2026, 1, 1),
    )
    assert "任期应为 3 至 4 年。" in said(clerk.post(seat(counted), DAYS))


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"starts_on": "", "ends_on": "三年后"}, {"starts_on", "ends_on"}),
        ({"ends_on": "2026-10-31"}, {"ends_on"}),
    ],
)
def test_days_that_are_none_are_told_all_at_once_and_stay_typed(clerk, counted, changes, fields):
    answer = clerk.post(seat(counted), DAYS | changes)
    assert set(answer.context["form"].errors) == fields
    assert changes["ends_on"] in said(answer)


def test_a_term_that_begins_no_later_than_the_last_is_refused_in_words(clerk, counted):
    people = committees.owners(counted.compound, 2)
    committees.term(counted.compound, people, starts_on=date(2026, 11, 1))
    page = said(clerk.post(seat(counted), DAYS))
    assert "上一届任期的起始日不早于所填日期。请改晚任期起始日。" in page
    assert Term.objects.count() == 1


def test_before_the_count_and_where_nobody_was_elected_it_is_said(clerk, opened):
    assert "不能进行这一步" in said(clerk.post(seat(opened), DAYS))
    opened.meeting = actions.close_voting(opened.meeting, by=opened.clerk.pk, at=CLOSED)
    actions.count_ballots(opened.meeting, by=opened.clerk.pk, at=CLOSED)
    assert "本次选举无人当选，没有可以就任的人。" in said(clerk.post(seat(opened), DAYS))


def test_a_decision_seats_nobody(clerk, counted):
    assert clerk.post(seat(counted, 1), DAYS).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("qian", 403), ("zhao", 403), (None, 302)])
def test_nobody_but_the_clerk_of_this_compound_seats(client, cast, counted, who, status):
    if who:
        client.force_login(getattr(cast, who))
    assert client.get(seat(counted)).status_code == status
    assert client.post(seat(counted), DAYS).status_code == status
    assert not Term.objects.exists()


def test_other_methods_are_refused(clerk, counted):
    assert clerk.put(seat(counted)).status_code == 405


def test_those_elected_into_vacancies_take_their_seats_in_the_term_that_runs(clerk, counted):
    Matter.objects.filter(pk=counted.matter(2).pk).update(elects=Matter.Body.VACANCIES)
    people = committees.owners(counted.compound, 2)
    committees.term(counted.compound, people, seats=4)
    page = clerk.get(seat(counted))
    assert list(page.context["form"].fields) == ["since"]
    told = said(clerk.post(seat(counted), {"since": "2024-01-01"}))
    assert "所填日期不在现任一届的任期内" in told
    answer = clerk.post(seat(counted), {"since": "2026-10-16"}, follow=True)
    assert "补选的委员已就任" in said(answer, 200)
    assert Member.objects.filter(elected_in=counted.matter(2), since=date(2026, 10, 16)).exists()
    there = reverse("committees:committee", args=[counted.compound.code])
    told = said(clerk.get(there), 200)
    assert "补选为委员" in told
    assert counted.meeting.get_absolute_url() in told


def test_another_bodys_election_has_no_page_to_seat_from(clerk, counted):
    Matter.objects.filter(pk=counted.matter(2).pk).update(elects=Matter.Body.OTHER)
    assert clerk.get(seat(counted)).status_code == 404
