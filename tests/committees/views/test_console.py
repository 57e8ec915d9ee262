"""The clerk's console, and who may see it."""

import re
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from committees import recount
from committees.models import Meeting, Result
from portal.approvals.models import Request
from tests.factories import meetings
from tests.factories.meetings import CLOSED, OPENED, PUBLISHED


def at(held, name, **more):
    return reverse(
        f"committees:{name}",
        kwargs={"code": held.compound.code, "number": held.meeting.number, **more},
    )


def test_the_clerk_takes_the_meeting_from_step_to_step(prepared, cast, client, letters):
    steps = [("freeze", PUBLISHED), ("publish", PUBLISHED), ("open", OPENED), ("close", CLOSED)]
    for name, moment in steps:
        with time_machine.travel(moment, tick=False):
            client.force_login(cast.li)
            if name == "publish":
                nominate(client, prepared)
            answer = client.post(at(prepared, name))
            letters.deliver()
        assert answer.status_code == 302, name
    with time_machine.travel(CLOSED, tick=False):
        client.post(at(prepared, "count"))
    prepared.meeting.refresh_from_db()
    assert prepared.meeting.stage == Meeting.Stage.COUNTED
    assert Result.objects.filter(meeting=prepared.meeting).exists()


def nominate(client, held):
    for place in range(3):
        room = held.owners[place].holdings.get().part.key
        answer = client.post(
            at(held, "nominate", position=2),
            {
                "room": room,
                "name": f"业主{place}",
                "is_party_member": "1",
                "channel": "self",
            },
        )
        assert answer.status_code == 302


def test_a_reason_takes_no_step_that_is_too_early(published, cast, client):
    """One clerk wrote 测试 and skipped the notice, the publicity and the announced hour."""
    client.force_login(cast.li)
    with time_machine.travel(PUBLISHED + timedelta(days=2), tick=False):
        refused = client.post(at(published, "open"), {"reason": "测试"})
        asked = client.post(at(published, "ask-to-waive"), {"reason": "测试"})
    assert (refused.status_code, len(refused.context["blocked"])) == (409, 3)
    assert (asked.status_code, asked.context["may_be_waived"]) == (409, False)
    assert not Request.objects.exists()


def test_the_console_leads_from_asking_to_waiting_to_carrying_out(published, cast, client):
    """A vote opened three days before its end is too short; the community agrees."""
    officer = meetings.supervisor(published)
    late = CLOSED - timedelta(days=3)

    def shown() -> str:
        client.force_login(cast.li)
        return client.get(at(published, "console")).content.decode()

    with time_machine.travel(late, tick=False):
        assert "确有必要，申请例外办理" in shown()
        assert client.post(at(published, "ask-to-waive"), {"reason": " "}).status_code == 422
        answer = client.post(at(published, "ask-to-waive"), {"reason": "台风"})
        asked = Request.objects.get()
        assert answer["Location"] == asked.get_absolute_url()
        assert "正在等待社区或街道答复" in shown()
        assert client.post(at(published, "open")).status_code == 409
        client.force_login(officer)
        page = client.get(asked.get_absolute_url()).content.decode()
        assert "投票时间不少于 5 日（平台默认）" in page
        client.post(f"{asked.get_absolute_url()}agree/")
        assert "还不能进行" not in shown()
        assert client.post(at(published, "open")).status_code == 302
    published.meeting.refresh_from_db()
    assert published.meeting.stage == Meeting.Stage.OPEN
    anybody = client.get(published.meeting.get_absolute_url()).content.decode()
    assert "投票时间不少于 5 日" in anybody


def test_reasons_to_waive_to_move_the_end_and_to_call_off_are_three_fields(published, cast, client):
    client.force_login(cast.li)
    with time_machine.travel(CLOSED - timedelta(days=3), tick=False):
        page = client.get(at(published, "console")).content.decode()
    ids = re.findall(r' id="([^"]+)"', page)
    assert page.count('name="reason"') == 3
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("who", "console", "step"),
    [
        ("li", 200, 302),
        ("zhao", 200, 403),
        ("wang", 403, 403),
        ("chen", 403, 403),
        ("qian", 403, 403),
    ],
)
def test_the_right_office_here_is_asked(prepared, cast, client, who, console, step):
    client.force_login(getattr(cast, who))
    assert client.get(at(prepared, "console")).status_code == console
    assert client.post(at(prepared, "freeze")).status_code == step


def test_a_meeting_in_preparation_is_not_told_of(prepared, cast, client):
    assert client.get(prepared.meeting.get_absolute_url()).status_code == 404
    client.force_login(cast.li)
    assert client.get(prepared.meeting.get_absolute_url()).status_code == 200


def test_everybody_reads_the_result(counted, client):
    page = client.get(counted.meeting.get_absolute_url())
    assert page.status_code == 200
    assert "空缺" not in page.content.decode()
    assert "当选" in page.content.decode()
    posted = client.get(at(counted, "result-json"))
    assert posted.json() == Result.objects.get().result


def test_a_nomination_of_a_stranger_keeps_what_was_typed(nominating, cast, client):
    client.force_login(cast.li)
    page = client.post(
        at(nominating, "nominate", position=2),
        {"room": "9-9-901", "name": "无此人", "is_party_member": "0", "channel": "self"},
    )
    assert page.status_code == 422
    assert "无此人" in page.content.decode()
    assert "名册上没有这位业主" in page.content.decode()


def test_a_slip_is_found_by_number_or_room_and_keyed_as_marked(opened, cast, client):
    client.force_login(cast.li)
    voter = opened.voter(3)
    for words in (str(voter.slip), voter.rooms[0]):
        found = client.get(at(opened, "slips"), {"find": words})
        assert found["Location"] == at(opened, "slip", slip=voter.slip)
    with time_machine.travel(OPENED + timedelta(days=1), tick=False):
        page = client.get(found["Location"])
        marks = {
            "request": str(page.context["form"].initial["request"]),
            "m2": ["c1", "c2", "c3"],
        }
        assert client.post(found["Location"], marks).status_code == 302
        again = client.get(found["Location"])
    assert again.context["cast"].channel == "paper"


def test_the_record_is_taken_by_who_may_and_logged(counted, cast, client, tmp_path):
    from portal.tools.audit.models import AuditEntry

    client.force_login(cast.chen)
    assert client.post(at(counted, "record")).status_code == 403
    client.force_login(cast.zhao)
    answer = client.post(at(counted, "record"))
    taken = tmp_path / "record.zip"
    taken.write_bytes(b"".join(answer.streaming_content))
    assert recount.main([str(taken)]) == 0
    posted = client.get(at(counted, "result-json")).content
    assert zipfile.ZipFile(taken).read("result.json") == posted
    assert AuditEntry.objects.filter(act="committees.take_record", actor=cast.zhao.pk).exists()
