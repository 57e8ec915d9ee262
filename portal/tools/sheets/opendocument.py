"""Sheets of an .ods as text, merged cells laid out, which calamine does not tell there."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from xml.etree import ElementTree as Xml  # in the limited process, where a bomb may go off

from .merged import MergedRanges, Range
from .refusals import Damaged, Encrypted, TooLarge
from .sheet import Limits, Row, Sheet, number_text, trimmed

CONTENT = "content.xml"
OFFICE, STYLE, TABLE, TEXT, CALC = (
    "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}",
    "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}",
    "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}",
    "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}",
    "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}",
)
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
WHITE = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
NUMBERS = {"float", "currency", "percentage"}
TROUBLE = (zipfile.BadZipFile, Xml.ParseError, KeyError, ValueError, OSError, EOFError)


@dataclass(slots=True)
class _Table:
    """A sheet as far as it was read: its lines by number from 0, its ranges, the next line."""

    name: str
    style: str
    lines: dict[int, list[str]] = field(default_factory=dict)
    ranges: list[Range] = field(default_factory=list)
    next: int = 0


def read(data: bytes, limits: Limits) -> Iterator[Sheet]:
    """Each sheet in the document's order, the visible ones before the hidden ones.

    Refuses Encrypted, Damaged, TooLarge.  Call it where memory and time are bounded.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if b"encryption-data" in packed.read("META-INF/manifest.xml"):
                raise Encrypted
            with packed.open(CONTENT) as content:
                tables = list(_tables(content, limits))
    except TROUBLE:
        raise Damaged from None
    for table in tables:
        yield _sheet(table)


def _tables(content: object, limits: Limits) -> Iterator[_Table]:
    hidden: set[str] = set()
    found: list[_Table] = []
    rows = 0
    # expat bounds entities, the process bounds the rest
    for event, node in Xml.iterparse(content, ("start", "end")):  # type: ignore[call-overload]  # noqa: S314
        if event == "start" and node.tag == f"{TABLE}table":
            name, style = node.get(f"{TABLE}name", ""), node.get(f"{TABLE}style-name", "")
            found.append(_Table(name, style))
        elif event == "end" and node.tag == f"{STYLE}style":
            if any(one.get(f"{TABLE}display") == "false" for one in node):
                hidden.add(node.get(f"{STYLE}name", ""))
        elif event == "end" and node.tag == f"{TABLE}table-row" and found:
            rows += _take(node, found[-1], limits)
            node.clear()
            if rows > limits.rows:
                raise TooLarge("rows", limits.rows)
    yield from sorted(found, key=lambda table: table.style in hidden)


def _take(node: Xml.Element, table: _Table, limits: Limits) -> int:
    """Take a row in, as often as it is repeated; how many lines it makes."""
    first, times = table.next, int(node.get(f"{TABLE}number-rows-repeated", "1"))
    table.next += times
    cells: list[str] = []
    for cell in filter(lambda one: one.tag in CELLS, node):
        text = _text(cell)
        count = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
        rows = int(cell.get(f"{TABLE}number-rows-spanned", "1"))
        columns = int(cell.get(f"{TABLE}number-columns-spanned", "1"))
        if text and rows * columns > 1:
            at = len(cells)
            table.ranges.append(((first, at), (first + rows - 1, at + columns - 1)))
        if text.strip() and len(cells) + count > limits.columns:
            raise TooLarge("columns", limits.columns)
        cells += [text] * min(count, limits.columns + 1 - min(len(cells), limits.columns))
    cells = list(trimmed(cells))
    if not cells:
        return 0
    if times > limits.rows:
        raise TooLarge("rows", limits.rows)
    for number in range(first, first + times):
        table.lines[number] = cells
    return times


def _sheet(table: _Table) -> Sheet:
    merged = MergedRanges(table.ranges)
    width = max(map(len, table.lines.values()), default=0)
    rows = []
    for number, own in table.lines.items():
        laid = merged.lay_over(number, own + [""] * (width - len(own)))
        rows.append(Row(number + 1, trimmed(laid), next(filter(str.strip, own), "")))
    return Sheet(table.name, tuple(rows))


def _text(cell: Xml.Element) -> str:
    """The text of a cell as of an .xlsx: the value behind what is shown, days as in ISO 8601."""
    if cell.tag != CELLS[0]:
        return ""
    kind = cell.get(f"{OFFICE}value-type", "")
    if cell.get(f"{CALC}value-type") == "error":
        kind = "string"
    if kind in NUMBERS:
        return number_text(float(cell.get(f"{OFFICE}value", "")))
    if kind == "boolean":
        return cell.get(f"{OFFICE}boolean-value", "").upper()
    if kind == "date":
        return _day(cell.get(f"{OFFICE}date-value", ""))
    said = cell.get(f"{OFFICE}string-value")
    return "\n".join(map(_paragraph, cell.findall(f"{TEXT}p"))) if said is None else said


def _day(text: str) -> str:
    if "T" not in text:
        return date.fromisoformat(text).isoformat()
    moment = datetime.fromisoformat(text)
    is_day = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return moment.date().isoformat() if is_day else moment.isoformat(" ")


def _paragraph(node: Xml.Element) -> str:
    said = node.text or ""
    for inner in node:
        if inner.tag == f"{TEXT}s":
            said += " " * min(int(inner.get(f"{TEXT}c", "1")), 1000)
        elif inner.tag != f"{OFFICE}annotation":
            said += WHITE.get(inner.tag) or _paragraph(inner)
        said += inner.tail or ""
    return said
