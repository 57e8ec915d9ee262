"""Campaigns on the county's page: their state, and the entries behind each number."""

import io
from datetime import date, timedelta

import openpyxl
import pytest

from portal.campaigns import actions
from portal.campaigns.queries import states
from tests.factories import campaigns
from tests.factories.campaigns import ENTRY_CLOSED, OPENED

COUNTS = ["entered", "submitted", "community", "street", "county", "publicity", "awarded"]
DAYS = ["2026-08-31", "2026-09-01", "2026-09-30", "2026-10-01", "2026-10-20"]


@pytest.fixture
def run(county, letters):
    """Three compounds in two streets, scored by all levels, the results posted and live."""
    compounds = [county.compound(0, name="东城花园"), county.compound(0), county.compound(1)]
    return campaigns.posted(compounds[0], county.officer, *compounds[1:])


@pytest.fixture
def rows(client, county):
    client.force_login(county.officer)

    def rows_(**asked):
        response = client.get("/county/campaigns/", asked | {"as": "xlsx"})
        assert response.status_code == 200
        sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
        return [list(row) for row in sheet.iter_rows(min_row=3, values_only=True)][:-1]

    return rows_


@pytest.mark.parametrize("on", DAYS)
def test_each_number_of_the_state_is_the_number_of_its_rows(county, run, rows, on):
    found = states(county.region.path, on=date.fromisoformat(on))
    for state in found:
        counts = [
            state.entries,
            state.submitted,
            state.scored_by_community,
            state.scored_by_street,
            state.scored_by_county,
            state.in_publicity,
            state.awarded,
        ]
        shows = [f"{state.campaign.code}:{count}" for count in COUNTS]
        assert [len(rows(on=on, show=show)) for show in shows] == counts
    assert bool(found) is (on >= OPENED.date().isoformat())


def test_an_entry_stands_with_what_had_become_of_it_on_the_day(run, rows):
    first = rows(on=ENTRY_CLOSED.date().isoformat())[0]
    assert first[0] == "东城花园"
    assert first[3].date() == first[4].date() == OPENED.date()
    assert first[5:] == ["是", "是", "是", "否", None]
    day_before = (ENTRY_CLOSED - timedelta(days=1)).date().isoformat()
    assert rows(on=day_before)[0][5:] == ["否", "否", "否", "否", None]


def test_a_street_officer_sees_the_streets_entries(client, county, run):
    client.force_login(county.zhao)
    main = client.get("/county/campaigns/").content.decode()
    assert "东城花园" in main
    assert "南城" not in main[main.index("<main") :]


def test_the_state_stands_on_the_page_and_leads_to_its_entries(client, county, run):
    client.force_login(county.officer)
    page = client.get("/county/").content.decode()
    assert run.campaign.name in page
    assert f"show={run.campaign.code}%3Acounty" in page


@pytest.mark.parametrize("who", ["officer", "zhao", "sun"])
def test_a_row_leads_to_the_entrys_own_page(client, county, run, who):
    client.force_login(getattr(county, who))
    address = run.entry.get_absolute_url()
    assert f'href="{address}"' in client.get("/county/campaigns/").content.decode()
    assert client.get(address).status_code == 200


def test_a_day_before_any_campaign_says_so(client, county):
    client.force_login(county.officer)
    assert "还没有开始过评选" in client.get("/county/campaigns/").content.decode()
    assert "还没有开始过评选" in client.get("/county/").content.decode()


@pytest.mark.parametrize("show", ["nothing", "nothing:entered", ":entered", "{code}:nothing"])
def test_a_campaign_or_count_that_is_not_there_is_not_found(client, county, run, show):
    client.force_login(county.officer)
    show = show.format(code=run.campaign.code)
    assert client.get("/county/campaigns/", {"show": show}).status_code == 404


def test_the_entries_cost_the_same_at_one_and_three(
    client, county, letters, django_assert_num_queries
):
    first = county.compound(0)
    run = campaigns.entered(first, county.officer)
    client.force_login(county.officer)
    client.get("/county/campaigns/")
    with django_assert_num_queries(COST):
        client.get("/county/campaigns/")
    for street in (1, 2):
        actions.enter(run.campaign, county.compound(street), by=county.officer.pk, at=OPENED)
    with django_assert_num_queries(COST):
        client.get("/county/campaigns/")


COST = 32
