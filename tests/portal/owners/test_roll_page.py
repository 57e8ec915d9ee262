"""The roll as its readers see it: rooms, masked names, a hundred to a page; files handed in."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.owners import actions, queries
from portal.owners.actions.unreadable import why_unreadable
from portal.owners.models import Holding, Owner, RollUpload
from portal.owners.rules.roll import NoHeader, NoLines
from portal.owners.rules.scopes import Counting
from portal.places.models import Part
from portal.tools.sheets import refusals
from tests.costs import page_cost
from tests.factories import people, places


def roll(compound):
    return reverse("owners:roll", args=[compound.code])


def main_of(answer) -> str:
    assert answer.status_code == 200
    page = answer.content.decode()
    return page[page.index("<main") : page.index("</main>")]


def fill(compound, first, last):
    for number in range(first, last):
        people.owner(compound, places.part(compound, f"7-1-{number + 101}"))


@pytest.mark.parametrize(
    ("who", "status", "imports"),
    [("li", 200, True), ("zhao", 200, False), ("wang", 403, None), ("chen", 403, None)],
)
def test_the_roll_is_read_by_its_keepers_and_the_offices_over_it(
    client, cast, who, status, imports
):
    client.force_login(getattr(cast, who))
    answer = client.get(roll(cast.compound))
    assert answer.status_code == status
    if status == 200:
        address = reverse("owners:import", args=[cast.compound.code])
        assert (address in answer.content.decode()) is imports


def test_persons_are_masked_and_companies_are_not(client, cast):
    people.owner(cast.compound, places.part(cast.compound, "2-1-101"), name="欧阳小明")
    firm = {"name": "永嘉某某商贸有限公司", "kind": Owner.Kind.COMPANY}
    people.owner(cast.compound, places.part(cast.compound, "2-1-102"), **firm)
    client.force_login(cast.li)
    page = main_of(client.get(roll(cast.compound)))
    assert "欧阳小明" not in page
    assert "永嘉某某商贸有限公司" in page


def test_who_sold_is_not_shown(client, cast):
    people.owner(cast.compound, places.part(cast.compound, "2-1-101"), name="旧业主")
    Holding.objects.filter(part__key="2-1-101").update(until=date(2026, 10, 1))
    shown = queries.parts_with_owners(cast.compound).get(key="2-1-101")
    assert list(shown.holdings.all()) == []


def test_the_totals_leave_public_rooms_out_and_parking_as_the_rules_say(cast):
    places.part(cast.compound, "车位-1", area=1200, kind=Part.Kind.PARKING)
    places.part(cast.compound, "2-1-101", area=10000)
    places.part(cast.compound, "9-1-001", area=70000, kind=Part.Kind.PUBLIC)
    assert queries.totals(cast.compound, Counting()) == (2, 18932)
    assert queries.totals(cast.compound, Counting(parking=True)) == (3, 20132)
    assert queries.totals(places.compound(), Counting()) == (0, 0)


def test_a_hundred_rooms_stand_on_a_page_and_a_page_past_the_end_is_the_last(client, cast):
    fill(cast.compound, 0, 100)
    client.force_login(cast.li)
    counts = [
        main_of(client.get(roll(cast.compound), {"page": page})).count('<th scope="row">')
        for page in ("1", "2", "99", "x")
    ]
    assert counts == [100, 1, 1, 100]


def test_an_empty_roll_says_what_to_do(client, cast):
    Holding.objects.all().delete()
    Part.objects.all().delete()
    client.force_login(cast.li)
    assert "名册还是空的。请先导入已有的 Excel 名册。" in main_of(client.get(roll(cast.compound)))


def test_the_roll_costs_the_same_at_one_room_and_version_and_at_three(client, cast, noon):
    client.force_login(cast.li)
    actions.freeze_roll(cast.compound, by=cast.li.pk, at=noon)
    one = page_cost(client, roll(cast.compound))
    fill(cast.compound, 0, 2)
    for _more in range(2):
        actions.freeze_roll(cast.compound, by=cast.li.pk, at=noon)
    assert page_cost(client, roll(cast.compound)) == one


def hand_in(client, compound, data, name="名册.csv"):
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("owners:import", args=[compound.code]), {"file": file})


def test_a_file_that_is_no_roll_is_told_in_a_line_and_nothing_is_kept(client, cast):
    client.force_login(cast.li)
    answer = hand_in(client, cast.compound, b"%PDF-1.4\n")
    assert answer.status_code == 422
    assert "这不是表格文件（PDF）。" in answer.content.decode()
    assert not RollUpload.objects.exists()


def test_no_file_is_told_beside_the_field(client, cast):
    client.force_login(cast.li)
    answer = client.post(reverse("owners:import", args=[cast.compound.code]), {"sent": "1"})
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"file"})


def test_of_two_files_that_were_looked_at_the_later_is_taken_in(client, cast, letters):
    client.force_login(cast.li)
    header = "房号,面积,业主,电话\n"
    for name in ("张三", "李四"):
        hand_in(client, cast.compound, f"{header}2-1-101,80,{name},\n".encode())
    last = RollUpload.objects.get()
    address = reverse("owners:take-in", args=[cast.compound.code, cast.li.pk])
    page = client.post(address, follow=True).content.decode()
    assert "这个文件已经导入过，或已换成另一个文件。" in page
    address = reverse("owners:take-in", args=[cast.compound.code, last.pk])
    client.post(address)
    letters.deliver()
    page = client.get(address).content.decode()
    assert "新增 1 行，变更 0 行，相同 0 行，有误未写入 0 行" in page
    assert Holding.objects.get(part__key="2-1-101").owner.name == "李四"


def test_another_clerk_does_not_take_in_what_one_looked_at(client, cast):
    client.force_login(cast.li)
    hand_in(client, cast.compound, "房号,面积,业主\n2-1-101,80,张三\n".encode())
    second = people.user("会务乙")
    people.compound_office(second, cast.compound, "meeting-clerk")
    client.force_login(second)
    upload = RollUpload.objects.get()
    client.post(reverse("owners:take-in", args=[cast.compound.code, upload.pk]))
    assert not Part.objects.filter(key="2-1-101").exists()
    assert RollUpload.objects.get() == upload


def test_a_roll_is_taken_in_by_a_button_only(client, cast):
    client.force_login(cast.li)
    address = reverse("owners:take-in", args=[cast.compound.code, cast.li.pk])
    assert client.get(address).status_code == 404
    assert client.post(roll(cast.compound)).status_code == 405


WHY = [
    (refusals.EmptyFile(), "文件是空的"),
    (refusals.NotASpreadsheet("image"), "这不是表格文件（图片）"),
    (refusals.NotASpreadsheet("unknown"), "这不是表格文件（内容无法识别）"),
    (refusals.Encrypted(), "请去掉密码"),
    (refusals.TooLarge("rows", 200_000), "表格超过 200000 行"),
    (refusals.TooLarge("columns", 1000), "表格超过 1000 列"),
    (refusals.TooLarge("unpacked_bytes", 600_000_000), "文件太大，无法读取"),
    (refusals.UnclosedQuote(7), "第 7 行的引号没有成对"),
    (refusals.Damaged(), "文件已损坏"),
    (NoHeader(), "没有找到表头"),
    (NoLines("名册", 3), "工作表“名册”第 3 行是表头，但下面没有数据"),
]


@pytest.mark.parametrize(("refusal", "words"), WHY, ids=lambda one: type(one).__name__)
def test_every_reason_why_a_file_is_no_roll_has_its_words(refusal, words):
    said = why_unreadable(refusal)
    assert words in said
    assert "_" not in said


def test_no_reason_is_left_without_words():
    known = {type(refusal) for refusal, _words in WHY}
    assert set(refusals.SheetRefusal.__subclasses__()) <= known
