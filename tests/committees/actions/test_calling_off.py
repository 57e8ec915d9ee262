"""A meeting is called off: for good, announced where it was announced, and nothing is counted."""

from datetime import timedelta

import pytest

from committees import actions
from committees.actions.refusals import VotingNotOpen, WrongStage
from committees.models import CalledOff, LedgerEvent, Meeting, Opening, Turnout
from committees.queries import meeting_stages
from portal.publicity.models import Publicity
from portal.tools.audit.models import AuditEntry
from tests.factories.meetings import CLOSED, OPENED, PUBLISHED

AGREE = {"m2": [1, 1, 0]}
WHY = "名册有误，须重新核对。"
Stage = Meeting.Stage


def call_off(held, at=OPENED):
    held.meeting = actions.call_off(held.meeting, reason=WHY, by=held.clerk.pk, at=at)
    return held.meeting


def notices(held):
    return Publicity.objects.filter(compound=held.compound, kind=Publicity.Kind.CALLED_OFF)


@pytest.mark.parametrize("name", ["published", "opened"])
def test_what_was_announced_is_announced_to_be_off(name, request):
    held = request.getfixturevalue(name)
    assert call_off(held).stage == Stage.CALLED_OFF
    notice = notices(held).get()
    assert notice.title == "关于取消第一次会议的公告"
    assert WHY in str(notice.body)
    assert ("不拆封" in str(notice.body)) == (name == "opened")
    row = CalledOff.objects.get()
    assert (row.meeting, row.reason, row.by, row.at) == (held.meeting, WHY, held.clerk.pk, OPENED)
    assert AuditEntry.objects.filter(act="committees.call_off").count() == 1


def test_what_nobody_has_heard_of_is_not_announced_to_be_off(nominating):
    call_off(nominating)
    assert not notices(nominating).exists()


def test_called_off_twice_it_is_off_once(opened):
    for _again in range(2):
        call_off(opened)
    assert (notices(opened).count(), CalledOff.objects.count()) == (1, 1)


def test_ballots_stay_in_the_ledger_and_are_never_opened(opened):
    opened.cast(0, AGREE)
    call_off(opened, at=OPENED + timedelta(days=1))
    assert LedgerEvent.objects.filter(meeting=opened.meeting, type="ballot").count() == 1
    assert Turnout.objects.get(meeting=opened.meeting, scope="homes").heads == 1
    with pytest.raises(WrongStage):
        actions.close_voting(opened.meeting, by=opened.clerk.pk, at=CLOSED)
    with pytest.raises(WrongStage):
        actions.count_ballots(opened.meeting, by=opened.clerk.pk, at=CLOSED)
    assert not Opening.objects.exists()


def test_nobody_votes_any_more(opened):
    call_off(opened)
    with pytest.raises((VotingNotOpen, WrongStage)):
        opened.cast(0, AGREE)


def test_a_closed_meeting_is_called_off_before_the_count_and_not_after(opened):
    held = opened
    held.meeting = actions.close_voting(held.meeting, by=held.clerk.pk, at=CLOSED)
    call_off(held, at=CLOSED)
    assert held.meeting.stage == Stage.CALLED_OFF


def test_what_is_counted_stands_and_what_is_prepared_is_taken_away_instead(counted, request):
    with pytest.raises(WrongStage):
        call_off(counted, at=CLOSED)
    assert not CalledOff.objects.exists()


def test_a_meeting_being_prepared_is_not_called_off(prepared):
    with pytest.raises(WrongStage):
        call_off(prepared)


def test_of_a_past_day_the_stage_of_that_day_is_told(published):
    call_off(published, at=OPENED)
    places = [published.compound.pk]
    (before,) = meeting_stages(places, at=PUBLISHED + timedelta(days=1))
    (after,) = meeting_stages(places, at=OPENED)
    assert [(one.stage, one.is_running) for one in (before, after)] == [
        (Stage.PUBLISHED, True),
        (Stage.CALLED_OFF, False),
    ]
