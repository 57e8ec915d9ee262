"""The whole rulebook in the database, cheaply: the files are read once a session."""

from dataclasses import asdict
from functools import cache

import pytest

from portal.rulebook.actions import repository_files
from portal.rulebook.models import Rule
from portal.rulebook.rules.entries import Entry
from portal.rulebook.rules.files import parse


@cache
def entries() -> tuple[Entry, ...]:
    return parse(repository_files())


def load() -> None:
    """Put every rule of the repository in place of what stands; for tests about other things."""
    Rule.objects.all().delete()
    Rule.objects.bulk_create([Rule(**asdict(entry)) for entry in entries()])


@pytest.fixture
def rulebook(db) -> None:
    """Rules as the repository has them; a conftest imports this name to offer it."""
    load()
