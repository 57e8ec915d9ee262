"""Who calls a meeting off, on which page, and what everybody reads afterwards."""

import pytest
import time_machine
from django.test import Client

from cms.models import NoticePage
from committees.models import CalledOff, Meeting
from portal.publicity.models import Publicity
from tests.factories.meetings import OPENED

WHY = "名册有误，须重新核对。"


@pytest.fixture(autouse=True)
def during():
    with time_machine.travel(OPENED, tick=False):
        yield


def signed_in(user=None):
    client = Client()
    if user:
        client.force_login(user)
    return client


def text(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def test_the_clerk_calls_off_before_the_vote_and_everybody_reads_why(cast, published):
    clerk = signed_in(cast.li)
    assert published.address("call-off") in text(clerk.get(published.address("console")))
    told = text(clerk.post(published.address("call-off"), {"reason": WHY}, follow=True))
    assert "会议已取消。" in told
    assert published.address("call-off") not in told
    page = text(signed_in().get(published.address("meeting")))
    assert WHY in page
    assert "不计票，不形成决定" in page
    assert "关于取消第一次会议的公告" in page
    listed = text(signed_in().get(f"/meetings/{cast.compound.code}/"))
    assert "已取消" in listed


def test_the_notices_of_the_meeting_say_that_it_is_off(cast, published):
    signed_in(cast.li).post(published.address("call-off"), {"reason": WHY})
    told = {
        one.kind: "本公告所说的会议已取消" in text(signed_in().get(one.get_absolute_url()))
        for one in Publicity.objects.filter(compound=cast.compound)
    }
    assert told == {"meeting-notice": True, "candidates": True, "called-off": False}
    other = text(signed_in().get(NoticePage.objects.get(title="第一次会议公告").url))
    assert "本公告所说的会议已取消" in other


def test_once_ballots_may_be_in_only_the_street_calls_off(cast, opened):
    clerk, street = signed_in(cast.li), signed_in(cast.zhao)
    assert opened.address("call-off") not in text(clerk.get(opened.address("console")))
    assert clerk.post(opened.address("call-off"), {"reason": WHY}).status_code == 403
    assert opened.address("call-off") in text(street.get(opened.address("console")))
    street.post(opened.address("call-off"), {"reason": WHY})
    assert CalledOff.objects.get().by == cast.zhao.pk
    assert "保持封存，不拆封" in text(signed_in().get(opened.address("meeting")))


def test_without_a_reason_nothing_is_called_off(cast, published):
    answer = signed_in(cast.li).post(published.address("call-off"), {"reason": " "})
    assert "取消的理由" in text(answer, 422)
    assert Meeting.objects.get().stage == Meeting.Stage.PUBLISHED


def test_what_was_counted_meanwhile_stands_and_the_words_stay(cast, counted):
    answer = signed_in(cast.zhao).post(counted.address("call-off"), {"reason": WHY})
    assert WHY in text(answer, 409)
    assert Meeting.objects.get().stage == Meeting.Stage.COUNTED


def test_a_meeting_nobody_has_heard_of_stays_unheard_of(cast, nominating):
    signed_in(cast.li).post(nominating.address("call-off"), {"reason": WHY})
    assert signed_in().get(nominating.address("meeting")).status_code == 404
    assert "第一次会议" not in text(signed_in().get(f"/meetings/{cast.compound.code}/"))
    assert WHY in text(signed_in(cast.li).get(nominating.address("console")))
