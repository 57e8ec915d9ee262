"""A county with its officers."""

import pytest

from tests.factories import county as counties


@pytest.fixture
def county(db):
    return counties.county()
