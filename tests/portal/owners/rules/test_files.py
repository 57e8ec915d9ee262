"""Whole files as compounds sent them, each with the sums that are right for it."""

import json
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest

from portal.owners.rules.registry import EMPTY, Holding, Person, RegisteredPart, Registry
from portal.owners.rules.roll import judge
from portal.tools.sheets.reading import read_sheets

FILES = Path(__file__).resolve().parents[3] / "data" / "rolls" / "files"
EXPECTED = json.loads((FILES / "expect.json").read_text())
KNOWN = Registry(
    {"1-1-101": RegisteredPart(11246, "dwelling", "delivered", (Holding(UUID(int=1)),))},
    {UUID(int=1): Person(UUID(int=1), "甲某", "+8610000000901")},
)


def report_of(name):
    registry = KNOWN if "compound" in EXPECTED[name] else EMPTY
    return judge(
        read_sheets((FILES / name).read_bytes()),
        registry,
        (UUID(int=number) for number in count(2)),
        compound="幸福花园",
        demonstration=True,
    ).as_json()


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_has_the_sums_that_are_right_for_it(name):
    report, right = report_of(name), EXPECTED[name]
    said = report["roll"] | report["rows"]
    said |= {"exit": int(said["bad"] > 0), "warnings": len(report["warnings"])}
    sums = right.keys() & said.keys()
    assert {key: said[key] for key in sums} == {key: right[key] for key in sums}
    if "bad_codes" in right:
        assert {str(one["row"]): one["code"] for one in report["bad"]} == right["bad_codes"]


def test_the_other_sheet_of_a_workbook_is_named():
    warnings = report_of("h12-sheet-per-building.xlsx")["warnings"]
    assert [(one["row"], one["code"], one["value"]) for one in warnings] == [
        (0, "sheet-unread", "2幢")
    ]


def test_the_lines_of_family_and_tenants_are_told():
    warnings = report_of("h06-kind-of-person.csv")["warnings"]
    assert [(one["row"], one["code"], one["value"]) for one in warnings] == [
        (3, "not-an-owner", "家属"),
        (5, "not-an-owner", "租户"),
    ]
