"""The front page's list of compounds: street by street, as long as they can be listed."""

import pytest

from cms import actions, queries
from tests.factories import places

pytestmark = pytest.mark.django_db


@pytest.fixture
def streets(cast):
    actions.build_site("永嘉县")
    south = places.region("street", name="南城街道", code="a-nc")
    north = places.region("street", name="北城街道", code="b-bc")
    for street, name in ((north, "望江苑"), (south, "乙小区"), (south, "甲小区")):
        compound = places.compound(places.region("community", street), name=name)
        actions.ensure_compound_page(compound)


def test_compounds_are_listed_by_street_and_name(streets):
    found = {
        one.name: [each.name for each in one.compounds] for one in queries.compounds_by_street()
    }
    assert found == {"南城街道": ["乙小区", "甲小区"], "北城街道": ["望江苑"]}


def test_the_front_page_leads_to_each_of_them(client, streets):
    html = client.get("/").content.decode()
    assert all(name in html for name in ("南城街道", "甲小区", "乙小区", "望江苑"))


def test_who_searches_is_not_shown_all_of_them(client, streets):
    assert "望江苑" not in client.get("/", {"q": "甲小区"}).content.decode()


def test_too_many_are_not_listed(streets, monkeypatch):
    monkeypatch.setattr(queries, "LISTED_AT_MOST", 2)
    assert queries.compounds_by_street() == []
