"""What of a clerk's file was not taken in waits to be mended, for this clerk, for thirty days."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.owners import actions
from portal.owners.models import RollUpload
from portal.owners.tasks import forget_uploads
from portal.owners.views import importing
from portal.places.models import Part
from tests.factories import people

MIXED = "房号,面积,业主\n2-1-101,80,张三\n2-1-102,八十,李四\n".encode()


@pytest.fixture
def clerk(client, cast):
    client.force_login(cast.li)
    return client


def take_in(client, upload, letters):
    """The page that is shown once the job is done."""
    client.post(of(upload, "take-in"))
    letters.deliver()
    return client.get(of(upload, "take-in"))


def hand_in(client, compound, data, name="名册.csv"):
    return client.post(
        reverse("owners:import", args=[compound.code]), {"file": SimpleUploadedFile(name, data)}
    )


def of(upload, name="left-over"):
    return reverse(f"owners:{name}", args=[upload.compound.code, upload.pk])


def rows_of(answer):
    assert answer.status_code == 200
    return list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)[2:]


def test_bad_rows_are_fetched_before_and_after_the_good_ones_are_taken_in(clerk, cast, letters):
    looked_at = hand_in(clerk, cast.compound, MIXED).content.decode()
    staged = RollUpload.objects.get()
    assert of(staged) in looked_at
    before = rows_of(clerk.get(of(staged)))
    after = take_in(clerk, staged, letters)
    left = RollUpload.objects.get()
    assert "有误未写入 1 行" in after.content.decode()
    page = clerk.get(reverse("owners:import", args=[cast.compound.code]))
    assert of(left) in page.content.decode()
    assert rows_of(clerk.get(of(left))) == before
    assert before[0][:3] == ("2-1-102", "八十", "李四")


def test_it_is_saved_under_the_files_name(clerk, cast):
    hand_in(clerk, cast.compound, MIXED, "三期 名册.csv")
    told = clerk.get(of(RollUpload.objects.get()))["Content-Disposition"]
    assert told.startswith("attachment")
    assert told.endswith("%E4%B8%89%E6%9C%9F%20%E5%90%8D%E5%86%8C.xlsx")


def test_mended_it_is_taken_in_and_nothing_waits_any_more(clerk, cast, letters):
    hand_in(clerk, cast.compound, MIXED)
    take_in(clerk, RollUpload.objects.get(), letters)
    book = openpyxl.load_workbook(io.BytesIO(clerk.get(of(RollUpload.objects.get())).content))
    book.active["B3"] = 80.5
    mended = io.BytesIO()
    book.save(mended)
    hand_in(clerk, cast.compound, mended.getvalue(), "待改正-名册.xlsx")
    page = take_in(clerk, RollUpload.objects.get(), letters).content.decode()
    assert "有误未写入 0 行" in page
    assert Part.objects.get(key="2-1-102").area == 8050
    assert not RollUpload.objects.exists()


def test_what_is_left_over_is_not_taken_in_by_a_second_press(clerk, cast, letters):
    hand_in(clerk, cast.compound, MIXED)
    take_in(clerk, RollUpload.objects.get(), letters)
    left = RollUpload.objects.get()
    page = clerk.post(of(left, "take-in"), follow=True).content.decode()
    assert "这个文件已经导入过，或已换成另一个文件。" in page
    assert RollUpload.objects.get() == left


def test_another_clerk_does_not_get_it(clerk, cast):
    hand_in(clerk, cast.compound, MIXED)
    second = people.user("会务乙")
    people.compound_office(second, cast.compound, "meeting-clerk")
    clerk.force_login(second)
    assert clerk.get(of(RollUpload.objects.get())).status_code == 404


def test_a_page_shows_the_first_faults_and_the_file_has_all(clerk, cast, monkeypatch):
    monkeypatch.setattr(importing, "SHOWN", 2)
    rows = "".join(f"2-1-10{number},x,张三{number}\n" for number in range(1, 4))
    page = hand_in(clerk, cast.compound, f"房号,面积,业主\n{rows}".encode()).content.decode()
    assert page.count("面积不是数字") == 2
    assert "共 3 处，这里列出前 2 处；下载的文件里是全部。" in page
    assert len(rows_of(clerk.get(of(RollUpload.objects.get())))) == 3


def test_after_thirty_days_it_is_forgotten(clerk, cast, noon):
    for by, days in ((cast.li, 31), (cast.qian, 29)):
        at = noon - timedelta(days=days)
        actions.stage_roll(cast.compound, MIXED, file_name="名册.csv", seen="", by=by.pk, at=at)
    forget_uploads(at=noon)
    assert RollUpload.objects.get().by == cast.qian.pk
