"""Voting on a phone: mark, check, send, receipt."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from committees.models import Ballot, Served
from portal.owners.models import Binding
from tests.factories import people
from tests.factories.meetings import CLOSED, OPENED


@pytest.fixture
def voter(opened):
    """The owner at place 0, signed in as a user of the portal."""
    user = people.user("业主0")
    Binding.objects.create(
        compound=opened.compound,
        owner=opened.owners[0],
        user=user.pk,
        basis=Binding.Basis.DESK,
        bound_at=OPENED,
    )
    return user


@pytest.fixture
def booth(opened, voter, client):
    """A signed-in voter's client an hour after the opening, and the addresses."""
    client.force_login(voter)
    with time_machine.travel(OPENED + timedelta(hours=1), tick=False):
        yield client, address(opened, "ballot"), address(opened, "send-ballot")


def address(held, name, slip=None):
    return reverse(
        f"committees:{name}",
        kwargs={
            "code": held.compound.code,
            "number": held.meeting.number,
            "slip": slip or held.voter(0).slip,
        },
    )


def marked(page, **marks):
    return {"request": str(page.context["form"].initial["request"]), **marks}


def test_the_ballot_names_every_matter_and_chooses_nothing(booth):
    client, ballot, _send = booth
    page = client.get(ballot)
    assert page.status_code == 200
    assert [sheet.matter.title for sheet in page.context["sheets"]] == ["续聘物业", "选举委员"]
    assert b"checked" not in page.content
    assert "no-store" in page["Cache-Control"]
    assert Served.objects.count() == 1


def test_marks_are_checked_on_a_page_and_sent_once(booth):
    client, ballot, send = booth
    marks = marked(client.get(ballot), m1="agree", m2=["c1", "c3"])
    check = client.post(ballot, marks)
    assert (check.status_code, check.templates[0].name) == (200, "committees/ballot_check.html")
    assert not Ballot.objects.exists()
    answers = [client.post(send, marks) for _ in range(2)]
    cast = Ballot.objects.get()
    assert {answer["Location"] for answer in answers} == {
        reverse(
            "committees:cast",
            kwargs={
                "code": cast.compound.code,
                "number": cast.meeting.number,
                "ballot": cast.pk,
            },
        )
    }
    receipt = client.get(answers[0]["Location"])
    assert cast.seal in receipt.content.decode()
    assert "同意" not in receipt.content.decode()


def test_what_was_left_unmarked_is_said_before_it_is_sent(booth):
    client, ballot, _send = booth
    none = client.post(ballot, marked(client.get(ballot)))
    assert none.context["unmarked"] == 2
    assert "您一项也没有选" in none.content.decode()
    half = client.post(ballot, marked(client.get(ballot), m1="agree")).content.decode()
    assert "有 1 项没有选" in half
    assert "您一项也没有选" not in half
    full = client.post(ballot, marked(client.get(ballot), m1="agree", m2=["c1"])).content.decode()
    assert "没有选" not in full


def test_too_many_marks_are_stopped_in_words_and_kept(booth):
    client, ballot, _send = booth
    page = client.post(ballot, marked(client.get(ballot), m2=["c1", "c2", "c3"]))
    assert page.status_code == 422
    assert "最多选 2 人，您已选 3 人。" in page.content.decode()
    assert page.content.decode().count("checked") == 3


def test_what_was_marked_can_be_changed_before_it_is_sent(booth):
    client, ballot, _send = booth
    page = client.post(ballot, marked(client.get(ballot), m1="against", change="1"))
    assert page.templates[0].name == "committees/ballot.html"
    assert page.content.decode().count("checked") == 1


def test_after_the_close_the_ballot_says_so(opened, voter, client):
    client.force_login(voter)
    with time_machine.travel(CLOSED, tick=False):
        page = client.get(address(opened, "ballot"))
    assert (page.status_code, page.templates[0].name) == (409, "committees/voting_closed.html")


def test_a_strangers_ballot_is_not_found(booth, opened):
    client, _ballot, _send = booth
    assert client.get(address(opened, "ballot", opened.voter(1).slip)).status_code == 404


def test_a_visitor_is_led_to_sign_in(opened, client):
    answer = client.get(address(opened, "ballot"))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


def test_sending_takes_a_post(booth):
    client, _ballot, send = booth
    assert client.get(send).status_code == 405
