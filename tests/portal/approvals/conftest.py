"""A clerk asks, the street answers: people and the tests' own kind."""

import pytest

from tests.factories import people, rulebook
from tests.factories.approvals import COMMUNITY, Doing


@pytest.fixture
def doing(cast, monkeypatch) -> Doing:
    rulebook.load()
    return Doing().registered(monkeypatch)


@pytest.fixture
def han(cast):
    """The community's officer."""
    user = people.user("韩十")
    people.region_office(user, cast.compound.region, COMMUNITY)
    return user
