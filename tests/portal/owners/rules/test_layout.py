"""Where the header stands, and which columns it names."""

from dataclasses import dataclass

import pytest

from portal.owners.rules.layout import find_layout, lines_of


@dataclass(frozen=True)
class Row:
    number: int
    cells: tuple[str, ...]

    @property
    def lead(self):
        return next(filter(None, self.cells), "")


@dataclass(frozen=True)
class Sheet:
    rows: list[Row]
    name: str = "名册"


def rows_of(*lines):
    return [Row(at, tuple(line.split("|"))) for at, line in enumerate(lines, start=1)]


def headers(layout):
    return {name: column.header for name, column in layout.columns.items()}


def test_the_header_stands_below_titles_and_the_other_columns_are_listed():
    rows = rows_of(
        "幸福里小区业主名册|幸福里小区业主名册",
        "填表人：张三|日期：2024年1月2日",
        "序号|房号|产权面积(㎡)|产权人|手机|备注|备注",
        "1|1-2-301|89.32|张三|13800000001||",
    )
    layout = find_layout(rows)
    assert layout.header_row == 3
    assert headers(layout) == {
        "room": "房号",
        "area": "产权面积(㎡)",
        "owner": "产权人",
        "phone": "手机",
    }
    assert layout.ignored == ("序号", "备注")
    assert [line.number for line in lines_of(Sheet(rows), layout)] == [4]


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("楼栋|单元|房号|面积", ["building", "stairwell", "number", "area"]),
        ("楼栋|房号|面积", ["building", "number", "area"]),
        ("单元|房号|面积", ["room", "area"]),
        ("楼栋|单元|楼栋-单元-房号|面积", ["room", "area"]),
        ("楼栋单元|房号|面积", ["building", "number", "area"]),
        ("房屋坐落|房号|面积", ["room", "area"]),
        ("房屋坐落|面积", ["room", "area"]),
        ("姓名及电话|房号|面积", ["room", "area", "owner", "phone"]),
    ],
)
def test_a_place_is_one_column_or_building_and_number(header, fields):
    assert list(find_layout(rows_of(header, "1|2|3|4")).columns) == fields


@pytest.mark.parametrize(
    "lines",
    [["房号|姓名|电话"], ["面积|姓名"], ["单元|面积"], ["说明"], [], ["幢|面积|业主房产|x"]],
)
def test_without_a_place_or_an_area_there_is_no_header(lines):
    found = find_layout(rows_of(*lines))
    assert found is None or "room" in found.columns


def test_without_a_number_the_building_tells_the_room():
    assert headers(find_layout(rows_of("楼号|面积"))) == {"room": "楼号", "area": "面积"}


def test_a_line_of_groups_may_stand_above_the_names():
    rows = rows_of(
        "房屋信息|房屋信息|租户信息|租户信息|业主信息|业主信息",
        "房号|面积|姓名|电话|姓名|电话",
        "1-2-301|89.32|李四|1|张三|2",
    )
    layout = find_layout(rows)
    assert (layout.header_row, layout.place("owner"), layout.place("phone")) == (2, 4, 5)
    assert layout.ignored == ("姓名", "电话")


@pytest.mark.parametrize("upper", ["房号|产权面积|业主信息|业主信息", "房号|产权|业主信息|"])
def test_names_may_stand_in_two_lines_and_the_lower_one_is_the_header_row(upper):
    rows = rows_of("名册", upper, "房号|面积|姓名|电话", "1-2-301|89.32|张三|1")
    layout = find_layout(rows)
    assert (layout.header_row, layout.first) == (3, 3)
    assert headers(layout) == {"room": "房号", "area": "面积", "owner": "姓名", "phone": "电话"}


@pytest.mark.parametrize("upper", ["房号|面积|面积|业主", "房号|面积||业主"])
def test_areas_may_stand_side_by_side_under_one_word(upper):
    layout = find_layout(rows_of(upper, "|套内|建筑|", "1-2-301|70|89.32|张三"))
    assert headers(layout) == {"room": "房号", "area": "建筑", "owner": "业主"}
    assert (layout.place("area"), layout.ignored, layout.first) == (2, ("套内",), 2)


def test_under_a_header_of_one_line_unmerged_names_are_found_too():
    layout = find_layout(rows_of("房号|面积|业主信息|", "||姓名|电话", "1-2-301|89.32|张三|1"))
    assert headers(layout) == {"room": "房号", "area": "面积", "owner": "姓名", "phone": "电话"}


@pytest.mark.parametrize("form", ["幢号|1幢|建筑面积|1234", "填表人|张三|地址|甲路1号|面积|99"])
@pytest.mark.parametrize("between", [[], ["制表：张三|2024年"], ["联系电话|138|", "社区|南城"]])
def test_a_form_filled_in_above_the_table_is_no_header_of_it(form, between):
    rows = rows_of(form, *between, "房号|面积|业主|手机1", "1-2-301|89.32|张三|1")
    layout = find_layout(rows)
    assert layout.header_row == len(rows) - 1
    assert headers(layout) == {"room": "房号", "area": "面积", "owner": "业主", "phone": "手机1"}
    assert (layout.ignored, layout.first) == ((), len(rows) - 1)


@pytest.mark.parametrize("upper", ["room|area|owner", "房号|面积|业主"])
def test_of_two_whole_headers_the_lower_one_is_it(upper):
    layout = find_layout(rows_of(upper, "房屋|面积|姓名", "1-2-301|89.32|张三"))
    assert (layout.header_row, list(headers(layout).values())) == (2, ["房屋", "面积", "姓名"])


@pytest.mark.parametrize("unit", ["（平方米）", "㎡", "平方米"])
@pytest.mark.parametrize("around", ["（必填）|{}|", "房号|{}|业主"])
def test_remarks_below_the_names_are_no_line_of_the_roll(around, unit):
    rows = rows_of("房号|面积|业主", around.format(unit), "1-2-301|89.32|张三")
    layout = find_layout(rows)
    assert (layout.header_row, layout.first) == (1, 2)
    assert headers(layout)["area"] == "面积"


@pytest.mark.parametrize("line", ["|89.32|张三", "abc||", "一幢|无|张三", "1-2-301||", "-|-|-"])
def test_a_bad_line_below_the_header_is_still_a_line(line):
    rows = rows_of("房号|面积|业主", line)
    assert list(lines_of(Sheet(rows), find_layout(rows))) == rows[1:]


@pytest.mark.parametrize(
    "total", ["合计||178.64", "总计||", "小计：|", "|合 计|178.64", "合计2户|"]
)
def test_totals_are_no_lines(total):
    rows = rows_of("房号|面积|业主", "1-2-301|89.32|张三", total)
    assert list(lines_of(Sheet(rows), find_layout(rows))) == rows[1:2]


def test_a_merged_header_over_three_columns_joins_the_room():
    rows = rows_of("房号|房号|房号|面积", "1|2|301|89.32", "1-2-302|1-2-302|1-2-302|89.32")
    layout = find_layout(rows)
    assert [layout.cell(row, "room") for row in rows[1:]] == ["1-2-301", "1-2-302"]


def test_owners_side_by_side_are_co_owners_and_of_two_areas_the_first_is_it():
    rows = rows_of("房号|面积|面积|业主|业主", "1-2-301|89.32|90|张三|李四")
    layout = find_layout(rows)
    assert [layout.cell(rows[1], name) for name in ("area", "owner")] == ["89.32", "张三、李四"]


def test_a_short_line_says_nothing_in_its_missing_cells():
    rows = rows_of("房号|面积|业主", "1-2-301")
    layout = find_layout(rows)
    assert [layout.cell(rows[1], name) for name in ("area", "owner", "phone")] == ["", "", ""]
