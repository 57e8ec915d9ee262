"""Meetings at each stage."""

import pytest

from tests.factories import meetings


@pytest.fixture
def prepared(cast, letters):
    return meetings.prepared(cast.compound, cast.li)


@pytest.fixture
def nominating(cast, letters):
    return meetings.nominating(cast.compound, cast.li)


@pytest.fixture
def published(cast, letters):
    return meetings.published(cast.compound, cast.li)


@pytest.fixture
def opened(cast, letters):
    return meetings.opened(cast.compound, cast.li)


@pytest.fixture
def counted(cast, letters):
    return meetings.counted(cast.compound, cast.li)
