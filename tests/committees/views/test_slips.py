"""Paper slips that were keyed: seen without what they say, and voided with a reason."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from committees import actions, tasks
from committees.models import Voided
from portal.approvals import actions as approvals
from portal.approvals.models import Request
from portal.tools.audit.models import AuditEntry
from tests.factories.meetings import CLOSED, OPENED

MARKS = {"m1": [0, 1, 0, 0], "m2": [1, 0, 1]}
LATER = OPENED + timedelta(days=1)


@pytest.fixture
def keyed(opened):
    """A slip keyed for the owner at place 0."""
    return opened.cast(0, MARKS, channel="paper")


@pytest.fixture
def clerk(client, cast):
    client.force_login(cast.li)
    with time_machine.travel(LATER, tick=False):
        yield client


def slips(meeting):
    return reverse("committees:slips", args=[meeting.compound.code, meeting.number])


def void(ballot):
    meeting = ballot.meeting
    return reverse("committees:void-slip", args=[meeting.compound.code, meeting.number, ballot.pk])


def slip(ballot):
    meeting = ballot.meeting
    place = [meeting.compound.code, meeting.number, ballot.voter.slip]
    return reverse("committees:slip", args=place)


def test_the_slips_keyed_are_listed_without_what_they_say(clerk, opened, keyed):
    opened.cast(1, MARKS)
    page = clerk.get(slips(opened.meeting))
    text = page.content.decode()
    assert [one.pk for one in page.context["page"]] == [keyed.pk]
    assert void(keyed) in text
    assert keyed.seal not in text
    assert "反对" not in text
    assert "反对" not in clerk.get(void(keyed)).content.decode()


def test_a_slip_is_voided_with_a_reason_and_may_be_keyed_again(clerk, opened, keyed, cast):
    answer = clerk.post(void(keyed), {"reason": " 录错一项 "})
    asked = Request.objects.get()
    assert answer["Location"] == asked.get_absolute_url()
    assert not Voided.objects.exists()
    assert "已申请作废" in clerk.get(void(keyed)).content.decode()
    approvals.agree(asked, by=cast.zhao, at=LATER)
    found = Voided.objects.get()
    assert (found.ballot, found.reason, found.by) == (keyed, "录错一项", cast.li.pk)
    assert AuditEntry.objects.filter(act="committees.void_ballot", actor=cast.li.pk).exists()
    page = clerk.get(slip(keyed))
    marks = {"request": str(page.context["form"].initial["request"]), "m1": "agree"}
    assert clerk.post(slip(keyed), marks).status_code == 302
    assert clerk.get(slip(keyed)).context["cast"].attempt == 2
    listed = clerk.get(slips(opened.meeting)).content.decode()
    assert "共 2 张，其中作废 1 张。" in listed
    assert "录错一项" in listed


@pytest.mark.parametrize("reason", ["", "   ", "长" * 201])
def test_without_a_reason_nothing_is_voided_and_what_was_typed_stays(clerk, keyed, reason):
    page = clerk.post(void(keyed), {"reason": reason})
    assert page.status_code == 422
    assert reason.strip() in page.content.decode()
    assert page.context["form"].errors["reason"]
    assert not Voided.objects.exists()


def test_asking_twice_is_asking_once_and_voiding_is_done_once(clerk, keyed, cast):
    answers = [clerk.post(void(keyed), {"reason": "录错"}) for _ in range(2)]
    asked = Request.objects.get()
    assert [answer["Location"] for answer in answers] == [asked.get_absolute_url()] * 2
    approvals.agree(asked, by=cast.zhao, at=LATER)
    again = clerk.post(void(keyed), {"reason": "录错"})
    assert again["Location"] == slip(keyed)
    assert Voided.objects.count() == 1
    page = clerk.get(void(keyed))
    assert "这张票已经作废" in page.content.decode()
    assert "<textarea" not in page.content.decode()


def test_who_keyed_a_slip_is_on_its_row_its_page_and_the_console(clerk, opened, keyed):
    assert "李二" in clerk.get(slips(opened.meeting)).content.decode()
    assert "李二" in clerk.get(void(keyed)).content.decode()
    assert "李二：1 张，其中作废 0 张" in clerk.get(opened.address("console")).content.decode()


def test_the_owner_of_a_voided_slip_is_told_at_the_rolls_number(
    keyed, opened, cast, letters, monkeypatch
):
    sent = []

    class Door:
        def send(self, to, template, values, *, key=""):
            sent.append((to, template, dict(values)))

    monkeypatch.setattr(tasks, "channel", lambda _name: Door())
    asked = actions.ask_to_void(keyed, reason="录错", by=cast.li, at=LATER)
    letters.clear()
    approvals.agree(asked, by=cast.zhao, at=LATER)
    (told,) = [ids for letter, ids in letters if letter == "committees.tell_voided"]
    tasks.tell_voided(**told)
    values = {"place": "幸福花园", "what": "第一次会议"}
    assert sent == [(opened.owners[0].phone, "ballot-voided", values)]


def test_a_ballot_cast_online_has_no_such_page(clerk, opened):
    online = opened.cast(0, MARKS)
    assert clerk.get(void(online)).status_code == 404
    assert clerk.post(void(online), {"reason": "不合意"}).status_code == 404
    assert not Voided.objects.exists()


def test_a_slip_is_voided_after_the_close_but_not_after_the_count(client, opened, keyed, cast):
    second = opened.cast(1, MARKS, channel="paper")
    client.force_login(cast.li)
    with time_machine.travel(CLOSED, tick=False):
        meeting = actions.close_voting(opened.meeting, by=cast.li.pk, at=CLOSED)
        assert client.post(void(keyed), {"reason": "非本人签名"}).status_code == 302
        approvals.agree(Request.objects.get(), by=cast.zhao, at=CLOSED)
        assert "不能再录入" in client.get(slip(keyed)).content.decode()
        actions.count_ballots(meeting, by=cast.li.pk, at=CLOSED)
        refused = client.post(void(second), {"reason": "非本人签名"})
        assert refused.status_code == 422
        assert "已计票" in refused.content.decode()
        assert void(second) not in client.get(slips(meeting)).content.decode()
    assert [one.ballot for one in Voided.objects.all()] == [keyed]


def test_everybody_reads_how_many_were_voided(client, opened, keyed, cast):
    page = client.get(opened.meeting.get_absolute_url()).content.decode()
    assert "<dd>0 张</dd>" in page
    actions.void_ballot(keyed, reason="王五家的票是假的", by=cast.li.pk, at=LATER)
    actions.grow_ledger(opened.meeting)
    page = client.get(opened.meeting.get_absolute_url()).content.decode()
    assert "<dd>1 张，不计票" in page
    assert "王五家的票是假的" not in page


@pytest.mark.parametrize("who", ["chen", "wang", "zhao", "qian", "sun"])
def test_nobody_but_the_clerk_voids(client, keyed, cast, who):
    client.force_login(getattr(cast, who))
    assert client.get(void(keyed)).status_code == 403
    assert client.post(void(keyed), {"reason": "x"}).status_code == 403
    assert not Voided.objects.exists()


def test_a_visitor_is_led_to_sign_in(client, keyed):
    for answer in (client.get(void(keyed)), client.post(void(keyed), {"reason": "x"})):
        assert answer["Location"].startswith("/account/login/")


def test_a_slip_of_another_meeting_is_not_found(clerk, keyed):
    other = void(keyed).replace(keyed.meeting.number, "2026-99")
    assert clerk.get(other).status_code == 404
    assert clerk.put(void(keyed)).status_code == 405


def test_three_slips_cost_what_one_costs(clerk, opened, keyed, django_assert_max_num_queries):
    clerk.get(slips(opened.meeting))
    with django_assert_max_num_queries(30) as one:
        clerk.get(slips(opened.meeting))
    for place in (1, 2):
        ballot = opened.cast(place, MARKS, channel="paper")
    clerk.post(void(ballot), {"reason": "录错"})
    clerk.get(slips(opened.meeting))
    with django_assert_max_num_queries(30) as three:
        clerk.get(slips(opened.meeting))
    assert len(one) == len(three)
