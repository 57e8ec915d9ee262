"""Format roll-report/1, sentence by sentence, against an empty registry."""

import gc
import json

import pytest

from portal.owners.rules.findings import BAD, WARNINGS
from portal.owners.rules.roll import NoHeader, NoLines

ID, OTHER_ID = "11010519491231002X", "330324198001011239"
CHEN, LI = "13800000001", "13800000002"


def test_the_report_has_exactly_the_keys_of_the_format(judged):
    report = judged("1-2-301,89.3.2,张三", "1-2-302,50,李四,1380000").json
    assert list(report) == [
        *("format", "sheet", "header_row", "columns", "ignored"),
        *("rows", "roll", "bad", "warnings"),
    ]
    assert report["format"] == "roll-report/1"
    assert (report["sheet"], report["header_row"], report["ignored"]) == ("", 1, [])
    assert report["rows"] == {"read": 2, "new": 1, "changed": 0, "same": 0, "bad": 1}
    assert report["roll"] == {"parts": 1, "heads": 1, "area": "50.00"}
    assert [list(one) for one in report["bad"] + report["warnings"]] == [
        ["row", "column", "code", "value", "text"]
    ] * 2
    assert json.loads(json.dumps(report)) == report


def test_columns_names_the_files_own_headers(judged):
    found = judged(text="栋,单元,室号,建筑面积（㎡）,产权人,备注\n1,2,301,89,张三,x\n").json
    assert found["columns"] == {
        "building": "栋",
        "stairwell": "单元",
        "number": "室号",
        "area": "建筑面积（㎡）",
        "owner": "产权人",
    }
    assert found["ignored"] == ["备注"]


@pytest.mark.parametrize("text", ["", "姓名,电话\n张三,1\n", "说明\n请按模板填写\n"])
def test_a_file_without_a_header_is_no_roll(judged, text):
    with pytest.raises(NoHeader):
        judged(text=text or " \n,\n.")


@pytest.mark.parametrize("text", ["房号,面积\n", "房号,面积\n,,\n", "房号,面积\n合计,89\n"])
def test_a_header_without_rows_is_no_roll(judged, text):
    with pytest.raises(NoLines) as refusal:
        judged(text=text)
    assert (refusal.value.sheet, refusal.value.row) == ("", 1)


def test_rows_read_are_neither_empty_nor_totals(judged):
    found = judged(
        "1-2-301,50,张三", ",,,", "小计,50", "备注", "\u3000,\u200b", "合 计：50", "总计"
    )
    assert found.rows == {"read": 2, "new": 1, "bad": 1}
    assert found.bad[0] == (5, "房号", "room-unreadable")


def test_a_row_with_three_faults_is_one_bad_row_and_three_entries_by_column(judged):
    found = judged("1-2-301,50,张三,,11010519491231002X", "abc,89.3.2,", "1-2-302,x,,1380000")
    assert found.rows == {"read": 3, "new": 1, "bad": 2}
    assert found.bad == [
        (3, "房号", "room-unreadable"),
        (3, "面积", "area-not-a-number"),
        (3, "业主", "owner-missing"),
        (4, "面积", "area-not-a-number"),
        (4, "业主", "owner-missing"),
    ]


def test_entries_stand_in_the_order_of_the_columns_whatever_these_are(judged):
    found = judged(text="业主,面积,房号\n,x,abc\n")
    assert [column for _, column, _ in found.bad] == ["业主", "面积", "房号"]


@pytest.mark.parametrize("code", [*BAD, *WARNINGS])
def test_every_text_is_chinese_and_a_sentence(code):
    text = (BAD | WARNINGS)[code]
    assert text.endswith("。")
    assert len(text) > 10


# Rooms


def test_all_spellings_name_one_part(judged):
    found = judged(
        *("1-2-301,50,张三", "1幢2单元301室,50,李四", "01栋2-301,50,王五"),
        *("１－２－３０１,50,赵六", "1#2-301,50,钱七"),
    )
    assert found.rows == {"read": 5, "new": 5}
    assert found.roll == (1, 1, "50.00")
    assert found.owners == {"1-2-301": ["张三", "李四", "王五", "赵六", "钱七"]}


def test_a_room_and_its_owners_may_stand_in_columns_side_by_side(judged):
    found = judged(text="房号,房号,房号,面积,业主,业主\n1,2,301,80,张三,李四\n1,2,302,80,张三,\n")
    assert found.owners == {"1-2-301": ["张三", "李四"], "1-2-302": ["张三"]}


def test_where_numbers_repeat_their_buildings_one_with_a_stairwell_is_read_whole(judged):
    found = judged(
        text="楼栋,房号,面积,业主\n1,1-301,80,张三\n2,2-301,80,李四\n2,2幢1单元302,80,王五\n"
    )
    assert sorted(found.owners) == ["1-301", "2-1-302", "2-301"]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (",50,张三", "房号", "room-missing"),
        ("\u3000,50,张三", "房号", "room-missing"),
        ("一楼左边,50,张三", "房号", "room-unreadable"),
        ("301,50,张三", "房号", "room-unreadable"),
        ("2024-01-02,50,张三", "房号", "room-unreadable"),
    ],
)
def test_a_room_that_cannot_be_told(judged, row, column, code):
    found = judged(row)
    assert found.bad == [(2, column, code)]
    assert found.roll == (0, 0, "0.00")


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ("1,2,,50,张三", "室", "room-missing"),
        (",2,301,50,张三", "幢", "room-missing"),
        (",,,50,张三", "室", "room-missing"),
        ("1,2,abc,50,张三", "室", "room-unreadable"),
        ("1,2,1-3-301,50,张三", "室", "room-unreadable"),
    ],
)
def test_a_room_in_three_cells_that_cannot_be_told(judged, cells, column, code):
    assert judged(text=f"幢,单元,室,面积,业主\n{cells}\n").bad == [(2, column, code)]


@pytest.mark.parametrize(
    ("later", "bad"),
    [
        ("1-2-301,50,李四,,,住宅", []),
        ("1-2-301,,李四", []),
        ("1-2-301,50.00,李四,,,住房", []),
        ("1-2-301,50.01,李四", [(3, "面积", "room-conflict")]),
        ("1-2-301,,李四,,,商铺", [(3, "用途", "room-conflict")]),
        ("1-2-301,60,李四,,,商铺", [(3, "面积", "room-conflict"), (3, "用途", "room-conflict")]),
    ],
)
def test_a_later_line_has_the_first_ones_area_and_use_or_conflicts(judged, later, bad):
    assert judged("1幢2单元301,50,张三,,,住宅", later).bad == bad


def test_a_conflict_is_with_what_came_before_also_on_a_bad_row(judged):
    found = judged("1-2-301,50,", "1-2-301,60,张三", "1-2-301,,李四")
    assert found.bad == [(2, "业主", "owner-missing"), (3, "面积", "room-conflict")]
    assert found.owners == {"1-2-301": ["李四"]}
    assert found.roll == (1, 1, "50.00")


def test_an_area_only_the_second_line_has_is_missing_on_the_first(judged):
    found = judged("1-2-301,,张三", "1-2-301,50,李四", "1-2-301,,王五")
    assert found.bad == [(2, "面积", "area-missing")]
    assert found.owners == {"1-2-301": ["李四", "王五"]}


def test_a_line_behind_a_wrong_area_is_not_blamed_for_it_but_lacks_one(judged):
    found = judged("1-2-301,x,张三", "1-2-301,,李四")
    assert found.bad == [(2, "面积", "area-not-a-number"), (3, "面积", "area-missing")]


# Area


@pytest.mark.parametrize(
    ("area", "code"),
    [
        ("", "area-missing"),
        ("89.3.2", "area-not-a-number"),
        ("0", "area-not-positive"),
        ("-1", "area-not-positive"),
        ("100000.01", "area-too-large"),
    ],
)
def test_areas_that_are_none(judged, area, code):
    assert judged(f"1-2-301,{area},张三").bad == [(2, "面积", code)]


def test_more_decimals_are_rounded_half_up_with_a_warning(judged):
    found = judged("1-2-301,89.325,张三", "1-2-302,89.32㎡,张三", '1-2-303,"1,089.32",张三')
    assert found.roll == (3, 3, "1267.97")
    assert found.warnings[0] == (2, "面积", "area-rounded")


# Words and heads


@pytest.mark.parametrize(
    ("words", "is_counted"),
    [
        ("住宅 住房 商铺 店面 商业 办公", True),
        ("车位 车库 车棚 储藏室 储物间 地下室 公共用房", False),
    ],
)
def test_the_default_scope_is_without_parking_storage_and_public_rooms(judged, words, is_counted):
    for word in words.split():
        assert judged(f"1-2-301,50,张三,,,{word}").roll[0] == is_counted


def test_an_unknown_use_counts_as_a_dwelling_with_a_warning(judged):
    found = judged("1-2-301,50,张三,,,别墅", "1-2-302,50,李四")
    assert found.warnings == [(2, "用途", "use-unknown")]
    assert found.roll == (2, 2, "100.00")


def test_without_a_word_a_parking_space_is_one_by_its_room(judged):
    assert judged("车位-023,12,张三", "1-2-301,50,李四").roll == (1, 1, "50.00")


def test_the_developers_unsold_and_undelivered_parts_are_one_head(judged):
    found = judged(
        "1-2-301,50,,,,,,未售",
        "1-2-302,50,幸福置业有限公司,,,,,空置未售",
        f"1-2-303,50,张三,{CHEN},,,,未交付",
        f"1-2-304,50,张三,{CHEN},,,,已交付",
        f"1-2-305,50,张三,{CHEN}",
    )
    assert found.roll == (5, 2, "250.00")


def test_an_owner_alone_and_with_another_is_two_heads(judged):
    found = judged(f"1-2-301,50,张三,{CHEN}", f"1-2-302,50,张三、李四,{CHEN}")
    assert found.roll == (2, 2, "100.00")


def test_a_good_line_beside_a_bad_one_of_its_part_is_taken_in(judged):
    found = judged("1-2-301,50,张三", "1-2-301,x,李四")
    assert found.rows == {"read": 2, "new": 1, "bad": 1}
    assert found.owners == {"1-2-301": ["张三"]}


def test_the_certificate_goes_with_the_owners_of_its_line(judged):
    found = judged("1-2-301,50,张三,,,,,,浙001号", "1-2-301,,李四,,,,,,浙002号")
    (part,) = found.report.parts.values()
    assert [held.certificate for held in part.part.owners] == ["浙001号", "浙002号"]


def test_names_and_phones_of_one_column_are_both_read(judged):
    found = judged(text=f"房号,面积,姓名/电话\n1-2-301,50,张三{CHEN}\n1-2-302,50,张三 {CHEN}\n")
    assert found.json["columns"]["phone"] == "姓名/电话"
    assert found.roll == (2, 1, "100.00")


def test_numbers_that_repeat_their_building_are_read_once(judged):
    found = judged(text="幢号,室号,面积,业主\n1,1-101,50,张三\n2,2-102,50,李四\n")
    assert set(found.report.parts) == {"1-101", "2-102"}


def test_who_has_no_collector_of_garbage_gets_none(judged):
    gc.disable()
    try:
        judged("1-2-301,50,张三")
        assert not gc.isenabled()
    finally:
        gc.enable()
    judged("1-2-301,50,张三")
    assert gc.isenabled()
