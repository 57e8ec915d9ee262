"""The record is taken away whole, by who may, and each time it is noted."""

import io
import json
import zipfile

import pytest

from committees import recount
from committees.models import Result
from portal.tools.audit.models import AuditEntry
from tests.costs import page_cost

TAKEN = "committees.take_record"


def taken():
    return AuditEntry.objects.filter(act=TAKEN)


def test_the_zip_holds_a_record_that_recounts_to_the_posted_result(counted, cast, client, tmp_path):
    client.force_login(cast.zhao)
    answer = client.post(counted.address("record"))
    name = f"record-{counted.compound.code}-{counted.meeting.number}.zip"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    bundle = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    bundle.extractall(tmp_path)
    assert recount.main([str(tmp_path)]) == 0
    assert json.loads((tmp_path / "result.json").read_text()) == Result.objects.get().result


def test_no_name_and_no_phone_is_in_it(counted, cast, client):
    client.force_login(cast.li)
    body = b"".join(client.post(counted.address("record")).streaming_content)
    bundle = zipfile.ZipFile(io.BytesIO(body))
    texts = {name: bundle.read(name).decode() for name in bundle.namelist()}
    voters = [owner for owner in counted.owners if owner.name not in ("业主0", "业主1", "业主2")]
    for owner in [*voters, cast.chen_as_owner]:
        assert not any(owner.name in text for text in texts.values())
    assert not any("+86" in text for text in texts.values())


def test_each_taking_is_noted_and_a_refused_one_is_not(counted, opened_elsewhere, cast, client):
    client.force_login(cast.li)
    for _again in range(2):
        client.post(counted.address("record"))
    assert taken().count() == 2
    client.force_login(cast.qian)
    answer = client.post(opened_elsewhere.address("record"), follow=True)
    assert "计票完成后才能导出计票记录。" in answer.content.decode()
    assert not taken().filter(actor=cast.qian.pk).exists()


@pytest.fixture
def opened_elsewhere(cast, letters):
    from tests.factories import meetings

    return meetings.opened(cast.other_compound, cast.qian)


@pytest.mark.parametrize(
    ("who", "status"), [("chen", 403), ("wang", 403), ("qian", 403), (None, 302)]
)
def test_others_take_nothing(client, cast, counted, who, status):
    if who:
        client.force_login(getattr(cast, who))
    assert client.post(counted.address("record")).status_code == status
    assert not taken().exists()


def test_it_is_taken_by_a_button_and_not_by_a_link(client, cast, counted):
    client.force_login(cast.li)
    assert client.get(counted.address("record")).status_code == 405


def test_the_result_is_everybodys_in_canonical_form(client, counted):
    answer = client.get(counted.address("result-json"))
    assert answer["Content-Type"] == "application/json"
    assert answer.json() == Result.objects.get().result
    assert b" " not in answer.content
    assert page_cost(client, counted.address("result-json")) == 2


def test_before_the_count_the_result_leads_back_to_the_meeting(client, opened):
    answer = client.get(opened.address("result-json"))
    assert answer["Location"] == opened.meeting.get_absolute_url()
