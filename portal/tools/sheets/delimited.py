"""Delimited text as a sheet: its encoding, its delimiter, its records (RFC 4180, leniently)."""

import codecs
import csv
import io
import re
from collections import Counter, deque
from collections.abc import Iterator
from itertools import islice

from .refusals import NotASpreadsheet, TooLarge, UnclosedQuote
from .sheet import Limits, Row, Sheet, trimmed

DELIMITERS = ",\t;|"
SAMPLE_RECORDS = 200
BROKEN = "\ufffd"
MOST_BROKEN = 4  # one letter in so many beyond ASCII: more is another encoding
MANY = 20  # one letter in so many: more is no text
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Said by a first line "sep=;", which spreadsheet programs obey and do not show.
ANNOUNCED = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)


def read(data: bytes, limits: Limits) -> Sheet:
    """The records as rows, numbered from 1, empty ones too.

    UTF-8 and UTF-16 (by their mark), UTF-8 without one, else GB 18030, of which GBK is a part.
    Refuses NotASpreadsheet (binary content), UnclosedQuote, TooLarge.
    """
    text = decoded(data)
    announced = ANNOUNCED.match(text)
    if announced:
        text = text[announced.end() :]
    delimiter = announced[1] if announced else delimiter_of(text)
    rows = []
    for row in _rows(text, delimiter, limits):
        if row.lead:
            rows.append(row)
        if len(rows) > limits.rows:
            raise TooLarge("rows", limits.rows)
    return Sheet("", tuple(rows))


def decoded(data: bytes) -> str:
    """The text of the bytes, with U+FFFD for those that cannot be decoded; NotASpreadsheet if they
    are no text.

    UTF-8 with a few broken letters is not mistaken for GB 18030, in which nearly all bytes are
    letters.
    """
    marked = next((name for mark, name in MARKED if data.startswith(mark)), "")
    text = data.decode(marked or "utf-8", "replace")
    if not marked and MOST_BROKEN * text.count(BROKEN) > sum(letter > "\x7f" for letter in text):
        text = data.decode("gb18030", "replace")
    if MANY * text.count(BROKEN) > max(MANY, len(text)) or len(CONTROLS.findall(text)) * 10 > len(
        text
    ):
        raise NotASpreadsheet("unknown")
    return text


def delimiter_of(text: str) -> str:
    """The delimiter that cuts the most records at all, of equals the one that cuts the most of them
    into the same number of fields, then the one that cuts finer.

    Records may lack their last fields, and a cell of nearly each may hold 张三;李四.
    """
    return max(DELIMITERS, key=lambda delimiter: _regularity(text, delimiter))


def _regularity(text: str, delimiter: str) -> tuple[int, int, int]:
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    widths: Counter[int] = Counter()
    try:
        for record in islice(records, SAMPLE_RECORDS):
            widths[len(record)] += 1
    except csv.Error:
        return 0, 0, 0
    cut = [(times, width) for width, times in widths.items() if width > 1]
    return sum(times for times, _ in cut), *max(cut, default=(0, 0))


def _rows(text: str, delimiter: str, limits: Limits) -> Iterator[Row]:
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = lines_before = 0
    try:
        while True:
            line_num = records.line_num
            record = next(records)
            number, lines_before = number + 1, line_num
            yield _row(number, record, limits)
    except StopIteration:
        if _ends_inside_quotes(text, delimiter, lines_before):
            raise UnclosedQuote(number) from None
    except csv.Error:  # a field beyond csv's 131,072 characters: it has swallowed the rest
        raise UnclosedQuote(number + 1) from None


def _row(number: int, record: list[str], limits: Limits) -> Row:
    cells = trimmed(record)
    if len(cells) > limits.columns:
        raise TooLarge("columns", limits.columns)
    return Row(number, cells, next(filter(str.strip, cells), ""))


def _ends_inside_quotes(text: str, delimiter: str, lines_before: int) -> bool:
    """Whether the record after these lines is still in quotation marks at the end of the file."""
    last = islice(io.StringIO(text, newline=""), lines_before, None)
    try:
        deque(csv.reader(last, delimiter=delimiter, strict=True), maxlen=0)
    except csv.Error as trouble:
        return "unexpected end" in str(trouble)
    return False
