"""A county with its officers."""

import pytest

from tests.factories import county as counties


@pytest.fixture
def county(db):
    return counties.county()


@pytest.fixture
def lived_in(county, letters):
    """The county with something of everything."""
    counties.live_in(county)
    return county
