"""The county's page in a browser: from a number to its rows and their Excel file, and in scope."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.utils import timezone

from cms import actions as cms
from tests.factories import campaigns, committees, fire, meetings
from tests.factories import county as counties
from tests.journeys import w3c
from tests.journeys.axe import violations

pytestmark = pytest.mark.browser
PAGES = [
    "",
    "compounds/",
    "committees/",
    "committees/?show=alert",
    "re-elections/",
    "meetings/",
    "publicities/",
    "fire/",
    "duties/?show=missed",
    "defects/",
    "campaigns/",
    "?on=2999-01-01",
]


@pytest.fixture
def county(own_database, letters):
    """Nine compounds in three streets, with something of everything."""
    made = counties.county()
    cms.build_site("永嘉县")
    for street in range(3):
        for place, name in enumerate(("花园", "新村", "公寓")):
            compound = made.compound(street, name=f"{made.streets[street].name[:2]}{name}")
            if place < 2:
                counties.re_elected(compound, party=3 if street else 2)
    _with_an_alert(made.compounds[2])
    meetings.published(made.compounds[5], made.officer)
    _with_fire(made.compounds[0])
    campaigns.scoring(made.compounds[1], made.officer, *made.compounds[3:5], to="street")
    for compound in made.compounds:
        cms.ensure_compound_page(compound)
    return made


def _with_an_alert(compound):
    soon = timezone.localdate() + timedelta(days=30)
    term = {"starts_on": counties.OLD["starts_on"], "ends_on": soon}
    committees.term(compound, committees.owners(compound, 5), party=2, **term)


def _with_fire(compound):
    now = timezone.localtime()
    begun = now.date() - timedelta(days=70)
    kit = fire.hydrant(compound, at=now, kind="F20", starts_on=begun)
    fire.log(kit, at=now - timedelta(days=50), duty="kit", radio="没电")


def spills(page) -> bool:
    root = "document.documentElement"
    return page.evaluate(f"{root}.scrollWidth > {root}.clientWidth")


def test_an_officer_follows_a_number_to_its_rows_and_takes_them_along(county, open_page):
    page = open_page("/my/", user=county.officer)
    page.click("text=辖区工作台")
    tile = page.locator(".figures a", has_text="近十二个月换届")
    assert tile.locator(".figure-number").inner_text() == "6"
    tile.click()
    rows = page.locator("tbody tr")
    assert rows.count() == 6
    with page.expect_download() as taken:
        page.click("text=导出 Excel")
    sheet = openpyxl.load_workbook(io.BytesIO(taken.value.path().read_bytes())).worksheets[0]
    names = [row[0] for row in sheet.iter_rows(min_row=3, values_only=True)][:-1]
    assert names == rows.locator("th").all_inner_texts()


def test_an_officer_goes_down_to_a_compound_and_back_in_time(county, open_page):
    page = open_page("/county/", user=county.officer)
    page.click("main table >> text=南城街道")
    page.click("main table >> text=南城社区")
    assert page.locator("tbody").first.locator("th").all_inner_texts() == [
        "南城公寓",
        "南城新村",
        "南城花园",
    ]
    page.fill("input[name=on]", "2020-06-30")
    page.click("text=查看这一天")
    figures = page.locator(".figures a", has_text="业主委员会").locator(".figure-number")
    assert figures.inner_text() == "未登记"
    assert page.input_value("input[name=on]") == "2020-06-30"


def test_a_street_officer_sees_only_the_street(county, open_page):
    page = open_page("/county/", user=county.zhao)
    words = page.inner_text("main")
    assert page.inner_text("h1") == "东城街道"
    assert "南城" not in words
    assert page.goto(f"/county/?in={county.streets[1].code}").status == 404


@pytest.mark.parametrize("size", ["phone", "desk"])
@pytest.mark.parametrize("big", [False, True])
def test_the_pages_are_without_fault_in_both_sizes(county, open_page, size, big, tmp_path):
    page = open_page("/county/", size=size, big=big, user=county.officer)
    sources = {}
    for path in PAGES:
        answer = page.goto(f"/county/{path}")
        sources[path] = answer.text()
        assert violations(page) == []
        assert not spills(page)
    w3c.insist()
    assert w3c.faults(sources, tmp_path) == []
