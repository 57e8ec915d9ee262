"""The county's page and its lists: who sees what, on which day, at what cost."""

import io
import re
from datetime import date
from urllib.parse import quote

import openpyxl
import pytest

from committees.models import Member
from tests.factories import committees, people, places
from tests.factories import county as counties

COST_OF_HOME, COST_OF_A_LIST = 45, 26
COSTS_MORE = {"fire": 11, "duties": 15, "defects": 1, "campaigns": 6}
LISTS = [
    "compounds",
    "committees",
    "re-elections",
    "meetings",
    "publicities",
    "fire",
    "duties",
    "defects",
    "campaigns",
]
PAGES = ["", *(f"{name}/" for name in LISTS)]
LINK = re.compile(r'href="(/county/[^"]*)"')


def main_of(response) -> str:
    page = response.content.decode()
    return page[page.index("<main") : page.index("</main>")].replace("&amp;", "&")


def tiles_of(main: str) -> dict[str, int | str]:
    """The number of each tile; of what nobody registered, the word."""
    found = re.findall(r'figure-number">([^<]+)</span> ([^<]+)<', main)
    return {words: int(number) if number.isdigit() else number for number, words in found}


def sheet_rows(response) -> list[list]:
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


@pytest.fixture
def filled(county):
    """Two re-elected committees, one in each of two streets, and a compound without any."""
    counties.re_elected(county.compound(0, name="东城花园"), stay=1, new=4, party=3)
    counties.re_elected(county.compound(1, name="南城花园"), stay=2, new=3, party=5)
    county.compound(1, name="南城新村")
    return county


@pytest.mark.parametrize("page", PAGES)
def test_officers_may_and_nobody_else(client, filled, page):
    assert client.get(f"/county/{page}").status_code == 302
    member, firm = people.user(), people.user()
    people.compound_office(member, filled.compounds[0], "committee-member")
    people.compound_office(firm, filled.compounds[0], "firm-manager", firm=people.firm())
    for user, status in [
        (filled.officer, 200),
        (filled.zhao, 200),
        (filled.sun, 200),
        (member, 403),
        (firm, 403),
        (people.user(), 403),
    ]:
        client.force_login(user)
        assert client.get(f"/county/{page}").status_code == status


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_taken_by_post(client, filled, page):
    client.force_login(filled.officer)
    assert client.post(f"/county/{page}").status_code == 405


def test_the_county_sees_its_streets_with_a_sum(client, filled):
    client.force_login(filled.officer)
    rows = sheet_rows(client.get("/county/?as=xlsx"))
    heads = ["区域", "小区数", "名册", "业委会", "达标", "任期提醒", "换届", "新进党员"]
    assert rows[1][:8] == heads
    assert [row[:8] for row in rows[2:]] == [
        ["东城街道", 1, "未登记", 1, 1, 0, 1, 2],
        ["南城街道", 2, "未登记", 1, 1, 0, 1, 3],
        ["合计", 3, "未登记", 2, 2, 0, 2, 5],
    ]


def test_streets_without_compounds_are_named_below_the_table(client, filled):
    client.force_login(filled.officer)
    main = main_of(client.get("/county/"))
    assert "北城街道" in main[main.index("没有登记小区的") :]


@pytest.mark.parametrize("page", PAGES)
def test_a_street_officer_sees_the_street_only_and_a_community_officer_the_community(
    client, filled, page
):
    other = places.region("community", filled.streets[0], name="东门社区")
    places.compound(other, name="东门小区")
    client.force_login(filled.zhao)
    assert "南城" not in main_of(client.get(f"/county/{page}"))
    client.force_login(filled.sun)
    main = main_of(client.get(f"/county/{page}"))
    assert "南城" not in main
    assert "东门" not in main


@pytest.mark.parametrize("page", PAGES)
def test_what_lies_outside_ones_office_is_hidden(client, filled, page):
    client.force_login(filled.zhao)
    foreign, own = filled.compounds[1].code, filled.streets[0].code
    for asked in [
        f"?in={filled.region.code}",
        f"?in={filled.streets[1].code}",
        "?in=nowhere",
    ]:
        assert client.get(f"/county/{page}{asked}").status_code == 404
    if page:
        assert client.get(f"/county/{page}?in={own}&compound={foreign}").status_code == 404
        assert client.get(f"/county/{page}?in={own}&compound=%00").status_code == 404


def test_the_tiles_count_and_lead_to_as_many_rows(client, filled):
    client.force_login(filled.officer)
    main = main_of(client.get("/county/"))
    assert tiles_of(main) == {
        "小区": 3,
        "已登记业主名册": "未登记",
        "业主委员会": 2,
        "达到党员占比目标": 2,
        "任期将满或已满": 0,
        "近十二个月换届": 2,
        "新进党员委员": 5,
        "进行中的会议": 0,
        "正在公示": 0,
        "消防设备": "未登记",
        "逾期未查": "未登记",
        "近三十天漏检": "未登记",
        "近三十天全部不适用": "未登记",
        "未闭环隐患": "未登记",
        "超期隐患": "未登记",
        "未登记消防设备的小区": 3,
    }
    for name, show, count in [
        ("compounds", "", 3),
        ("committees", "met", 2),
        ("committees", "none", 1),
        ("re-elections", "entered", 2),
    ]:
        rows = sheet_rows(client.get(f"/county/{name}/?show={show}&as=xlsx"))
        assert len(rows) == 2 + count + 1


@pytest.mark.parametrize("who", ["officer", "zhao", "sun"])
def test_every_link_of_the_pages_opens_for_who_sees_it(client, filled, who):
    client.force_login(getattr(filled, who))
    seen, left = set(), {f"/county/{page}?on=2026-06-30" for page in PAGES}
    while left:
        link = left.pop()
        seen.add(link)
        response = client.get(link)
        assert response.status_code == 200, link
        if "as=xlsx" not in link:
            left |= set(LINK.findall(main_of(response))) - seen
    assert len(seen) > len(PAGES)


def test_links_keep_the_day_that_is_past_and_say_none_of_today(client, filled):
    client.force_login(filled.officer)
    past = LINK.findall(main_of(client.get("/county/?on=2026-06-30")))
    assert past
    assert [link for link in past if "on=2026-06-30" not in link] == []
    assert [link for link in LINK.findall(main_of(client.get("/county/"))) if "on=" in link] == []


def test_a_past_day_gives_that_days_figures(client, filled):
    client.force_login(filled.officer)
    term = committees.term(filled.compound(2), committees.owners(filled.compounds[-1], 3), party=2)
    left = Member.objects.filter(term=term, is_party_member=True).first()
    Member.objects.filter(pk=left.pk).update(until=date(2026, 6, 30))
    on_that_day = tiles_of(main_of(client.get("/county/?on=2026-06-30")))
    day_after = tiles_of(main_of(client.get("/county/?on=2026-07-01")))
    assert on_that_day["达到党员占比目标"] == 3
    assert day_after["达到党员占比目标"] == 2
    before_all = tiles_of(main_of(client.get("/county/?on=2020-01-01")))
    # the compounds themselves, and nothing registered of any
    assert set(before_all.values()) == {0, 4, "未登记"}


@pytest.mark.parametrize(
    ("on", "words"), [("2999-01-01", "只能查询今天或以前的日期"), ("昨天", "2026-06-30 这样的格式")]
)
@pytest.mark.parametrize("page", PAGES)
def test_a_day_that_cannot_be_asked_for_is_refused_and_stays_typed(client, filled, page, on, words):
    client.force_login(filled.officer)
    response = client.get(f"/county/{page}", {"on": on})
    assert response.status_code == 422
    assert words in main_of(response)
    assert f'value="{on}"' in main_of(response)


def test_the_three_shares_stand_apart_beside_their_rule(client, filled):
    client.force_login(filled.officer)
    book = openpyxl.load_workbook(io.BytesIO(client.get("/county/?as=xlsx").content))
    lines = book["党员占比的三种口径"].iter_rows(min_row=3, values_only=True)
    every = "全部，含任期已满、尚无新一届的"
    assert [row[1:] for row in lines] == [
        ("任期内", 2, 2, 1),
        (every, 2, 2, 1),
        ("任期内", 8, 10, 0.8),
        (every, 8, 10, 0.8),
        ("任期内", None, 2, 0.8),
        (every, None, 2, 0.8),
    ]
    assert "超过 1/2" in main_of(client.get("/county/"))


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_is_empty_says_why(client, county, name):
    client.force_login(county.officer)
    main = main_of(client.get(f"/county/{name}/"))
    assert 'class="empty"' in main
    assert "<table" not in main


def test_a_county_without_compounds_says_who_enters_them(client, county):
    client.force_login(county.officer)
    assert "系统管理员" in main_of(client.get("/county/"))


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("show", ["everything", "everything-elections", "-", "met-elections"])
def test_rows_that_no_list_knows_are_not_found(client, filled, name, show):
    client.force_login(filled.officer)
    assert client.get(f"/county/{name}/", {"show": show}).status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_excel_holds_the_rows_of_the_page(client, filled, name):
    client.force_login(filled.officer)
    response = client.get(f"/county/{name}/?as=xlsx")
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert quote("永嘉县") in response["Content-Disposition"]
    page = main_of(client.get(f"/county/{name}/"))
    body = page[page.index("<tbody") : page.index("</tbody>")] if "<tbody" in page else ""
    rows = sheet_rows(response)[2:-1]
    assert len(rows) == body.count("<tr>")
    assert [row for row in rows if f">{row[0]}<" not in body] == []


def test_a_name_that_looks_like_a_formula_is_words_in_excel(client, county):
    county.compound(0, name='=HYPERLINK("http://evil")')
    client.force_login(county.officer)
    book = openpyxl.load_workbook(io.BytesIO(client.get("/county/compounds/?as=xlsx").content))
    cell = book.worksheets[0]["A3"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://evil")', "s")


def test_who_holds_two_regions_may_change_between_them(client, filled):
    people.region_office(filled.zhao, filled.streets[1], "street-officer")
    client.force_login(filled.zhao)
    main = main_of(client.get("/county/"))
    assert f"/county/?in={filled.streets[1].code}" in main
    assert client.get("/county/", {"in": filled.streets[1].code}).status_code == 200


def test_more_than_a_hundred_rows_come_by_pages_and_whole_to_excel(client, county):
    for _ in range(101):
        county.compound(0)
    client.force_login(county.officer)
    first = main_of(client.get("/county/compounds/"))
    assert first.count('<th scope="row">') == 100 + 1
    assert "第 1 页，共 2 页" in first
    assert len(sheet_rows(client.get("/county/compounds/?page=2&as=xlsx"))) == 2 + 101 + 1


@pytest.mark.parametrize("page", PAGES)
def test_each_page_costs_the_same_at_one_and_three_rows(
    client, county, page, django_assert_num_queries
):
    counties.re_elected(county.compound(0))
    client.force_login(county.officer)
    client.get(f"/county/{page}")
    cost = COST_OF_A_LIST + COSTS_MORE.get(page[:-1], 0) if page else COST_OF_HOME
    with django_assert_num_queries(cost):
        client.get(f"/county/{page}")
    for street in (1, 2):
        counties.re_elected(county.compound(street))
    with django_assert_num_queries(cost):
        client.get(f"/county/{page}")


@pytest.mark.parametrize("on", ["0001-01-01", "0002-06-01", "1999-12-31"])
def test_a_day_before_all_records_is_refused_in_words(client, county, on):
    client.force_login(county.officer)
    for path in ("/county/", "/county/duties/"):
        answer = client.get(path, {"on": on})
        assert (answer.status_code, "只能查询 2000 年以来的日期" in answer.content.decode()) == (
            422,
            True,
        )
