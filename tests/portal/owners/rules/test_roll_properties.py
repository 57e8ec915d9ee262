"""Any table is judged without a crash, sums are an independent reader's, again changes nothing."""

import csv
import io
import json
from decimal import ROUND_HALF_UP, Decimal
from itertools import count
from uuid import UUID

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.owners.rules.registry import EMPTY, Registry
from portal.owners.rules.roll import NotARoll, judge
from portal.tools.sheets import workbook
from portal.tools.sheets.reading import read_sheets
from portal.tools.sheets.refusals import SheetRefusal
from portal.tools.sheets.sheet import Limits

HEADER = ("房号", "面积(㎡)", "业主", "手机", "身份证号", "用途", "份额", "交付", "权证号")
IDS = ("11010519491231002X", "110105491231002", "330324198001011239", "91350100M000100Y43", "x1")

rooms = st.sampled_from(
    [
        "1-2-301",
        "1幢2单元301室",
        "１－２－３０２",
        "3幢1201",
        "车位-023",
        "2-1-101",
        "",
        "abc",
        "2024-01-02",
    ]
)
areas = st.sampled_from(["89.32", "89.325", "100", "1,089.32", "0", "-1", "", "x", "1E9", "８９"])
names = st.sampled_from(
    ["张三", "李四", "张 三", "张三、李四", "李四/王五\n赵六", "", "无", "某某有限公司"]
)
phones = st.sampled_from(
    ["13800000001", "13800000002.0", "138 0000 0001、x", "", "1380000", "0577-67221234"]
)
numbers = st.sampled_from([*IDS, "、".join(IDS[:2]), "", ""])
uses = st.sampled_from(["住宅", "商铺", "车位", "别墅", "", ""])
shares = st.sampled_from(["1/2", "50%", "1", "", "", "", "x", "1/3、2/3"])
deliveries = st.sampled_from(["", "", "已交付", "未交付", "未售", "空置未售"])
lines = st.tuples(
    rooms, areas, names, phones, numbers, uses, shares, deliveries, st.sampled_from(["", "浙001"])
)


def as_csv(rows, delimiter=","):
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode()


def as_xlsx(rows):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append([cell or None for cell in row])
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def judged(sheets, registry=EMPTY):
    return judge(sheets, registry, (UUID(int=at) for at in count(len(registry.people) + 1)))


def written(report, registry=EMPTY):
    parts = {key: value.part for key, value in report.parts.items()}
    people = {key: value.person for key, value in report.people.items()}
    return Registry(registry.parts | parts, registry.people | people)


def check_sums(report):
    found = report.as_json()
    rows = found["rows"]
    assert rows["read"] == rows["new"] + rows["changed"] + rows["same"] + rows["bad"]
    assert {one["row"] for one in found["bad"]} == {
        row for row, fate in report.fates.items() if fate == "bad"
    }
    assert json.loads(json.dumps(found)) == found


@given(st.lists(lines, min_size=1, max_size=12), st.permutations(range(len(HEADER))))
@settings(max_examples=150, deadline=None)
def test_again_everything_good_is_the_same_whatever_the_file_says(rows, order):
    table = [[row[at] for at in order] for row in [HEADER, *rows]]
    try:
        first = judged(read_sheets(as_csv(table)))
    except NotARoll:
        assert not any(any(row) for row in rows)
        return
    check_sums(first)
    again = judged(read_sheets(as_csv(table)), written(first))
    assert again.count("new") == again.count("changed") == 0
    assert again.count("same") == first.count("new")
    assert (again.totals, again.bad, again.warnings) == (first.totals, first.bad, first.warnings)


@given(st.lists(lines, min_size=1, max_size=8), st.lists(lines, min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_a_second_file_settles_too(rows, others):
    try:
        registry = written(judged(read_sheets(as_csv([HEADER, *rows]))))
        second = judged(read_sheets(as_csv([HEADER, *others])), registry)
    except NotARoll:
        return
    check_sums(second)
    again = judged(read_sheets(as_csv([HEADER, *others])), written(second, registry))
    assert again.totals == second.totals
    assert again.count("new") == again.count("changed") == 0


@given(st.lists(lines, min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_text_and_workbook_are_judged_alike(rows):
    table = [HEADER, *rows]
    found = []
    for sheets in (read_sheets(as_csv(table)), workbook.read(as_xlsx(table), Limits())):
        try:
            found.append(judged(sheets))
        except NotARoll:
            return
    one, other = found
    assert (one.fates, one.totals, one.bad) == (other.fates, other.totals, other.bad)


homes = st.lists(
    st.tuples(
        st.tuples(st.integers(1, 20), st.integers(1, 4), st.integers(101, 3399)),
        st.decimals("0.01", "99999.99", places=2),
        st.integers(0, 9),
        st.sampled_from(["住宅", "商铺", "车位", "储藏室", ""]),
        st.sampled_from(["{}-{}-{}", "{}幢{}单元{}室", "{}#{}-{}"]),
    ),
    min_size=1,
    max_size=20,
    unique_by=lambda home: home[0],
)


@given(homes, st.booleans())
@settings(max_examples=60, deadline=None)
def test_the_totals_are_those_of_an_independent_reader(homes, as_floats):
    made = openpyxl.Workbook()
    made.active.append(["房号", "产权面积", "姓名", "电话", "用途"])
    for room, area, owner, use, spelling in homes:
        shown = float(area) if as_floats else f"{area}㎡"
        phone = 13800000000 + owner
        made.active.append([spelling.format(*room), shown, "张三", phone, use or None])
    stream = io.BytesIO()
    made.save(stream)
    report = judged(workbook.read(stream.getvalue(), Limits()))

    sheet = openpyxl.load_workbook(io.BytesIO(stream.getvalue())).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    counted = [row for row in rows if row[4] in (None, "住宅", "商铺")]
    cents = Decimal("0.01")
    area = sum(
        (Decimal(str(row[1]).removesuffix("㎡")).quantize(cents, ROUND_HALF_UP) for row in counted),
        Decimal(),
    )
    assert report.as_json()["roll"] == {
        "parts": len(counted),
        "heads": len({row[3] for row in counted}),
        "area": f"{area:.2f}",
    }
    assert (report.bad, report.warnings) == ((), ())


cells = st.text(
    st.characters(codec="utf-8")
    | st.sampled_from(list("0123456789.-/、幢栋单元室㎡%\u200b\u202e\x00")),
    max_size=14,
)


@given(st.lists(st.tuples(*[cells] * len(HEADER)), min_size=1, max_size=8))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_cells_are_judged_without_a_crash(rows):
    try:
        report = judged(read_sheets(as_csv([HEADER, *rows])))
    except (NotARoll, SheetRefusal):
        return
    check_sums(report)
    again = judged(read_sheets(as_csv([HEADER, *rows])), written(report))
    assert again.count("new") == again.count("changed") == 0


@given(st.lists(st.lists(cells, max_size=6), max_size=8), st.sampled_from(",;\t"))
@settings(max_examples=150, deadline=None)
def test_any_table_is_a_report_or_a_refusal(table, delimiter):
    try:
        check_sums(judged(read_sheets(as_csv(table, delimiter))))
    except (NotARoll, SheetRefusal):
        return
