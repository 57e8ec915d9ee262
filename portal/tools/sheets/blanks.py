"""Cells of an .xlsx far from its table that hold nothing but white space.

A stray one in the last row makes the sheet a rectangle of millions of cells, so they go before the
workbook is opened.
"""

import io
import re
import zipfile

from .errors import LARGEST, SHEET, TROUBLE

TALL = 20_000  # rows, more than twice as many as a sheet writes down: something stands far below
IS_WIDE = re.compile(rb"\sr=[\"'][A-Z]{3}\d")
ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]*?\sr=[\"'](\d+)[\"']")
TAIL = 20_000  # bytes of a sheet's end, in which its last row begins
TEXTS = re.compile(r"/?xl/sharedStrings\.xml", re.IGNORECASE)
TEXT = re.compile(rb"<(?:\w+:)?si\b[^<>]*?(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
TAG = re.compile(rb"<[^<>]*>")
CELL = re.compile(
    rb"<(?:\w+:)?c\b[^<>]*?\st=[\"'](?P<kind>s|str|inlineStr)[\"'][^<>]*(?<!/)>"
    rb"(?P<said>(?:(?!</(?:\w+:)?c>).)*)</(?:\w+:)?c>",
    re.DOTALL,
)
SPACE = re.compile(
    rb"(?:\s|\xc2\xa0|\xe3\x80\x80|&#(?:x20|32|x9|9|x[aA]|10|x[dD]|13|160|x[aA]0);)*"
)


def without_far_blanks(data: bytes) -> bytes:
    """The same workbook without its blank cells, where some cell stands far from the others."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = packed.infolist()
            sheets = [entry for entry in entries if SHEET.fullmatch(entry.filename)]
            if sum(entry.file_size for entry in entries) > LARGEST:
                return data
            if not any(_reaches_far(packed.read(sheet)) for sheet in sheets):
                return data
            return _rewritten(packed, {sheet.filename for sheet in sheets})
    except TROUBLE:
        return data  # calamine judges what is damaged


def _reaches_far(sheet: bytes) -> bool:
    last = max((int(row) for row in ROW.findall(sheet[-TAIL:])), default=0)
    return last > max(TALL, 2 * sheet.count(b"row ")) or IS_WIDE.search(sheet) is not None


def _rewritten(packed: zipfile.ZipFile, sheets: set[str]) -> bytes:
    texts = [packed.read(name) for name in packed.namelist() if TEXTS.fullmatch(name)]
    blank = {
        str(number).encode()
        for text in texts
        for number, found in enumerate(TEXT.finditer(text))
        if _is_blank(found[1] or b"")
    }

    def filled(found: re.Match[bytes]) -> bytes:
        said = TAG.sub(b"", found["said"])
        is_blank = said.strip() in blank if found["kind"] == b"s" else _is_blank(said)
        return b"" if is_blank else found[0]

    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as workbook:
        for entry in packed.infolist():
            content = packed.read(entry)
            if entry.filename in sheets:
                content = CELL.sub(filled, content)
            workbook.writestr(entry.filename, content)
    return written.getvalue()


def _is_blank(text: bytes) -> bool:
    return SPACE.fullmatch(TAG.sub(b"", text)) is not None
