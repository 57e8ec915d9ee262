"""Sheets of an .ods: merged cells, values behind what is shown, repeats, and what is refused."""

import io
import zipfile

import pytest

from portal.tools.sheets import opendocument
from portal.tools.sheets.reading import read_sheets
from portal.tools.sheets.refusals import Damaged, Encrypted, TooLarge
from portal.tools.sheets.sheet import Limits

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "style", "table", "text")
)
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def ods(body, *, styles="", manifest="<m/>"):
    content = (
        f"<office:document-content {SPACES} {CALC}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{body}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", manifest)
    return stream.getvalue()


def table(*rows, name="名册", style=""):
    return (
        f'<table:table table:name="{name}" table:style-name="{style}">{"".join(rows)}</table:table>'
    )


def row(*cells, times=1):
    return (
        f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'
    )


def cell(text="", *, kind="string", facts=""):
    said = f"<text:p>{text}</text:p>" if text else ""
    return f'<table:table-cell office:value-type="{kind}" {facts}>{said}</table:table-cell>'


COVERED = "<table:covered-table-cell/>"


def rows_of(data, **limits):
    return [
        (sheet.name, row.number, row.cells)
        for sheet in read_sheets(data, Limits(**limits))
        for row in sheet.rows
    ]


def test_merged_cells_count_for_each_line():
    spans = 'table:number-rows-spanned="2" table:number-columns-spanned="2"'
    data = ods(
        table(row(cell("1幢", facts=spans), COVERED, cell("甲")), row(COVERED, COVERED, cell("乙")))
    )
    assert rows_of(data) == [("名册", 1, ("1幢", "1幢", "甲")), ("名册", 2, ("1幢", "1幢", "乙"))]


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (cell("八十九", kind="float", facts='office:value="89.320000000000007"'), "89.32"),
        (cell("x", kind="percentage", facts='office:value="0.5"'), "0.5"),
        (cell("x", kind="boolean", facts='office:boolean-value="true"'), "TRUE"),
        (cell("x", kind="date", facts='office:date-value="2024-01-02"'), "2024-01-02"),
        (cell("x", kind="date", facts='office:date-value="2024-01-02T00:00:00"'), "2024-01-02"),
        (
            cell("x", kind="date", facts='office:date-value="2024-01-02T03:04:05"'),
            "2024-01-02 03:04:05",
        ),
        (cell("#N/A", kind="float", facts='calcext:value-type="error" office:value="0"'), "#N/A"),
        (cell("x", facts='office:string-value="张三"'), "张三"),
        (cell("张<text:s/>三<text:s text:c='2'/>"), "张 三"),
        (cell("张三<text:line-break/>李四"), "张三\n李四"),
        (cell("张三</text:p><text:p>李四"), "张三\n李四"),
        (cell("张<text:span>三</text:span>丰"), "张三丰"),
        (cell("张<office:annotation><text:p>说明</text:p></office:annotation>三"), "张三"),
    ],
)
def test_a_cell_as_text(made, text):
    ((_, _, cells),) = rows_of(ods(table(row(made))))
    assert [one.strip() for one in cells] == [text]


def test_repeated_rows_and_cells_stand_as_often_as_they_are_repeated():
    twice = cell("x", facts='table:number-columns-repeated="2"')
    far = cell("", facts='table:number-columns-repeated="16382"')
    data = ods(table(row(twice, far, times=2), row(far, times=1_048_570), row(cell("尾"))))
    assert rows_of(data) == [
        ("名册", 1, ("x", "x")),
        ("名册", 2, ("x", "x")),
        ("名册", 1_048_573, ("尾",)),
    ]


def test_a_stray_blank_far_away_is_nothing():
    far = cell("", facts='table:number-columns-repeated="16000"')
    blank = cell("<text:s/>")
    data = ods(table(row(cell("x"), far, blank), row(far, times=1_000_000), row(far, blank)))
    assert rows_of(data) == [("名册", 1, ("x",))]


def test_visible_sheets_come_before_hidden_ones():
    styles = "".join(
        f'<style:style style:name="{name}"><style:table-properties table:display="{is_shown}"/>'
        "</style:style>"
        for name, is_shown in (("ta1", "true"), ("ta2", "false"))
    )
    data = ods(
        table(row(cell("旧")), name="旧", style="ta2")
        + table(row(cell("新")), name="新", style="ta1"),
        styles=styles,
    )
    assert [name for name, _, _ in rows_of(data)] == ["新", "旧"]


@pytest.mark.parametrize(
    ("body", "limits", "what"),
    [
        (table(row(cell("x")), row(cell("x"))), {"rows": 1}, "rows"),
        (table(row(cell("x"), times=1_000_000)), {"rows": 10}, "rows"),
        (table(row(cell("x"), cell("y"), cell("z"))), {"columns": 2}, "columns"),
        (table(row(cell("x", facts='table:number-columns-repeated="9999"'))), {}, "columns"),
    ],
)
def test_no_more_rows_or_columns_than_the_limits(body, limits, what):
    with pytest.raises(TooLarge) as refusal:
        list(opendocument.read(ods(body), Limits(**limits)))
    assert refusal.value.what == what


@pytest.mark.parametrize(
    "body", ["<table:table", table(row(cell("x", kind="float", facts='office:value="x"')))]
)
def test_what_cannot_be_followed_is_damaged(body):
    with pytest.raises(Damaged):
        list(opendocument.read(ods(body), Limits()))


def test_one_with_a_password_is_refused():
    with pytest.raises(Encrypted):
        list(opendocument.read(ods("", manifest="<manifest:encryption-data/>"), Limits()))
