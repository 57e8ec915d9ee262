"""The clerk moves the end of voting; refused, the page says why and keeps what was typed."""

from datetime import timedelta

import pytest
import time_machine

from committees.models import LedgerEvent
from tests.factories.meetings import CLOSED, OPENED

LATER = CLOSED + timedelta(days=7)
SENT = {"closes_at": "2026-10-22T09:00", "reason": "参与不足"}


@pytest.fixture
def clerk(client, cast):
    client.force_login(cast.li)
    with time_machine.travel(OPENED + timedelta(days=1), tick=False):
        yield client


def told(meeting):
    return LedgerEvent.objects.filter(meeting=meeting, type="rescheduled").count()


def test_the_end_is_moved_and_stands_in_the_ledger(clerk, opened):
    answer = clerk.post(opened.address("reschedule"), SENT)
    assert answer["Location"] == opened.address("console")
    opened.meeting.refresh_from_db()
    assert (opened.meeting.closes_at, told(opened.meeting)) == (LATER, 1)


def test_sent_twice_it_is_told_once(clerk, opened):
    for _again in range(2):
        assert clerk.post(opened.address("reschedule"), SENT).status_code == 302
    assert told(opened.meeting) == 1


def test_without_a_day_and_a_reason_both_are_told_and_nothing_moves(clerk, opened):
    page = clerk.post(opened.address("reschedule"), {"closes_at": "下周", "reason": " "})
    assert page.status_code == 422
    assert set(page.context["reschedule_form"].errors) == {"closes_at", "reason"}
    assert "下周" in page.content.decode()
    assert told(opened.meeting) == 0


def test_an_end_in_the_past_is_refused_in_words_and_stays_typed(clerk, opened):
    page = clerk.post(opened.address("reschedule"), SENT | {"closes_at": "2026-10-02T08:00"})
    assert page.status_code == 409
    assert "已经过去。请改为将来的时间。" in page.content.decode()
    assert 'value="2026-10-02T08:00"' in page.content.decode()
    assert "参与不足" in page.content.decode()


def test_once_the_end_has_come_it_is_not_moved(clerk, opened):
    with time_machine.travel(CLOSED, tick=False):
        page = clerk.post(opened.address("reschedule"), SENT)
    assert page.status_code == 409
    assert "现在不能投票" in page.content.decode()


@pytest.mark.parametrize("name", ["reschedule", "freeze", "publish", "open", "close", "count"])
def test_no_step_is_taken_by_a_link(clerk, opened, name):
    assert clerk.get(opened.address(name)).status_code == 405


@pytest.mark.parametrize("name", ["reschedule", "close"])
@pytest.mark.parametrize(("who", "status"), [("qian", 403), ("zhao", 403), (None, 302)])
def test_others_take_no_step(client, cast, opened, name, who, status):
    if who:
        client.force_login(getattr(cast, who))
    assert client.post(opened.address(name), SENT).status_code == status


def test_a_step_that_is_not_next_is_told_and_leads_back(clerk, opened):
    answer = clerk.post(opened.address("publish"), follow=True)
    assert "会议现在处于“投票中”，不能进行这一步。" in answer.content.decode()
