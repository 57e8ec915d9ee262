"""Blank cells far from the table of an .xlsx, which are nothing."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from portal.tools.sheets.blanks import without_far_blanks
from portal.tools.sheets.reading import read_sheets
from portal.tools.sheets.refusals import TooLarge

from .conftest import as_bytes

FILES = Path(__file__).resolve().parents[3] / "data" / "rolls" / "files"


def with_cells(**cells):
    made = openpyxl.Workbook()
    for place, value in ({"A1": "房号", "B1": "面积", "A2": "1-101", "B2": 80} | cells).items():
        made.active[place] = value
    return as_bytes(made)


def rows_of(data):
    return [row.cells for sheet in read_sheets(data) for row in sheet.rows]


ROWS = [("房号", "面积"), ("1-101", "80")]


@pytest.mark.parametrize("place", ["Z1048576", "A1048576", "XFD1", "XFD1048576", "XFD2", "ZZ60000"])
@pytest.mark.parametrize("blank", [" ", "　", "\u00a0", "\n", "  \t "])
def test_a_stray_blank_is_nothing_wherever_it_stands(place, blank):
    assert rows_of(with_cells(**{place: blank})) == ROWS


@pytest.mark.parametrize(
    ("kind", "said"),
    [(b"inlineStr", b"<is><t> </t></is>"), (b"str", b"<v> </v>"), (b"s", b"<v>10</v>")],
)
def test_a_blank_may_be_written_in_any_way(kind, said):
    before = (FILES / "h09-space-in-the-last-row.xlsx").read_bytes()
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name).replace(b"</sst>", b"<si><t> </t></si></sst>")
            far = b'<c r="AA1048576" t="' + kind + b'">' + said + b"</c></row></sheetData>"
            new.writestr(name, text.replace(b"</row></sheetData>", far))
    assert len(rows_of(stream.getvalue())) == 3


def test_words_far_away_are_still_too_much():
    with pytest.raises(TooLarge):
        rows_of(with_cells(Z1048576="尾"))


def test_a_workbook_that_reaches_nowhere_is_left_as_it_is():
    data = with_cells(C5=" ")
    assert without_far_blanks(data) is data


def test_what_is_damaged_is_left_to_the_reader():
    assert without_far_blanks(b"PK\x03\x04garbage") == b"PK\x03\x04garbage"
