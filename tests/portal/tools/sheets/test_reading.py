"""The door: what comes in is told by its content."""

import pytest

from portal.tools.sheets import refusals
from portal.tools.sheets.reading import read_sheets
from portal.tools.sheets.sheet import Limits

TEXT = "房号,业主\n1-2-301,张三\n"


def rows_of(data, **limits):
    return [
        (sheet.name, row.number, row.cells)
        for sheet in read_sheets(data, Limits(**limits))
        for row in sheet.rows
    ]


def test_text_is_one_sheet_without_a_name():
    assert rows_of(TEXT.encode()) == [("", 1, ("房号", "业主")), ("", 2, ("1-2-301", "张三"))]


def test_a_workbook_comes_through_whole(book):
    data = book({"A1": "房号", "B1": "张\u200b三\n李四", "A3": 89.320000000000007}, ["A1:A2"])
    assert rows_of(data) == [("名册", 1, ("房号", "张\u200b三\n李四")), ("名册", 3, ("89.32",))]


def test_reading_may_stop_after_the_first_sheet(book):
    sheets = read_sheets(book({"A1": "x"}))
    assert next(sheets).rows[0].cells == ("x",)
    sheets.close()


@pytest.mark.parametrize("data", [b"", b" \r\n\t "])
def test_an_empty_file_is_refused(data):
    with pytest.raises(refusals.EmptyFile):
        rows_of(data)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 ...", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"<html><table><tr><td>x</table>", "html"),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?><Workbook/>", "html"),
        (b"Rar!\x1a\x07", "zip"),
        (b"PK\x05\x06" + bytes(18), "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "ole"),
    ],
)
def test_other_files_are_refused_by_their_kind(data, kind):
    with pytest.raises(refusals.NotASpreadsheet) as refusal:
        rows_of(data)
    assert refusal.value.kind == kind


def test_more_bytes_than_the_limit_are_refused():
    with pytest.raises(refusals.TooLarge) as refusal:
        rows_of(TEXT.encode(), bytes=10)
    assert (refusal.value.what, refusal.value.limit) == ("bytes", 10)
