"""Cells and tables: one value, said in words on the page and left as it is for Excel."""

from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from portal.oversight.documents.listing import NoSuchRows, choices
from portal.oversight.documents.table import Cell, Column, Table
from portal.oversight.queries.scope import scope_on
from portal.places.models import Region
from portal.tools.printing.workbook import Share

SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHT = datetime(2026, 11, 23, 16, 5, tzinfo=ZoneInfo("UTC"))  # 00:05 of the 24th here
SCOPE = scope_on(Region(code="330324", path="330324/"), date(2026, 11, 24), NIGHT)


@pytest.mark.parametrize(
    ("value", "words", "plain"),
    [
        ("东城花园", "东城花园", "东城花园"),
        ("", "—", ""),
        (None, "—", None),
        (0, "0", 0),
        (1234567, "1,234,567", 1234567),
        (date(2026, 3, 1), "2026年3月1日", date(2026, 3, 1)),
        (NIGHT, "2026年11月24日 00:05", datetime(2026, 11, 24, 0, 5)),  # noqa: DTZ001
        (Fraction(4, 5), "80.00%", Share(Fraction(4, 5), 2)),
        (Fraction(761, 1260), "60.40%", Share(Fraction(761, 1260), 2)),
        (Fraction(49999, 100000), "49.999%", Share(Fraction(49999, 100000), 3)),
        (Fraction(1), "100.00%", Share(Fraction(1), 2)),
    ],
)
def test_a_value_is_said_in_words_and_kept_for_excel(value, words, plain):
    assert (Cell(value).words, Cell(value).plain) == (words, plain)


@pytest.mark.parametrize(
    ("cell", "is_short"),
    [
        (Cell("很长的话"), False),
        (Cell("逾期", status="wrong"), True),
        (Cell(12), True),
        (Cell(date(2026, 1, 1)), True),
        (Cell(NIGHT), False),
        (Cell(None), True),
    ],
)
def test_numbers_days_and_status_words_stay_on_one_line(cell, is_short):
    assert cell.is_short is is_short


def table(rows=(), foot=()):
    return Table("小区", (Column("名称"), Column("数", is_number=True)), rows, foot)


def test_the_sheet_has_heads_rows_and_the_sum_below():
    made = table([(Cell("甲"), Cell(1)), (Cell("乙"), Cell(2))], (Cell("合计"), Cell(3)))
    sheet = made.sheet("永嘉县")
    assert (sheet.title, sheet.heading, sheet.heads) == ("小区", "永嘉县", ["名称", "数"])
    assert sheet.rows == [["甲", 1], ["乙", 2], ["合计", 3]]
    assert [column.heading for column, _cell in made.foot_line] == ["名称", "数"]


def test_a_table_without_a_sum_has_none_in_its_sheet():
    assert table([(Cell("甲"), Cell(1))]).sheet("x").rows == [["甲", 1]]
    assert table().foot_line == []


def test_a_page_shows_the_rows_it_is_given_and_all_if_none_are():
    made = table([(Cell(str(n)), Cell(n)) for n in range(5)])
    assert len(made.lines()) == 5
    assert [line[1][1].value for line in made.lines(made.rows[3:])] == [3, 4]


def test_a_row_that_does_not_fit_its_columns_is_a_fault_and_not_cut_off():
    with pytest.raises(ValueError, match="zip"):
        table([(Cell("甲"),)]).lines()
    with pytest.raises(ValueError, match="zip"):
        _line = table(foot=(Cell("合计"),)).foot_line


def test_of_the_choices_of_a_list_one_is_chosen_and_another_is_no_choice():
    counts = [("", "全部", 3), ("met", "达标", 1)]
    made = choices(SCOPE, "committees", counts, "met")
    assert [(one.words, one.count, one.is_chosen) for one in made] == [
        ("全部", 3, False),
        ("达标", 1, True),
    ]
    assert made[1].href == "/county/committees/?in=330324&show=met"
    with pytest.raises(NoSuchRows):
        choices(SCOPE, "committees", counts, "unmet")
