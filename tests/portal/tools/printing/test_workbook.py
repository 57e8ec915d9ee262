"""Workbooks: words stay words, days stay days, whatever was typed."""

import io
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.tools.printing.workbook import Share, Sheet, workbook
from portal.tools.ui.words import percent_places, percent_words


def read(*sheets):
    return openpyxl.load_workbook(io.BytesIO(workbook(sheets)))


def one(*rows, heads=("名称", "数")):
    return read(Sheet("小区", "永嘉县，截至2026年11月24日", heads, rows)).active


def test_a_sheet_has_its_line_its_heads_and_its_rows():
    page = one(["幸福花园", 3], ["南城新村", None])
    assert [list(row) for row in page.iter_rows(values_only=True)] == [
        ["永嘉县，截至2026年11月24日", None],
        ["名称", "数"],
        ["幸福花园", 3],
        ["南城新村", None],
    ]
    assert page.freeze_panes == "A3"


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK('x')"])
def test_what_looks_like_a_formula_is_text_and_stays_text_when_opened(words):
    cell = one([words, 1])["A3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (words, "s", True)


def test_plain_words_carry_no_mark():
    assert not one(["幸福花园", 1])["A3"].quotePrefix


def test_days_and_moments_are_such_for_excel():
    page = one([date(2026, 11, 24), datetime(2026, 11, 24, 9, 5)])  # noqa: DTZ001 - Excel has no zones
    assert page["A3"].is_date
    assert (page["A3"].number_format, page["B3"].number_format) == (
        "yyyy-mm-dd",
        "yyyy-mm-dd hh:mm",
    )


@given(st.fractions(0, 1, max_denominator=10**6))
def test_a_share_is_a_number_that_excel_shows_as_the_page_does(share):
    cell = one(["占比", Share(share, percent_places(share))])["B3"]
    places = cell.number_format.removeprefix("0.").removesuffix("%")
    assert set(places) == {"0"}
    shown = Decimal(str(cell.value)) * 100
    half_up = shown.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
    assert (cell.data_type, f"{half_up}%") == ("n", percent_words(share))


def test_a_title_that_excel_refuses_is_mended():
    book = read(Sheet("a/b:c*d?e[f]" + "长" * 40, "行", ["一"], []), Sheet("二", "行", ["一"], []))
    assert [len(title) for title in book.sheetnames] == [31, 1]


def test_columns_are_wide_enough_for_their_longest_text_but_not_wider_than_a_screen():
    page = one(["长" * 100, 1])
    assert page.column_dimensions["A"].width == 44
    assert page.column_dimensions["B"].width == 8


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_any_words_at_all_can_be_written_and_none_becomes_a_formula(words):
    page = one(*[[text, 1] for text in words])
    assert len(list(page.iter_rows(min_row=3))) == len(words)
    assert [cell for (cell, _number) in page.iter_rows(min_row=3) if cell.data_type == "f"] == []
