"""What is asked about: a region or compound on a day, taken at its end or, today, now."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.oversight.documents.links import address
from portal.oversight.forms import FIRST, DayForm
from portal.oversight.queries.scope import (
    children_of,
    compound_in,
    compounds_of,
    region_coded,
    rules_over,
    scope_on,
)
from portal.places.models import Region
from tests.factories import county as counties
from tests.factories import places

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 24, 12, tzinfo=SHANGHAI)
SOMEWHERE = Region(code="330324", path="330324/", name="永嘉县")
moments = st.datetimes(datetime(2001, 1, 1), datetime(2040, 1, 1), timezones=st.just(SHANGHAI))  # noqa: DTZ001


@given(on=st.dates(FIRST, date(2040, 1, 1)), now=moments)
def test_a_past_day_is_taken_at_its_last_moment_and_today_now(on, now):
    scope = scope_on(SOMEWHERE, on, now)
    next_day = datetime.combine(on + timedelta(days=1), datetime.min.time(), tzinfo=SHANGHAI)
    assert scope.ends_at == next_day
    assert scope.is_today is (now < next_day - timedelta(microseconds=1))
    assert scope.at == min(now, next_day - timedelta(microseconds=1))


@pytest.mark.parametrize(
    ("on", "begins"),
    [
        (date(2026, 11, 24), date(2025, 11, 25)),
        (date(2024, 2, 28), date(2023, 3, 1)),
        (date(2024, 2, 29), date(2023, 3, 1)),
        (date(2025, 2, 28), date(2024, 2, 29)),
        (date(2026, 12, 31), date(2026, 1, 1)),
    ],
)
def test_twelve_months_end_with_the_day(on, begins):
    assert scope_on(SOMEWHERE, on, NOON).year_begins_on == begins


@pytest.fixture
def county(db):
    return counties.county()


def test_compounds_are_those_of_the_region_or_the_one_that_was_asked_for(county):
    here, there = county.compound(0), county.compound(1)
    scopes = [scope_on(one, NOON.date(), NOON) for one in (county.region, *county.streets)]
    assert [compounds_of(scope) for scope in scopes] == [[here, there], [here], [there], []]
    only = scope_on(county.region, NOON.date(), NOON, there)
    assert (compounds_of(only), only.words) == ([there], there.name)
    assert compound_in(county.streets[0], here.code) == here
    assert compound_in(county.streets[0], there.code) is None


def test_a_region_whose_code_begins_alike_is_another(county):
    near = places.region("county", code=f"{county.region.code}9")
    places.compound(places.region("community", places.region("street", near)))
    assert compounds_of(scope_on(county.region, NOON.date(), NOON)) == []


def test_a_regions_code_finds_it_with_those_above_and_its_children_in_order(county):
    found = region_coded(county.communities[0].code)
    assert found.parent.parent == county.region
    assert region_coded("nowhere") is None
    assert children_of(county.region) == sorted(county.streets, key=lambda one: one.path)


def test_the_rules_of_a_community_are_those_of_the_county_it_lies_in(county):
    key = "campaign.publicity.days.min"
    for region in (county.region, county.streets[0], county.communities[0]):
        found = rules_over(scope_on(region_coded(region.code), NOON.date(), NOON), [key])
        assert int(found[key].value) == 5


def test_an_address_keeps_region_compound_and_a_day_that_is_past():
    today = scope_on(SOMEWHERE, NOON.date(), NOON)
    past = scope_on(SOMEWHERE, date(2026, 6, 30), NOON)
    assert address(today, "meetings", show="open") == "/county/meetings/?in=330324&show=open"
    assert address(past) == "/county/?in=330324&on=2026-06-30"
    assert address(past, region="9") == "/county/?in=9&on=2026-06-30"
    assert address(today, "fire", compound="a&b") == "/county/fire/?in=330324&compound=a%26b"


@pytest.mark.parametrize(
    ("typed", "is_taken"),
    [
        ("2026-11-24", True),
        ("2000-01-01", True),
        ("2026-11-25", False),
        ("1999-12-31", False),
        ("2026-02-30", False),
        ("", False),
        ("2026-11-24T10:00", False),
        ("\x00", False),
    ],
)
def test_a_day_is_taken_from_2000_up_to_today(typed, is_taken):
    form = DayForm({"on": typed}, today=NOON.date())
    assert form.is_valid() is is_taken
    assert is_taken or form.errors["on"]
