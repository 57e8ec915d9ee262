"""A table as values: the page prints it, Excel takes it, and neither adds a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.tools.printing.workbook import Share, Sheet
from portal.tools.printing.workbook import Value as Plain
from portal.tools.ui.words import (
    NOTHING,
    count_words,
    day_words,
    moment_words,
    percent_places,
    percent_words,
)

Value = str | int | date | datetime | Fraction | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, where it leads, and the kind of its status word (ui `status`) if it is one."""

    value: Value
    href: str = ""
    status: str = ""

    @classmethod
    def registered(cls, value: Value, href: str = "") -> "Cell":
        """A value that somebody registers: its absence is said, on the page and in Excel."""
        return cls(_("未登记")) if value is None else cls(value, href)

    @property
    def words(self) -> str:
        """As a reader sees it."""
        value = self.value
        if isinstance(value, datetime):
            return moment_words(value)
        if isinstance(value, date):
            return day_words(value)
        if isinstance(value, Fraction):
            return percent_words(value)
        return count_words(value) if isinstance(value, int) else value or NOTHING

    @property
    def is_short(self) -> bool:
        """Numbers, days and status words stay on one line."""
        return bool(self.status) or not isinstance(self.value, str | datetime)

    @property
    def plain(self) -> Plain:
        """As Excel takes it: days and numbers stay what they are, a share is a number in percent
        with the places that the page shows."""
        if isinstance(self.value, datetime):
            return timezone.make_naive(self.value)
        if isinstance(self.value, Fraction):
            return Share(self.value, percent_places(self.value))
        return self.value


@dataclass(frozen=True, slots=True)
class Column:
    heading: str
    is_number: bool = False


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`foot` is the row of sums, empty where nothing is summed."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    foot: Row = ()

    def lines(self, rows: Sequence[Row] | None = None) -> list[list[tuple[Column, Cell]]]:
        """Each row with its columns, of all rows or of these."""
        shown = self.rows if rows is None else rows
        return [list(zip(self.columns, row, strict=True)) for row in shown]

    @property
    def foot_line(self) -> list[tuple[Column, Cell]]:
        return list(zip(self.columns, self.foot, strict=bool(self.foot)))

    def sheet(self, heading: str) -> Sheet:
        """The same rows and the foot for Excel, below a line that says what they are."""
        rows = [*self.rows, self.foot] if self.foot else list(self.rows)
        return Sheet(
            title=self.title,
            heading=heading,
            heads=[column.heading for column in self.columns],
            rows=[[cell.plain for cell in row] for row in rows],
        )
