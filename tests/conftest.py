"""Fixtures of every test: the databases, the clock's usual day, the cast."""

import contextlib
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connections
from django.utils import translation

from portal.tools.files import drawing, reading
from tests import database
from tests.distribution import pytest_xdist_make_scheduler
from tests.factories.cast import Cast, make_cast
from tests.letters import letters

__all__ = ["letters", "pytest_xdist_make_scheduler"]  # a fixture and a hook by their import
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="session")
def template_database() -> Iterator[str]:
    with database.server():
        yield database.template()


@contextlib.contextmanager
def using(name: str) -> Iterator[None]:
    """Point Django at the database `name` for the length of the block."""
    connection = connections["default"]
    connection.close()
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


@pytest.fixture(scope="session")
def django_db_setup(template_database: str, django_db_blocker) -> Iterator[None]:
    """Each worker's own clone of the migrated template, used as the application's role."""
    with database.clone(template_database) as name, django_db_blocker.unblock(), using(name):
        with django_db_blocker.block():
            yield


@pytest.fixture
def own_database(template_database: str, django_db_setup, django_db_blocker) -> Iterator[str]:
    """For tests that commit, race or serve: a fresh clone, dropped afterwards."""
    with database.clone(template_database) as name, django_db_blocker.unblock(), using(name):
        yield name


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """No test is left in the language of the one before: a request's stays with its thread."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def drawn_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Photos are drawn in this process, which is quicker; tests of files draw them apart."""
    if not request.node.nodeid.startswith("tests/portal/tools/files/"):
        monkeypatch.setattr(reading, "_apart", drawing.outcome)


@pytest.fixture
def noon() -> datetime:
    """The tests' usual moment: a Tuesday, 2026-11-24 12:00 in Shanghai."""
    return datetime(2026, 11, 24, 12, tzinfo=SHANGHAI)


@pytest.fixture
def cast(db) -> Cast:
    """Chen, Li, Wang, Zhao and Qian, with their compounds and offices."""
    return make_cast()
