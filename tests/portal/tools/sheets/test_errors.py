"""Errors in a workbook's cells are what the spreadsheet program shows, never empty cells."""

import pytest

from portal.tools.sheets import errors, workbook
from portal.tools.sheets.sheet import Limits

SHOWN = ("#N/A", "#REF!", "#DIV/0!")


def rows(data):
    (sheet,) = workbook.read(data, Limits())
    return [row.cells for row in sheet.rows]


def test_an_error_is_the_text_that_is_shown(book):
    cells = {f"A{at}": shown for at, shown in enumerate(SHOWN, 1)} | {"B2": 1, "C2": "x"}
    assert rows(book(cells)) == [("#N/A",), ("#REF!", "1", "x"), ("#DIV/0!",)]


@pytest.mark.parametrize(
    ("old", "new"),
    [(b't="e"', b"t='e'"), (b"<c r", b'<c s="1" r'), (b"<v>#N", b'<f>B1</f><v note="">#N')],
)
def test_however_the_cell_is_written(book, repacked, old, new):
    assert rows(repacked(book({"A1": "#N/A"}), lambda xml: xml.replace(old, new))) == [("#N/A",)]


def test_a_cell_across_two_chunks_is_found(book, monkeypatch):
    data = book({"A1": "x" * 90, "A2": "#N/A"})
    for chunk in range(200, 300):
        monkeypatch.setattr(errors, "CHUNK", chunk)
        assert rows(data)[1] == ("#N/A",)


def test_without_an_error_the_workbook_is_left_as_it_is(book):
    data = book({"A1": 't="e"', "A2": '<c t="e">'})
    assert errors.with_errors_told(data) is data


def test_what_is_too_large_or_damaged_is_left_as_it_is(book, monkeypatch):
    data = book({"A1": "#N/A"})
    broken = data[:-200]
    assert errors.with_errors_told(broken) is broken
    monkeypatch.setattr(errors, "LARGEST", 100)
    assert errors.with_errors_told(data) is data
