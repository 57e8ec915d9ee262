"""The door: what comes in is told by its content, and opened apart with bounds."""

import io
import json
import subprocess
import sys

import pytest

from portal.tools.sheets import apart, reading, refusals
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


def test_a_workbook_is_read_in_its_own_process_and_comes_through_whole(book):
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


@pytest.mark.parametrize(
    ("cell", "limits", "what"),
    [
        ("A3", {"rows": 1}, "rows"),
        ("E1", {"columns": 3}, "columns"),
        ("ZZ900000", {"columns": 1000}, "memory_bytes"),
    ],
)
def test_a_refusal_comes_back_from_the_other_process_with_its_facts(book, cell, limits, what):
    with pytest.raises(refusals.TooLarge) as refusal:
        rows_of(book({"A1": 1, cell: 1}), **limits)
    assert refusal.value.what == what


def test_a_workbook_that_takes_too_long_is_given_up(book, monkeypatch):
    slow = "import time, signal; signal.alarm(1); time.sleep(9)"
    popen = subprocess.Popen
    monkeypatch.setattr(
        reading.subprocess,
        "Popen",
        lambda _, **settings: popen([sys.executable, "-c", slow], **settings),
    )
    with pytest.raises(refusals.TooLarge) as refusal:
        rows_of(book({"A1": 1}), seconds=1)
    assert (refusal.value.what, refusal.value.limit) == ("seconds", 1)


def test_a_damaged_workbook_is_refused(book, repacked):
    with pytest.raises(refusals.Damaged):
        rows_of(repacked(book({"A1": 1}), lambda _: b"<worksheet><row><c"))


def told(data, **limits):
    sink = io.StringIO()
    apart.tell(io.BytesIO(data), sink, Limits(**limits))
    return [json.loads(line) for line in sink.getvalue().splitlines()]


def test_the_other_process_tells_each_sheet_and_an_end(book):
    assert told(book({"A1": "x"})) == [{"sheet": "名册", "rows": [[1, ["x"], "x"]]}, {"end": True}]


def test_the_other_process_tells_why_it_refuses(book):
    assert told(book({"A1": 1, "A2": 1}), rows=1) == [{"refusal": "TooLarge", "facts": ["rows", 1]}]


class PanicException(BaseException):
    """As the parser's own one is called."""


@pytest.mark.parametrize(
    ("trouble", "refusal"),
    [
        (MemoryError, {"refusal": "TooLarge", "facts": ["memory_bytes", 5]}),
        (PanicException, {"refusal": "Damaged", "facts": []}),
    ],
)
def test_a_panic_or_too_little_memory_is_a_refusal(monkeypatch, trouble, refusal):
    def fail(*_):
        raise trouble

    monkeypatch.setattr(apart.workbook, "read", fail)
    assert told(b"", memory_bytes=5) == [refusal]


def test_any_other_trouble_is_not_hidden(monkeypatch):
    def fail(*_):
        raise KeyError

    monkeypatch.setattr(apart.workbook, "read", fail)
    with pytest.raises(KeyError):
        told(b"")
