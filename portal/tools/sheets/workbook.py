"""Workbooks (.xlsx .xlsm .xlsb .xls .ods) as sheets of text, read by calamine, .ods by our own
reader.

Formulas are never evaluated: the value stored with them is taken.  A number becomes what the
spreadsheet program would show of it: 15 significant digits, 89.320000000000007 as 89.32.  A number
of more digits than that has lost its last ones in the program that wrote it, so it stays in
scientific notation, which no reader can take for an identity number.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

from . import opendocument
from .blanks import without_far_blanks
from .errors import with_errors_told
from .merged import MergedRanges
from .refusals import Damaged, Encrypted, NotASpreadsheet, TooLarge
from .sheet import Limits, Row, Sheet, number_text, trimmed

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A sheet is a rectangle in memory: one stray cell at the far corner makes it that large.
RECTANGLE_CELLS = 20_000_000

Value = int | float | str | bool | time | date | datetime | timedelta


def refuse_before_opening(data: bytes, limits: Limits) -> None:
    """Refuse what its table of contents gives away: NotASpreadsheet, Encrypted, TooLarge (a bomb),
    Damaged."""
    if data.startswith(ZIP):
        _refuse_packed(data, limits)
    elif _entry("EncryptedPackage") in data:
        raise Encrypted
    elif _entry("Workbook") not in data and _entry("Book") not in data:
        raise NotASpreadsheet("ole")


def _entry(name: str) -> bytes:
    """A name as it stands in the directory of an OLE file."""
    return name.encode("utf-16-le") + b"\0\0"


def _refuse_packed(data: bytes, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise Damaged from None
    names = [entry.filename.lower().replace("\\", "/") for entry in entries]
    if not any(name == "content.xml" or name.startswith("xl/workbook.") for name in names):
        raise NotASpreadsheet("zip")
    if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise TooLarge("unpacked_bytes", limits.unpacked_bytes)


def read(data: bytes, limits: Limits) -> Iterator[Sheet]:
    """Each sheet in the workbook's order, the visible ones before the hidden ones.

    Refuses Encrypted, Damaged, TooLarge.  A malicious file may still take memory and time: call it
    where both are bounded.
    """
    if data.startswith(ZIP):
        if _is_opendocument(data):
            yield from opendocument.read(data, limits)
            return
        data = without_far_blanks(with_errors_told(data))
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            known = sorted(
                workbook.sheets_metadata,
                key=lambda sheet: sheet.visible != SheetVisibleEnum.Visible,
            )
            rows_left = limits.rows
            for about in known:
                sheet = _sheet(workbook.get_sheet_by_name(about.name), rows_left, limits)
                rows_left -= len(sheet.rows)
                yield sheet
    except PasswordError:
        raise Encrypted from None
    except CalamineError:
        raise Damaged from None


def _is_opendocument(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return opendocument.CONTENT in packed.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def _sheet(sheet: CalamineSheet, rows_left: int, limits: Limits) -> Sheet:
    if sheet.end is None or sheet.start is None:
        return Sheet(sheet.name, ())
    if (sheet.end[0] + 1) * (sheet.end[1] + 1) > RECTANGLE_CELLS:
        raise TooLarge("rows", limits.rows)
    merged = MergedRanges(sheet.merged_cell_ranges or [])
    rows: list[Row] = []
    for index, values in enumerate(sheet.to_python(skip_empty_area=False)):
        own = [text_of(value) for value in values]
        lead = next((text for text in own if text and not text.isspace()), "")
        if lead:
            cells = trimmed(merged.lay_over(index, own))
            if len(cells) > limits.columns:
                raise TooLarge("columns", limits.columns)
            rows.append(Row(index + 1, cells, lead))
        if len(rows) > rows_left:
            raise TooLarge("rows", limits.rows)
    return Sheet(sheet.name, tuple(rows))


def text_of(value: Value) -> str:
    """The text of one cell: whole numbers without a point, days and times as in ISO 8601."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, timedelta):
        return str(value)
    return value.isoformat()
