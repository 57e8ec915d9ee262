"""Excel workbooks: rows in, bytes out.

Words are always written as words: what a stranger typed ("=HYPERLINK(…)", "@SUM") must not become
a formula on an officer's machine, also not when the cell is opened and left again.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
NOT_IN_A_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
LONGEST_TITLE = 31
WIDTHS = (8, 44)
DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"


@dataclass(frozen=True, slots=True)
class Share:
    """A share as a number that Excel shows in percent with so many places."""

    exact: Fraction
    places: int


Value = str | int | date | Share | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a line above that says what it is, the heads, the rows."""

    title: str
    heading: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Value]]


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The sheets as .xlsx; days and numbers stay days and numbers, the heads stand still."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book.create_sheet(_title(sheet.title)), sheet)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def download(made: bytes, file: str) -> HttpResponse:
    """A workbook as an answer that is saved under the name `file`."""
    return HttpResponse(
        made,
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": content_disposition_header(True, file) or ""},
    )


def _write(page: Any, sheet: Sheet) -> None:
    page.freeze_panes = "A3"
    for place, head in enumerate(sheet.heads):
        texts = [head, *(_text(row[place]) for row in sheet.rows)]
        page.column_dimensions[get_column_letter(place + 1)].width = _width(texts)
    page.append([_cell(page, sheet.heading, bold=True)])
    page.append([_cell(page, head, bold=True) for head in sheet.heads])
    for row in sheet.rows:
        page.append([_cell(page, value) for value in row])


def _cell(page: Any, value: Value, *, bold: bool = False) -> Any:
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell: Any = WriteOnlyCell(page)
    if isinstance(value, Share):
        cell.number_format = f"0.{'0' * value.places}%"
        cell.value = float(value.exact)
    else:
        cell.value = value
    if bold:
        cell.font = Font(bold=True)
    if isinstance(value, date):
        cell.number_format = DAY if type(value) is date else MOMENT
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(STARTS_A_FORMULA)
    return cell


def _text(value: Value) -> str:
    """About what is seen of a cell, for its width."""
    return "0.00%" if isinstance(value, Share) else str(value or "")


def _title(words: str) -> str:
    return words.translate(NOT_IN_A_TITLE)[:LONGEST_TITLE]


def _width(texts: Sequence[str]) -> int:
    """Wide enough for the longest text; a Chinese character is two wide."""
    least, most = WIDTHS
    longest = max(sum(2 if ord(letter) > 0x2E7F else 1 for letter in text) for text in texts)
    return min(max(longest + 2, least), most)
