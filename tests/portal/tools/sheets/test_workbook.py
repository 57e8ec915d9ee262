"""Workbooks as text: numbers, days, ranges, sheets; and what is refused before it is opened."""

import datetime
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.tools.sheets import workbook
from portal.tools.sheets.refusals import Damaged, Encrypted, NotASpreadsheet, TooLarge
from portal.tools.sheets.sheet import Limits

MIDNIGHT = datetime.datetime.combine(datetime.date(2024, 1, 2), datetime.time())


def read(data, **limits):
    return list(workbook.read(data, Limits(**limits)))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (89.32, "89.32"),
        (89.320000000000007, "89.32"),
        (0.1 + 0.2, "0.3"),
        (301, "301"),
        (301.0, "301"),
        (13800000000.0, "13800000000"),
        (-5, "-5"),
        (0.00001, "0.00001"),
        (1e-7, "0.0000001"),
        (999999999999999, "999999999999999"),
        (330324198001011234, "3.30324198001011E+17"),  # its last digits are lost already
        (0.5, "0.5"),
        (True, "TRUE"),
        ("", ""),
        (" a\u200b", " a\u200b"),
        (datetime.date(2024, 1, 2), "2024-01-02"),
        (MIDNIGHT, "2024-01-02"),
        (MIDNIGHT.replace(hour=3, minute=4, second=5), "2024-01-02 03:04:05"),
        (datetime.time(3, 4), "03:04:00"),
        (datetime.timedelta(days=1), "1 day, 0:00:00"),
    ],
)
def test_a_cell_as_text(value, text):
    assert workbook.text_of(value) == text


@given(st.decimals("0.01", "99999999.99", places=2))
def test_two_decimals_come_through_a_float_unharmed(number):
    text = workbook.text_of(float(number))
    assert float(text) == float(number)
    assert len(text.partition(".")[2]) <= 2


def test_rows_have_the_numbers_the_program_shows_and_cells_stand_from_column_a(book):
    (sheet,) = read(book({"B3": "x", "C3": 1, "C7": 89.32}))
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (3, ("", "x", "1")),
        (7, ("", "", "89.32")),
    ]


def test_merged_cells_count_for_each_line_that_says_something_itself(book):
    data = book({"A1": "1-2-301", "B1": "张三", "B2": "李四", "A4": "m"}, ["A1:A3", "A4:C4"])
    (sheet,) = read(data)
    assert [(row.number, row.cells, row.lead) for row in sheet.rows] == [
        (1, ("1-2-301", "张三"), "1-2-301"),
        (2, ("1-2-301", "李四"), "李四"),
        (4, ("m", "m"), "m"),
    ]


def test_a_formula_is_what_was_stored_with_it_and_never_computed(book, repacked):
    data = repacked(
        book({"A1": "=1+1", "A2": "x"}),
        lambda xml: xml.replace(b"<v></v>", b"<v>7</v>").replace(b"<v />", b"<v>7</v>"),
    )
    (sheet,) = read(data)
    assert [row.cells for row in sheet.rows] == [("7",), ("x",)]


def test_visible_sheets_come_before_hidden_ones_in_their_order():
    made = openpyxl.Workbook()
    made.active.title = "隐藏"
    made.active.sheet_state = "hidden"
    for name in ("说明", "业主信息"):
        made.create_sheet(name)["A1"] = name
    stream = io.BytesIO()
    made.save(stream)
    assert [sheet.name for sheet in read(stream.getvalue())] == ["说明", "业主信息", "隐藏"]


@pytest.mark.parametrize(
    ("cell", "limits", "what"),
    [("A4", {"rows": 2}, "rows"), ("D1", {"columns": 3}, "columns")],
)
def test_no_more_rows_or_columns_than_the_limits(book, cell, limits, what):
    data = book({"A1": 1, "A2": 1, cell: 1})
    with pytest.raises(TooLarge) as refusal:
        read(data, **limits)
    assert refusal.value.what == what


def test_a_rectangle_beyond_all_bounds_is_refused(book, monkeypatch):
    monkeypatch.setattr(workbook, "RECTANGLE_CELLS", 10)
    with pytest.raises(TooLarge):
        read(book({"A1": 1, "D4": 1}))


@pytest.mark.parametrize("xml", [b"", b"<worksheet><sheetData><row><c", b"\x00\x01"])
def test_a_sheet_that_cannot_be_followed_is_damaged(book, repacked, xml):
    with pytest.raises(Damaged):
        read(repacked(book({"A1": 1}), lambda _: xml))


def packed(**files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in files.items():
            made.writestr(name.replace("__", "/"), text)
    return stream.getvalue()


OLE = workbook.OLE + bytes(500)


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (packed(word__document_xml="<a/>"), NotASpreadsheet),
        (workbook.ZIP + b"garbage", Damaged),
        (OLE, NotASpreadsheet),
        (OLE + "WordDocument".encode("utf-16-le") + bytes(2), NotASpreadsheet),
        (OLE + "EncryptedPackage".encode("utf-16-le") + bytes(2), Encrypted),
        (packed(**{"xl__workbook.xml": " " * 5_000_000}), TooLarge),
    ],
)
def test_what_its_table_of_contents_gives_away_is_refused_unopened(data, refusal):
    with pytest.raises(refusal):
        workbook.refuse_before_opening(data, Limits(unpacked_bytes=4_000_000))


def test_a_workbook_of_either_kind_may_be_opened(book):
    workbook.refuse_before_opening(book({"A1": 1}), Limits())
    workbook.refuse_before_opening(OLE + "Workbook".encode("utf-16-le") + bytes(2), Limits())
