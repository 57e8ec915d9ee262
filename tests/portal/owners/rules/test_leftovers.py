"""The rows that were not taken in come back so that they can be mended and taken in."""

import io
from itertools import count
from uuid import UUID

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.owners.documents import left_over_file
from portal.owners.rules.headers import claim_of
from portal.owners.rules.leftovers import HEADS, left_over
from portal.owners.rules.registry import EMPTY, Registry
from portal.owners.rules.roll import NotARoll, judge
from portal.owners.rules.told import judged_from, report_as_message
from portal.tools.sheets.reading import read_sheets
from tests.portal.owners.rules.test_roll_properties import HEADER as COLUMNS
from tests.portal.owners.rules.test_roll_properties import as_csv, lines

OF_OTHER_PARTS = {"id-conflict"}  # told from rows that need not come back


def told(report):
    return judged_from(report_as_message(report, is_whole=True))


def sent_again(report, registry=EMPTY):
    data = left_over_file(told(report), "名册.xlsx")
    return judge(read_sheets(data), registry, (UUID(int=n) for n in count(10_000)))


def cells_of(data):
    rows = openpyxl.load_workbook(io.BytesIO(data)).active.values
    return [[cell or "" for cell in row] for row in rows]


@pytest.mark.parametrize("field", HEADS)
def test_every_head_is_read_as_its_field(field):
    assert claim_of(HEADS[field]).field == {"room": "number"}.get(field, field)


def test_a_bad_row_comes_back_with_its_reasons_and_its_number(judged):
    read = judged("1-2-301,89.32,张三", ",八十,李四,13800000001", "1-2-303,90,王五")
    title, heads, row = cells_of(left_over_file(told(read.report), "名册.xlsx"))
    assert "名册.xlsx" in title[0]
    assert heads[:4] == ["房号", "产权面积", "业主", "手机号"]
    assert row[:4] == ["", "八十", "李四", "13800000001"]
    assert "房号：没有房号" in row[-2]
    assert "面积：面积不是数字" in row[-2]
    assert row[-1] == "3"


@pytest.mark.parametrize(
    "pieces", ["1幢,2单元,301室", "A座,,车位12", "桂花巷3,2,301", "会所,,301", "商业街1幢,,1201"]
)
def test_a_room_in_three_cells_comes_back_in_one_that_is_read_as_the_same_part(judged, pieces):
    first = judged(text=f"楼栋,单元,室号,面积,业主\n{pieces},50,张三\n{pieces},51,李四\n")
    again = sent_again(first.report)
    assert (first.rows["bad"], again.count("bad")) == (1, 1)
    assert again.parts.keys() == first.report.parts.keys()


def test_the_good_rows_of_a_part_come_back_with_its_bad_one(judged):
    """Sent alone, the mended row would leave the part to one owner."""
    read = judged("1-2-301,89.32,张三", "1-2-301,90,李四", "1-2-302,80,王五")
    back = left_over(read.report)
    assert [(one.row, bool(one.faults)) for one in back] == [(2, False), (3, True)]


def test_mended_and_sent_again_every_owner_of_the_part_stands(judged, registry_after):
    first = judged("1-2-301,89.32,张三", "1-2-301,90,李四", "1-2-302,80,王五")
    rows = cells_of(left_over_file(told(first.report), "名册.xlsx"))[1:]
    mended = [["89.32" if cell == "90" else cell for cell in row] for row in rows]
    second = judged(text=as_csv(mended).decode(), registry=registry_after(first))
    assert second.rows == {"read": 2, "changed": 1, "same": 1}
    assert second.owners["1-2-301"] == ["张三", "李四"]


def test_a_room_in_three_columns_comes_back_in_one(judged):
    text = "楼幢,单元,室号,面积,业主\n1,2,301,89,张三\n1,2,302,x,李四\n1,,,80,王五\n"
    rows = cells_of(left_over_file(told(judged(text=text).report), "名册.csv"))
    assert [row[0] for row in rows[2:]] == ["1-2-302", "1"]


def test_names_with_phones_in_one_cell_come_back_apart(judged):
    text = "房号,面积,业主姓名及电话\n1-2-301,x,张三 13800000001\n"
    heads, row = cells_of(left_over_file(told(judged(text=text).report), "名册.csv"))[1:]
    assert dict(zip(heads, row, strict=True)) | {"有误的原因": ""} == {
        "房号": "1-2-301",
        "产权面积": "x",
        "业主": "张三",
        "手机号": "13800000001",
        "有误的原因": "",
        "原文件行次": "2",
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(lines, min_size=1, max_size=6))
def test_unmended_it_is_found_wrong_again_and_changes_no_part(rows):
    try:
        first = judge(read_sheets(as_csv([COLUMNS, *rows])), EMPTY, (UUID(int=n) for n in count(1)))
    except NotARoll:
        return
    if not first.bad:
        return
    after = Registry(
        {key: value.part for key, value in first.parts.items()},
        {key: value.person for key, value in first.people.items()},
    )
    again = sent_again(first, after)
    of = {place: one.row for place, one in enumerate(left_over(first), start=3)}

    def told(found, rows=None):
        return {(rows[one.row] if rows else one.row, one.code) for one in found} - {
            (row, code) for row in of.values() for code in OF_OTHER_PARTS
        }

    assert told(again.bad, of) == told(first.bad)
    assert again.count("new") == 0
    assert all(value.part == after.parts[key] for key, value in again.parts.items())
