"""A roll is taken in by a job: its page, a second press, a failure, a roll changed meanwhile."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.owners import actions
from portal.owners.actions import importing
from portal.owners.models import Holding, Owner, RollImport, RollUpload
from portal.owners.tasks import take_roll_in
from portal.places.models import Building, Part, Stairwell
from tests.factories import people

ROWS = "房号,面积,业主,电话\n2-1-101,80,张三,13800000001\n2-1-102,八十,李四,\n"


@pytest.fixture
def upload(client, cast):
    client.force_login(cast.li)
    return look_at(client, cast.compound)


def look_at(client, compound, rows=ROWS):
    file = SimpleUploadedFile("名册.csv", rows.encode())
    client.post(reverse("owners:import", args=[compound.code]), {"file": file})
    return RollUpload.objects.get(compound=compound, is_left_over=False)


def page_of(upload):
    return reverse("owners:take-in", args=[upload.compound.code, upload.pk])


def registry():
    return [model.objects.count() for model in (Part, Building, Stairwell, Owner, Holding)]


def test_the_page_shows_how_far_it_is_and_asks_again_by_itself(client, upload, letters):
    answer = client.post(page_of(upload), follow=True)
    assert answer.redirect_chain == [(page_of(upload), 302)]
    assert (answer["Refresh"], "排队等待……" in answer.content.decode()) == ("3", True)
    letters.deliver()
    done = client.get(page_of(upload))
    assert "新增 1 行，变更 0 行，相同 0 行，有误未写入 1 行" in done.content.decode()
    assert "Refresh" not in done.headers


def test_before_the_press_nothing_is_under_way(client, upload):
    assert "Refresh" not in client.get(page_of(upload)).headers


def test_pressed_twice_it_is_sent_once_and_run_twice_it_is_done_once(client, upload, letters):
    assert [client.post(page_of(upload)).status_code for _ in range(2)] == [302, 302]
    assert [letter for letter, _ in letters] == ["owners.take_roll_in"]
    letters.deliver()
    before = registry()
    take_roll_in(compound=upload.compound_id, upload=upload.pk)
    assert client.post(page_of(upload)).url == page_of(upload)
    assert (registry(), RollImport.objects.count()) == (before, 1)


def test_another_look_leaves_what_is_under_way(client, cast, upload, letters):
    client.post(page_of(upload))
    file = SimpleUploadedFile("另一份.csv", ROWS.encode())
    client.post(reverse("owners:import", args=[cast.compound.code]), {"file": file})
    assert RollUpload.objects.count() == 2
    letters.deliver()
    assert RollImport.objects.get().upload == upload.pk


def test_what_another_import_did_meanwhile_is_not_undone_unseen(
    client, cast, upload, letters, noon
):
    other = ROWS.replace("张三", "王五").encode()
    actions.import_roll(cast.compound, other, file_name="b.csv", by=None, at=noon)
    client.post(page_of(upload))
    letters.deliver()
    page = client.get(page_of(upload)).content.decode()
    assert "名册在检查之后有变动" in page
    assert Holding.objects.current().get(part__key="2-1-101").owner.name == "王五"
    client.post(page_of(upload))
    assert RollUpload.objects.get().step == RollUpload.Step.CHANGED


def test_a_change_between_judging_and_writing_is_seen_too(
    client, cast, upload, letters, monkeypatch
):
    client.post(page_of(upload))
    monkeypatch.setattr(importing, "registry_state", _after(upload.seen))
    letters.deliver()
    assert RollUpload.objects.get().step == RollUpload.Step.CHANGED
    assert not RollImport.objects.exists()


def _after(seen):
    states = iter((seen, "another"))
    return lambda _compound: next(states)


def failing(*_args, **_facts):
    raise RuntimeError("the last step fails")


def test_a_job_that_dies_at_its_end_leaves_nothing_and_is_run_again(
    client, upload, letters, monkeypatch
):
    client.post(page_of(upload))
    before = registry()
    with monkeypatch.context() as broken:
        broken.setattr(importing, "note", failing)
        with pytest.raises(RuntimeError, match="the last step fails"):
            take_roll_in(compound=upload.compound_id, upload=upload.pk)
    assert (registry(), RollImport.objects.count()) == (before, 0)
    assert "正在写入……" in client.get(page_of(upload)).content.decode()
    letters.deliver()
    assert RollImport.objects.count() == 1


def test_a_file_that_a_stricter_reader_refuses_is_told(client, upload, letters, monkeypatch):
    client.post(page_of(upload))
    row = RollUpload.objects.get(pk=upload.pk)
    row.content = "JVBERi0="  # %PDF-
    row.save()
    letters.deliver()
    assert "文件无法读取" in client.get(page_of(upload)).content.decode()


def test_another_clerk_sees_nothing_of_it(client, cast, upload, letters):
    client.post(page_of(upload))
    letters.deliver()
    second = people.user("会务乙")
    people.compound_office(second, cast.compound, "meeting-clerk")
    client.force_login(second)
    assert client.get(page_of(upload)).status_code == 404


def test_all_areas_and_phones_changed_take_as_many_statements_as_one(
    cast, noon, django_assert_max_num_queries
):
    def rows(area, head, count=60):
        lines = "".join(
            f"3-1-{100 + n},{area},业主{n},{head}{n:08},\n" for n in range(1, count + 1)
        )
        return f"房号,面积,业主,电话,\n{lines}".encode()

    actions.import_roll(cast.compound, rows(80, 138), file_name="a.csv", by=None, at=noon)
    with django_assert_max_num_queries(40):
        changed = actions.import_roll(
            cast.compound, rows(81, 139), file_name="b.csv", by=None, at=noon
        )
    assert changed.as_json()["rows"]["changed"] == 60
    parts = Part.objects.filter(compound=cast.compound, key__startswith="3-1-")
    assert set(parts.values_list("area", flat=True)) == {8100}
    phones = {row.owner.phone[:6] for row in Holding.objects.current().filter(part__in=parts)}
    assert phones == {"+86139"}
