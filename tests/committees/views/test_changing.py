"""A meeting is planned anew or taken away before it is announced, and its end moved after that."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from committees import actions
from committees.actions.refusals import StepBlocked
from committees.models import Matter, Meeting, Waiver
from committees.rules.timetable import Code
from portal.tools.audit.models import AuditEntry
from tests.factories.meetings import CLOSED, OPENED, PREPARED, PUBLISHED
from tests.letters import Letters

LATER = CLOSED + timedelta(days=10)
PLAN = {
    "title": "改名的会议",
    "kind": "extraordinary",
    "opens_at": "2026-10-02T09:00",
    "closes_at": "2026-10-25T09:00",
}


@pytest.fixture
def clerk(client, cast):
    client.force_login(cast.li)
    with time_machine.travel(PUBLISHED, tick=False):
        yield client


@pytest.mark.parametrize("stage", ["prepared", "nominating"])
def test_a_meeting_nobody_has_heard_of_is_planned_anew(stage, request, clerk):
    held = request.getfixturevalue(stage)
    assert "第一次会议" in clerk.get(held.address("change-meeting")).content.decode()
    answer = clerk.post(held.address("change-meeting"), PLAN)
    assert answer["Location"] == held.address("console")
    held.meeting.refresh_from_db()
    assert (held.meeting.title, held.meeting.kind) == ("改名的会议", "extraordinary")
    assert held.meeting.closes_at == LATER
    assert AuditEntry.objects.filter(act="committees.change_meeting").count() == 1


def test_what_is_announced_is_not_planned_anew(clerk, published):
    page = clerk.post(published.address("change-meeting"), PLAN)
    assert (page.status_code, "改名的会议" in page.content.decode()) == (422, True)
    published.meeting.refresh_from_db()
    assert published.meeting.title == "第一次会议"


def test_an_end_typed_in_the_year_one_or_in_the_past_is_refused(clerk, prepared):
    for closes_at in ("0001-01-01T09:00", "9999-12-31T09:00", "2026-09-01T09:00"):
        page = clerk.post(prepared.address("change-meeting"), PLAN | {"closes_at": closes_at})
        assert set(page.context["form"].errors) == {"closes_at"}
    prepared.meeting.refresh_from_db()
    assert prepared.meeting.closes_at == CLOSED


def test_a_meeting_begun_by_mistake_is_taken_away_once(clerk, prepared):
    address = prepared.address("discard-meeting")
    for _again in range(2):
        answer = clerk.post(address)
        assert answer["Location"] == reverse("committees:meetings", args=[prepared.compound.code])
    assert not Meeting.objects.exists()
    assert not Matter.objects.exists()
    assert AuditEntry.objects.filter(act="committees.discard_meeting").count() == 1
    number = actions.prepare_meeting(
        prepared.compound,
        actions.MeetingPlan("第二次会议", Meeting.Kind.REGULAR, OPENED, CLOSED),
        by=prepared.clerk.pk,
        at=PREPARED,
    ).number
    assert number == "2026-02"


def test_with_its_roll_frozen_a_meeting_stays(clerk, nominating):
    answer = clerk.post(nominating.address("discard-meeting"), follow=True)
    assert "不能进行这一步" in answer.content.decode()
    assert Meeting.objects.count() == 1


def test_a_meeting_whose_end_went_by_before_it_opened_is_brought_on_its_way(published, cast):
    after = CLOSED + timedelta(days=1)
    with pytest.raises(StepBlocked) as refused:
        actions.open_voting(published.meeting, by=cast.li.pk, at=after)
    assert [one.code for one in refused.value.obstacles] == [Code.ENDS_IN_THE_PAST]
    ends = after + timedelta(days=20)
    actions.reschedule(published.meeting, ends, reason="台风", by=cast.li.pk, at=after)
    assert [(one.step, one.obstacles, one.reason) for one in Waiver.objects.all()] == [
        ("reschedule", [], "台风")
    ]
    opened = actions.open_voting(published.meeting, by=cast.li.pk, at=after)
    assert (opened.stage, opened.closes_at) == (Meeting.Stage.OPEN, ends)


def test_before_the_opening_the_end_stays_behind_it(published, cast):
    with pytest.raises(StepBlocked) as refused:
        actions.reschedule(published.meeting, OPENED, reason="早些", by=cast.li.pk, at=PUBLISHED)
    assert [one.code for one in refused.value.obstacles] == [Code.ENDS_BEFORE_IT_OPENS]
    assert not Waiver.objects.exists()


def test_everybody_reads_that_the_end_was_moved_and_why(clerk, client, published, letters: Letters):
    sent = {"closes_at": f"{LATER:%Y-%m-%dT%H:%M}", "reason": "台风"}
    assert clerk.post(published.address("reschedule"), sent).status_code == 302
    client.logout()
    page = client.get(published.address("meeting")).content.decode()
    assert "调整截止时间：台风" in page
    assert "2026年10月15日 09:00，后有调整" in page
