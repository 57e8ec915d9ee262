"""What an officer takes home as Excel is what stood on the page: row by row, cell by cell."""

import io
from datetime import datetime
from fractions import Fraction
from html.parser import HTMLParser

import openpyxl
import pytest
import time_machine

from portal.tools.ui.words import NOTHING, count_words, day_words, moment_words, percent_words
from tests.factories.county import NOON

SHOWS = [
    ("compounds", ""),
    ("committees", ""),
    ("committees", "met"),
    ("committees", "unmet"),
    ("committees", "in-term"),
    ("committees", "run-out"),
    ("committees", "met-in-term"),
    ("committees", "alert"),
    ("re-elections", ""),
    ("re-elections", "entered"),
    ("meetings", ""),
    ("meetings", "counted-elections"),
    ("publicities", ""),
    ("fire", ""),
    ("duties", ""),
    ("duties", "missed"),
    ("duties", "empty"),
    ("defects", ""),
    ("defects", "overdue"),
    ("campaigns", ""),
]
# the day on which each of them has rows
DAYS = {"publicities": "2026-10-03"}


class Cells(HTMLParser):
    """The words of each cell of the tables of a page, row by row."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self.tables[-1][-1].append("")
            self.inside = True

    def handle_endtag(self, tag):
        self.inside = self.inside and tag not in {"td", "th"}

    def handle_data(self, data):
        if self.inside:
            self.tables[-1][-1][-1] += data


def words_of(value):
    """All that a page may print for a cell of Excel."""
    if value is None:
        return {NOTHING, ""}
    if isinstance(value, datetime):
        return {day_words(value), moment_words(value)}
    if isinstance(value, float):
        return {percent_words(Fraction(value).limit_denominator(10**6))}
    return {count_words(value)} if isinstance(value, int) else {str(value)}


def is_same(shown, value):
    """A share is a number in Excel and per cent on the page."""
    return shown.strip() in words_of(value)


@pytest.fixture
def read(client, lived_in):
    def read_(page, who="officer", **asked):
        client.force_login(getattr(lived_in, who))
        with time_machine.travel(NOON, tick=False):
            shown = client.get(page, asked).content.decode()
            taken = client.get(page, asked | {"as": "xlsx"}).content
        book = openpyxl.load_workbook(io.BytesIO(taken))
        sheets = [list(map(list, sheet.iter_rows(values_only=True))) for sheet in book.worksheets]
        return Cells(shown).tables, sheets

    return read_


@pytest.mark.parametrize(("name", "show"), SHOWS)
def test_a_list_says_the_same_on_the_page_and_in_excel(read, name, show):
    asked = {"show": show} | ({"on": DAYS[name]} if name in DAYS else {})
    (table,), (sheet,) = read(f"/county/{name}/", **asked)
    heading, heads, *rows = sheet
    assert heading[0].startswith("永嘉县，截至2026年")
    assert table[0] == heads
    assert len(table) - 1 == len(rows) > 1  # a row at least, and the sum
    different = [
        (shown, taken)
        for row, line in zip(table[1:], rows, strict=True)
        for shown, taken in zip(row, line, strict=True)
        if not is_same(shown, taken)
    ]
    assert different == []


def test_the_countys_page_says_the_same_in_each_of_its_sheets(read):
    tables, sheets = read("/county/")
    on_the_page = {tuple(table[0]): table for table in tables}
    for _heading, heads, *rows in sheets:
        table = on_the_page[tuple(heads)]
        assert [
            (shown, taken)
            for row, line in zip(table[1:], rows, strict=True)
            for shown, taken in zip(row, line, strict=True)
            if not is_same(shown, taken)
        ] == []
    assert len(sheets) == 4


@pytest.mark.parametrize("name", sorted({name for name, _show in SHOWS}))
def test_a_street_officer_takes_home_nothing_of_another_street(read, name):
    for who, foreign in (("zhao", "南城"), ("sun", "南城")):
        tables, sheets = read(f"/county/{name}/", who=who)
        assert foreign not in str(tables)
        assert foreign not in str(sheets)


def test_the_county_takes_home_both_streets_so_that_the_test_above_says_something(read):
    tables, sheets = read("/county/compounds/")
    assert ("南城" in str(tables), "南城" in str(sheets)) == (True, True)
