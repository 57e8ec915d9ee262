"""The owners of a cell, and what belongs to whom of them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.owners.rules.naming import read_owners
from portal.owners.rules.people import (
    Datum,
    Mention,
    apart,
    is_company,
    name_key,
    read_names,
    read_numbers,
    read_phones,
)

PHONE = Datum("13800000001", "+8613800000001")


def named(cells):
    return read_owners(cells, tuple(cells), (), demonstration=False).mentions


@pytest.mark.parametrize(
    "cell",
    [
        "张三、李四",
        "张三，李四",
        "张三,李四",
        "张三;李四",
        "张三；李四",
        "张三/李四",
        "张三／李四",
        "张三\n李四",
        "张三\r\n李四",
        " 张三 、 李四 、",
        "张三、\n李四",
    ],
)
def test_names_in_one_cell_are_parted(cell):
    assert read_names(cell) == ["张三", "李四"]


@pytest.mark.parametrize("cell", ["", "/", "-", "无", "暂无", "未售", "空置未售", "N/A", "、"])
def test_a_cell_may_name_nobody(cell):
    assert read_names(cell) == []


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("张 三", ["张三"]),
        ("张\u3000三", ["张三"]),
        ("欧阳 娜娜", ["欧阳 娜娜"]),
        ("阿依古丽·买买提", ["阿依古丽·买买提"]),
        ("Wenzhou Foo Co., Ltd.", ["Wenzhou Foo Co., Ltd."]),
        ("幸福（永嘉）置业有限公司", ["幸福（永嘉）置业有限公司"]),
    ],
)
def test_one_name_stays_one(cell, names):
    assert read_names(cell) == names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("张三", "张 三"),
        ("幸福（永嘉）公司", "幸福(永嘉)公司"),
        ("阿依·买买提", "阿依・买买提"),
        ("foo", "FOO"),
    ],
)
def test_two_spellings_of_one_name(one, other):
    assert name_key(one) == name_key(other)


def test_phones_and_numbers_are_parted_like_names_or_by_spaces():
    found = read_phones("13800000001 13800000002、0577-67221234/x", demonstration=False)
    assert [datum.checked for datum in found] == [
        "+8613800000001",
        "+8613800000002",
        "+8657767221234",
        "",
    ]
    found = read_numbers("11010519491231002X；E12345678", demonstration=False)
    assert [datum.checked for datum in found] == ["11010519491231002X", "E12345678"]


@pytest.mark.parametrize("cell", ["、13800000001", "无/13800000001", "-\n13800000001"])
def test_beside_as_many_names_a_phone_stands_where_it_is_written(cell):
    second = [Datum("", ""), PHONE]
    assert read_phones(cell, 2, demonstration=False) == second
    assert read_phones(cell, 1, demonstration=False) == second[1:]
    mentions = named({"owner": "张三、李四", "phone": cell})
    assert [one.phone for one in mentions] == ["", PHONE.checked]


def test_an_empty_piece_between_two_phones_is_nobodys():
    cell = "13800000001、\n13800000002"
    assert len(read_phones(cell, 2, demonstration=False)) == 2


def test_a_phone_beside_several_names_is_the_first_ones():
    said = named({"owner": "张三、李四", "phone": "13800000001"})
    assert [one.phone for one in said] == ["+8613800000001", ""]


def test_of_several_phones_beside_one_name_the_first_good_one_is_taken():
    (said,) = named(
        {"owner": "张三", "phone": "x、13800000001", "share": "100%", "certificate": "证1"}
    )
    assert (said.phone, said.share, said.certificate) == ("+8613800000001", Fraction(1), "证1")


@pytest.mark.parametrize(
    ("cell", "names", "phones"),
    [
        ("张三13800000001", "张三", "13800000001"),
        ("张三 13800000001、李四", "张三 、李四", "13800000001"),
        ("张三（0577-67221234）", "张三", "0577-67221234"),
        ("张三", "张三", ""),
    ],
)
def test_names_and_phones_of_one_column_are_taken_apart(cell, names, phones):
    assert apart(cell) == (names, phones)


@pytest.mark.parametrize(
    ("name", "number", "is_one"),
    [
        ("幸福置业有限公司", "", True),
        ("张三", "", False),
        ("公司", "", False),
        ("某某", "91350100M000100Y43", True),
        ("银行某某某", "11010519491231002X", False),
        ("银行某某某", "E12345678", False),
    ],
)
def test_a_company_is_told_by_its_code_or_its_name(name, number, is_one):
    assert is_company(Mention(name, name_key(name), number=number)) is is_one


@given(st.text(max_size=40))
def test_any_cell_names_people_with_names(cell):
    assert all(name.strip() for name in read_names(cell))
