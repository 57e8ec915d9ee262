"""The demonstration county, built once for all tests of this folder, and a small one."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from portal.demo.build import steps
from portal.demo.compounds import PLANS
from portal.demo.rolls import Shape
from tests import database
from tests.conftest import using
from tests.factories import rulebook

DAY = date(2026, 11, 24)
SMALL = [
    replace(plan, shape=Shape(2, 1, 8, shops=2, parking=6, unsold=min(plan.shape.unsold, 2)))
    for plan in PLANS
    if plan.number in {1, 4, 12}
]


def build(on: date = DAY, plans=None) -> None:
    rulebook.load()
    for _name, step in steps(on, plans):
        step()


@pytest.fixture(scope="session")
def built_county(template_database, django_db_setup, django_db_blocker) -> Iterator[str]:
    """The name of the database with the whole county as of DAY."""
    with database.clone(template_database) as name:
        with django_db_blocker.unblock(), using(name):
            build()
        yield name


@pytest.fixture
def county(built_county, django_db_blocker) -> Iterator[None]:
    """The whole county to be read; what a test writes there stays."""
    with django_db_blocker.unblock(), using(built_county):
        yield


@pytest.fixture
def small_county(template_database, django_db_setup, django_db_blocker):
    """`with small_county(on):` a county of three small compounds, dropped afterwards."""

    @contextlib.contextmanager
    def small_county_(on: date = DAY) -> Iterator[None]:
        with (
            database.clone(template_database) as name,
            django_db_blocker.unblock(),
            using(name),
        ):
            build(on, SMALL)
            yield

    return small_county_
