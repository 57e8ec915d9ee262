"""The committee's page, and a term taken over from its filing."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from committees import actions
from committees.models import Member, Term
from tests.costs import page_cost
from tests.factories import committees, people, places
from tests.factories.meetings import CLOSED

TERM = {"number": "2", "starts_on": "2024-03-01", "ends_on": "2029-02-28", "filing": "永住备2024-7"}


@pytest.fixture
def street(client, cast, noon):
    client.force_login(cast.zhao)
    with time_machine.travel(noon, tick=False):
        yield client


@pytest.fixture
def li_as_owner(cast):
    home = places.part(cast.compound, "2-1-202")
    return people.owner(cast.compound, home, name="李二")


def page_of(cast):
    return reverse("committees:committee", args=[cast.compound.code])


def paper(cast):
    return reverse("committees:take-over", args=[cast.compound.code])


def undoing(cast, term):
    return reverse("committees:undo-take-over", args=[cast.compound.code, term.pk])


def filled(*rows, **term):
    """The form with `rows` of (name, room, post, party); the rows behind them are blank."""
    sent = {"seat-TOTAL_FORMS": "17", "seat-INITIAL_FORMS": "0"} | TERM | term
    for place in range(17):
        sent[f"seat-{place}-post"] = "member"
    for place, row in enumerate(rows):
        names = ("name", "room", "post", "is_party_member")
        sent |= {f"seat-{place}-{name}": value for name, value in zip(names, row, strict=True)}
    return sent


CHEN = ("陈一", "1-1-101", "chair", "1")
LI = ("李二", "2幢1单元202", "vice", "0")
WU = ("吴小九", "", "member", "1")


def test_a_filed_term_is_entered_and_shown_on_both_pages(street, cast, li_as_owner):
    answer = street.post(paper(cast), filled(CHEN, LI, WU))
    assert answer["Location"] == page_of(cast)
    term = Term.objects.get()
    assert (term.number, term.filing) == (2, "永住备2024-7")
    assert (term.starts_on, term.ends_on) == (date(2024, 3, 1), date(2029, 2, 28))
    rows = Member.objects.filter(term=term).order_by("pk").select_related("owner")
    assert [(one.owner.name, one.post, one.is_party_member) for one in rows] == [
        ("陈一", "chair", True),
        ("李二", "vice", False),
        ("吴小九", "member", True),
    ]
    assert [one.owner for one in rows][:2] == [cast.chen_as_owner, li_as_owner]
    shown = street.get(page_of(cast)).content.decode()
    for words in ("第 2 届", "永住备2024-7", "陈一", "吴小九", "现任", "依备案材料补录"):
        assert words in shown


def test_everything_wrong_is_told_at_once_and_stays_typed(street, cast):
    wrong = filled(
        ("陈一", "9-9-909", "chair", "1"),
        ("", "1-1-101", "member", ""),
        starts_on="2029-03-01",
        ends_on="2029-03-01",
        number="0",
    )
    page = street.post(paper(cast), wrong)
    assert page.status_code == 422
    assert sorted(page.context["form"].errors) == ["ends_on", "number", "starts_on"]
    seats = page.context["seats"].errors
    assert [sorted(one) for one in seats[:3]] == [["room"], ["is_party_member", "name"], []]
    text = page.content.decode()
    assert "第 1 位：房号：名册上这个房号没有这位业主" in text
    assert 'value="9-9-909"' in text
    assert not Term.objects.exists()


def test_a_list_that_cannot_be_is_told_in_words(street, cast):
    page = street.post(paper(cast), filled(CHEN, CHEN)).content.decode()
    assert "主任只能有一位。" in page
    assert "同一位业主填了两次。" in page
    assert "请至少填一位委员。" in street.post(paper(cast), filled()).content.decode()
    shop = places.part(cast.compound, "3-1-301")
    people.owner(cast.compound, shop, name="某公司", kind="company")
    page = street.post(paper(cast), filled(("某公司", "3-1-301", "member", "0")))
    assert "单位或开发建设单位不能任委员" in page.content.decode()
    assert not Term.objects.exists()


def test_rows_below_the_fold_are_kept_and_shown(street, cast):
    rows = [(f"人{place}", "", "member", "0") for place in range(9)]
    page = street.post(paper(cast), filled(*rows, number=""))
    assert "<details open>" in page.content.decode()
    assert street.post(paper(cast), filled(*rows)).status_code == 302
    assert Member.objects.count() == 9


def test_sent_twice_it_is_one_term_and_another_is_refused(street, cast):
    answers = [street.post(paper(cast), filled(CHEN)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    page = street.post(paper(cast), filled(CHEN, number="3"))
    assert page.status_code == 422
    assert "不能再补录" in page.content.decode()
    assert "<input" not in street.get(paper(cast)).content.decode().split("<main")[1]
    assert Term.objects.count() == 1


def test_a_wrong_entry_is_taken_back(street, cast):
    street.post(paper(cast), filled(CHEN))
    term = Term.objects.get()
    assert undoing(cast, term) in street.get(page_of(cast)).content.decode()
    for _ in range(2):
        assert street.post(undoing(cast, term))["Location"] == page_of(cast)
    assert not Term.objects.exists()
    assert paper(cast) in street.get(page_of(cast)).content.decode()


def test_an_elected_term_is_not_taken_back(client, counted, cast):
    client.force_login(cast.zhao)
    days = {"starts_on": CLOSED.date(), "ends_on": CLOSED.date().replace(year=2031)}
    term = actions.seat_committee(counted.matter(2), **days, by=cast.li.pk, at=CLOSED)
    page = client.get(page_of(cast)).content.decode()
    assert undoing(cast, term) not in page
    assert counted.meeting.title in page
    answer = client.post(undoing(cast, term), follow=True)
    assert "这一届不能撤销" in answer.content.decode()
    assert Term.objects.count() == 1


def test_each_term_is_told_with_who_sat_last_in_it(client, cast, noon):
    first, second = [committees.owners(cast.compound, 2) for _ in range(2)]
    today = noon.date()
    committees.term(
        cast.compound, first, starts_on=date(2021, 1, 1), ends_on=today - timedelta(days=30)
    )
    with time_machine.travel(noon, tick=False):
        page = client.get(page_of(cast))
        assert [one.state for one in page.context["terms"]] == ["run-out"]
        Member.objects.update(until=today)
        committees.term(
            cast.compound,
            second,
            starts_on=today + timedelta(days=1),
            ends_on=today.replace(year=2031),
        )
        terms = client.get(page_of(cast)).context["terms"]
        assert [one.state for one in terms] == ["to-come", "run-out"]
    with time_machine.travel(noon + timedelta(days=1), tick=False):
        terms = client.get(page_of(cast)).context["terms"]
    assert [one.state for one in terms] == ["current", "followed"]
    told = [[seated.member.owner for seated in one.seated] for one in terms]
    assert told == [second, first]


@pytest.mark.parametrize("who", ["chen", "li", "wang", "qian"])
def test_only_those_with_whom_it_is_filed_take_over(client, cast, who):
    term = committees.term(cast.compound, committees.owners(cast.compound, 2))
    client.force_login(getattr(cast, who))
    assert client.get(paper(cast)).status_code == 403
    assert client.post(paper(cast), filled(CHEN)).status_code == 403
    assert client.post(undoing(cast, term)).status_code == 403
    assert undoing(cast, term) not in client.get(page_of(cast)).content.decode()


def test_the_administrator_takes_over_too(client, cast):
    client.force_login(cast.sun)
    assert client.get(paper(cast)).status_code == 200


def test_a_visitor_reads_the_page_and_is_led_to_sign_in_for_more(client, cast):
    term = committees.term(cast.compound, committees.owners(cast.compound, 2))
    assert client.get(page_of(cast)).status_code == 200
    assert client.post(page_of(cast)).status_code == 405
    for answer in (client.get(paper(cast)), client.post(undoing(cast, term))):
        assert answer["Location"].startswith("/account/login/")
    client.force_login(cast.zhao)
    assert client.get(undoing(cast, term)).status_code == 405


def test_the_page_costs_the_same_at_one_term_and_three(client, cast):
    def follow(number):
        members = committees.owners(cast.compound, number)
        starts_on = date(2010 + number, 1, 1)
        committees.term(
            cast.compound, members, starts_on=starts_on, ends_on=starts_on.replace(year=2040)
        )

    follow(1)
    one = page_cost(client, page_of(cast))
    for number in (2, 3):
        follow(number)
    assert page_cost(client, page_of(cast)) == one


def test_a_vacant_seat_is_shown_beside_those_who_sit_until_it_is_taken(street, cast):
    term = committees.term(cast.compound, committees.owners(cast.compound, 2), seats=3)
    page = street.get(page_of(cast)).content.decode()
    assert "空缺 1 席" in page and "共 3 席" in page
    committees.join(term, *committees.owners(cast.compound, 1))
    assert "空缺" not in street.get(page_of(cast)).content.decode()


def test_a_seat_left_before_the_end_is_vacant_until_an_alternate_takes_it(street, cast, noon):
    sitting, waiting = committees.owners(cast.compound, 3), committees.owners(cast.compound, 1)
    term = committees.term(cast.compound, sitting, alternates=waiting)
    member = Member.objects.get(term=term, owner=sitting[2])
    leaving = actions.Leaving(noon.date() - timedelta(days=1), "resigned", "辞职报告", None)
    actions.leave_seat(member, leaving, by=cast.zhao.pk, at=noon)
    assert "空缺 1 席" in street.get(page_of(cast)).content.decode()
