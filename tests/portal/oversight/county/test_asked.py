"""What an address of the county's page may ask: of which region, compound, day, page and form."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine

from portal.accounts.models import RegionOffice
from portal.oversight.documents.listings import LISTINGS
from portal.places.models import Installation
from tests.factories import people, places
from tests.factories.county import NOON

PAGES = ["/county/", *(f"/county/{name}/" for name in LISTINGS)]
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def ask(client, county):
    def ask_(page="/county/compounds/", who=None, **asked):
        client.force_login(who or county.officer)
        with time_machine.travel(NOON, tick=False):
            return client.get(f"{page}?{urlencode(asked)}")

    return ask_


def main_of(response):
    page = response.content.decode()
    return page[page.index("<main") : page.index("</main>")]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("on", ["2999-01-01", "1999-12-31", "2026-02-30", "昨天", "\x01"])
def test_a_day_that_cannot_be_asked_for_gives_no_excel_of_another_day(ask, page, on):
    answer = ask(page, on=on, **{"as": "xlsx"})
    assert (answer.status_code, answer["Content-Type"]) == (422, "text/html; charset=utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_excel_is_given_for_a_day_and_named_by_place_and_day(ask, page):
    answer = ask(page, on="2026-06-30", **{"as": "xlsx"})
    assert (answer.status_code, answer["Content-Type"]) == (200, EXCEL)
    assert answer["Content-Disposition"].endswith("-2026-06-30.xlsx")


@pytest.mark.parametrize("asked", ["pdf", "XLSX", ""])
def test_another_form_than_excel_is_the_page(ask, asked):
    assert ask(**{"as": asked})["Content-Type"].startswith("text/html")


def test_an_empty_day_or_region_is_todays_own(ask, county):
    county.compound(0, name="东城花园")
    answer = ask(on="", **{"in": ""})
    assert answer.status_code == 200
    assert 'value="2026-11-24"' in answer.content.decode()
    assert "东城花园" in main_of(answer)


@pytest.mark.parametrize("number", ["0", "-1", "abc", "99999999999", "", "2"])
def test_a_page_number_out_of_range_shows_rows_all_the_same(client, county, number):
    county.compound(0, name="东城花园")
    client.force_login(county.officer)
    answer = client.get(f"/county/compounds/?page={number}")
    assert (answer.status_code, "东城花园" in main_of(answer)) == (200, True)


def test_a_region_is_asked_of_by_who_holds_it_or_one_above_and_hidden_from_others(ask, county):
    for who, seen in (
        (county.officer, [county.region, *county.streets, *county.communities]),
        (county.zhao, [county.streets[0], county.communities[0]]),
        (county.sun, [county.communities[0]]),
    ):
        regions = [county.region, *county.streets, *county.communities]
        statuses = {one.code: ask(who=who, **{"in": one.code}).status_code for one in regions}
        opened = {code for code, status in statuses.items() if status == 200}
        assert opened == {one.code for one in seen}
        assert set(statuses.values()) <= {200, 404}


def test_what_is_hidden_and_what_there_is_not_read_the_same(ask, county):
    """So that nobody learns by asking which regions and compounds there are."""
    foreign = county.compound(1)
    own = county.streets[0].code
    for hidden, nothing in (
        ({"in": county.streets[1].code}, {"in": "nowhere"}),
        ({"in": own, "compound": foreign.code}, {"in": own, "compound": "nothing"}),
    ):
        answers = [ask(who=county.zhao, **asked) for asked in (hidden, nothing)]
        assert [one.status_code for one in answers] == [404, 404]
        bodies = [re.sub(r"nonce-\S+|\b[0-9a-f-]{32,36}\b", "", main_of(one)) for one in answers]
        assert bodies[0] == bodies[1]


def test_the_way_back_leads_up_to_ones_own_region_and_no_further(ask, county):
    place = {"in": county.communities[0].code}
    for who, names in (
        (county.officer, [county.region, county.streets[0], county.communities[0]]),
        (county.zhao, [county.streets[0], county.communities[0]]),
        (county.sun, [county.communities[0]]),
    ):
        crumbs = ask("/county/", who=who, **place).context["crumbs"]
        assert [words for words, _there in crumbs] == [one.name for one in names]
        assert [there for _words, there in crumbs] == [f"/county/?in={one.code}" for one in names]


def test_an_office_that_ended_or_has_not_begun_opens_nothing(ask, county):
    past, coming = people.user(), people.user()
    day = timedelta(days=1)
    people.region_office(past, county.region, RegionOffice.Role.COUNTY, until=NOON.date() - day)
    people.region_office(coming, county.region, RegionOffice.Role.COUNTY, since=NOON.date() + day)
    for page in PAGES:
        assert [ask(page, who=one).status_code for one in (past, coming)] == [403, 403]


def test_outside_the_demonstration_an_office_opens_nothing_without_a_second_factor(ask, county):
    assert ask("/county/").status_code == 200
    Installation.objects.update(is_demonstration=False)
    assert ask("/county/").status_code in {302, 403}


def test_an_administrator_oversees_nothing(ask, county):
    keeper = people.user()
    people.region_office(keeper, county.region, RegionOffice.Role.ADMINISTRATOR)
    assert {ask(page, who=keeper).status_code for page in PAGES} == {403}


def test_who_holds_streets_of_two_counties_asks_of_each_and_of_no_county(ask, county):
    away = places.region("street", name="远处街道")
    people.region_office(county.zhao, away, RegionOffice.Role.STREET)
    for code, status in (
        (county.streets[0].code, 200),
        (away.code, 200),
        (county.region.code, 404),
        (away.parent.code, 404),
    ):
        assert ask(who=county.zhao, **{"in": code}).status_code == status


def test_asked_later_of_that_day_the_figures_are_those_of_the_day_itself(client, lived_in):
    def numbers(at, **asked):
        with time_machine.travel(at, tick=False):
            client.force_login(lived_in.officer)
            shown = client.get("/county/", asked).context["overview"]
        return {tile.words: tile.number for _words, group in shown.groups for tile in group}

    evening = NOON.replace(hour=23, minute=59, second=59, microsecond=999999)
    assert numbers(evening) == numbers(NOON + timedelta(days=30), on=NOON.date().isoformat())
