"""A sheet as text: what a spreadsheet program shows, with its row numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

SIGNIFICANT_DIGITS = 15
EXACT_BELOW = 10**SIGNIFICANT_DIGITS


class Row(NamedTuple):
    """A line of a sheet.  `number` is the one the spreadsheet program shows (in delimited text the
    record's); `cells` stand from column A, each cell of a merged range with the range's text, and
    end with the last filled one; `lead` is the line's own first text, a range from above left out.
    """

    number: int
    cells: tuple[str, ...]
    lead: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of one sheet that say anything; `name` is empty for delimited text."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """What is still read, for the whole file except `columns`; `bytes` also of the packed file."""

    bytes: int = 30_000_000
    unpacked_bytes: int = 600_000_000
    rows: int = 200_000
    columns: int = 1_000
    memory_bytes: int = 1_000_000_000
    seconds: int = 50


def number_text(value: int | float) -> str:
    """A number as a spreadsheet program shows it: 15 significant digits, whole ones without a
    point."""
    if abs(value) < EXACT_BELOW and value == int(value):
        return str(int(value))
    text = f"{value:.{SIGNIFICANT_DIGITS}g}"
    if "e-" in text:
        return f"{Decimal(text):f}"
    return text.upper()


def trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    """The cells up to the last that holds more than white space."""
    filled = len(cells)
    while filled and not cells[filled - 1].strip():
        filled -= 1
    return tuple(cells[:filled])
