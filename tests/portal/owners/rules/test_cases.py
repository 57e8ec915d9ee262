"""Whole files as firms send them, each with the report that the format promises for it."""

import io
import json
from datetime import datetime
from itertools import count
from pathlib import Path
from uuid import UUID

import openpyxl
import pytest

from portal.owners.rules.registry import EMPTY
from portal.owners.rules.roll import NotARoll, judge
from portal.tools.sheets.reading import read_sheets
from portal.tools.sheets.refusals import SheetRefusal

ROLLS = Path(__file__).resolve().parents[3] / "data" / "rolls"
THEMES = ("sheets", "texts", "rooms", "areas", "owners", "words")
CASES = [case for name in THEMES for case in json.loads((ROLLS / f"{name}.json").read_text())]


def report_of(case):
    sheets = read_sheets(written(case))
    return judge(sheets, EMPTY, (UUID(int=number) for number in count(1))).as_json()


def written(case):
    if "csv" in case:
        return case["csv"].encode(case.get("encoding", "utf-8"))
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in case["sheets"].items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name in case.get("hidden", []) else "visible"
        for row in rows:
            sheet.append([cell_value(value) for value in row])
        for cells in case.get("merged", {}).get(name, []):
            sheet.merge_cells(cells)
    book.save(file)
    return file.getvalue()


def cell_value(value):
    return datetime.fromisoformat(value["date"]) if isinstance(value, dict) else value


def findings(report, kind):
    return [[one[key] for key in ("row", "column", "code", "value")] for one in report[kind]]


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["name"]) for case in CASES if "refused" not in case]
)
def test_a_file_gives_the_report_of_the_format(case):
    report = report_of(case)
    said = {key: report[key] for key in ("sheet", "header_row", "columns", "ignored")}
    assert said == {key: case.get(key, value) for key, value in said.items()}
    assert list(report["rows"].values()) == case["rows"]
    assert list(report["roll"].values()) == case["roll"]
    for kind in ("bad", "warnings"):
        assert findings(report, kind) == case.get(kind, [])


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["name"]) for case in CASES if "refused" in case]
)
def test_a_file_that_is_no_roll_gives_none(case):
    with pytest.raises((NotARoll, SheetRefusal)):
        report_of(case)
