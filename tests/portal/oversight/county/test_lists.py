"""What stands in the lists behind the numbers."""

import io
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import openpyxl
import pytest
import time_machine

from committees.models import Term
from portal.publicity.models import Publicity
from tests.factories import committees, meetings
from tests.factories import county as counties

NOON = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def rows(client, county):
    """`rows(name, **asked)`: the lines of a list without heads, as the county's officer."""
    client.force_login(county.officer)

    def rows_(name, **asked):
        with time_machine.travel(NOON, tick=False):
            response = client.get(f"/county/{name}/", asked | {"as": "xlsx"})
        sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
        return [list(row) for row in sheet.iter_rows(min_row=3, values_only=True)]

    return rows_


def test_a_committee_stands_with_its_term_its_share_and_the_verdict(county, rows):
    compound = county.compound(0, name="东城花园")
    people = committees.owners(compound, 6)
    committees.term(compound, people[:5], party=3, alternates=people[5:])
    ends = datetime(2028, 12, 31)  # noqa: DTZ001 - Excel has no zones
    place = ["东城花园", "东城街道", "东城社区"]
    assert rows("committees")[0] == [*place, 1, ends, 768, None, 5, 3, 0.6, "达到", 1, 0]
    assert rows("committees")[-1][:1] + rows("committees")[-1][7:10] == [
        "合计 1 个小区",
        5,
        3,
        0.6,
    ]


def test_vacant_seats_stand_beside_the_members_and_are_summed(county, rows):
    for name, seats in [("东城花园", 5), ("东城新村", 3)]:
        compound = county.compound(0, name=name)
        committees.term(compound, committees.owners(compound, 3), seats=seats)
    county.compound(0, name="还没有")
    found = {row[0]: row[-1] for row in rows("committees")}
    assert found == {"东城新村": 0, "东城花园": 2, "合计 2 个小区": 2}
    assert [row[-1] for row in rows("committees", show="none")] == [None, 0]


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (181, None),
        (180, "180 日内届满"),
        (150, "150 日内届满"),
        (90, "90 日内届满"),
        (60, "90 日内届满"),
        (59, "红色：不足 60 日"),
        (-1, "任期已满"),
    ],
)
def test_the_reminder_is_the_rulebooks_for_the_days_left(county, rows, left, words):
    compound = county.compound(0)
    term = committees.term(compound, committees.owners(compound, 3), party=2)
    Term.objects.filter(pk=term.pk).update(ends_on=NOON.date() + timedelta(days=left))
    assert rows("committees")[0][5:7] == [left, words]
    assert (len(rows("committees", show="alert")) == 2) is (words is not None)


def test_with_a_reminder_the_most_pressing_stands_first(county, rows):
    for name, left in [("后到", 100), ("已满", -5), ("先到", 30)]:
        compound = county.compound(0, name=name)
        ends = {"ends_on": NOON.date() + timedelta(days=left)}
        committees.term(compound, committees.owners(compound, 3), **ends)
    assert [row[0] for row in rows("committees", show="alert")][:-1] == ["已满", "先到", "后到"]


def test_committees_are_listed_by_their_verdict_and_compounds_by_their_lack(county, rows):
    for name, party in [("多数", 2), ("少数", 1)]:
        compound = county.compound(0, name=name)
        committees.term(compound, committees.owners(compound, 3), party=party)
    county.compound(0, name="还没有")
    for show, names in [("met", ["多数"]), ("unmet", ["少数"]), ("none", ["还没有"])]:
        assert [row[0] for row in rows("committees", show=show)][:-1] == names


def test_a_re_election_tells_who_newly_entered_and_the_sums_stand_below(county, rows):
    counties.re_elected(county.compound(0, name="东城花园"), stay=1, new=4, party=3)
    counties.re_elected(
        county.compound(1, name="南城花园"), stay=3, new=2, party=3, starts_on=date(2026, 5, 1)
    )
    found = rows("re-elections")
    assert [(row[0], *row[-3:]) for row in found] == [
        ("南城花园", 5, 3, 0),
        ("东城花园", 5, 3, 2),
        ("合计 2 次换届", 10, 6, 2),
    ]
    assert [row[0] for row in rows("re-elections", show="entered")] == ["东城花园", "合计 1 次换届"]


def test_re_elections_are_of_the_twelve_months_that_end_with_the_day(county, rows):
    counties.re_elected(county.compound(0))  # on 2026-03-01
    assert len(rows("re-elections", on="2026-02-28")) == 1
    assert len(rows("re-elections", on="2026-03-01")) == 2


def test_meetings_are_listed_by_the_stage_of_that_day(county, rows, letters):
    meetings.counted(county.compound(0, name="东城花园"), county.officer)
    stages = {
        "2026-08-31": [],
        "2026-09-01": ["名册已冻结，提名中"],
        "2026-09-11": ["候选人公示中"],
        "2026-10-02": ["投票中"],
        "2026-11-24": ["已计票"],
    }
    seen = {on: [row[6] for row in rows("meetings", on=on)][:-1] for on in stages}
    assert seen == stages
    assert len(rows("meetings", on="2026-10-02", show="running")) == 2
    assert len(rows("meetings", on="2026-10-02", show="running-elections")) == 2
    assert len(rows("meetings", on="2026-10-02", show="open-elections")) == 2
    assert len(rows("meetings", on="2026-10-02", show="counted-elections")) == 1
    assert len(rows("meetings", on="2026-10-02", show="open")) == 2
    assert len(rows("meetings", show="running")) == 1


def test_publicities_run_with_their_days_left_on_that_day(county, rows, letters):
    held = meetings.published(county.compound(0, name="东城花园"), county.officer)
    title = Publicity.objects.get(compound=held.compound, kind="candidates").title
    found = {row[3]: row for row in rows("publicities", on="2026-09-12")[:-1]}
    assert found[title][:1] + found[title][4:8] == ["东城花园", "候选人名单公示", 1, 10, 9]
    assert rows("publicities", on="2026-09-10") == [["合计 0 项", *[None] * 8]]


def test_one_compound_may_be_asked_of_alone(county, rows):
    for name in ("东城花园", "东城新村"):
        county.compound(0, name=name)
    only = county.compounds[1]
    assert [row[0] for row in rows("compounds", compound=only.code)] == [
        "东城新村",
        "合计 1 个小区",
    ]


def test_the_stages_of_the_day_are_counted_with_their_elections(client, county, letters):
    meetings.opened(county.compound(0), county.officer)
    decides_only = meetings.prepared(county.compound(1), county.officer)
    decides_only.matter(2).delete()
    client.force_login(county.officer)
    response = client.get("/county/", {"as": "xlsx", "on": "2026-10-02"})
    sheet = openpyxl.load_workbook(io.BytesIO(response.content))["会议按阶段"]
    numbers = {row[0]: row[1:] for row in sheet.iter_rows(min_row=3, values_only=True)}
    assert numbers == {
        "筹备中": (1, 0),
        "名册已冻结，提名中": (0, 0),
        "候选人公示中": (0, 0),
        "投票中": (1, 1),
        "已截止，待计票": (0, 0),
        "已计票": (0, 0),
        "已取消": (0, 0),
        "合计": (2, 1),
    }
