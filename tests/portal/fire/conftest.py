"""A compound with the rulebook in force."""

import pytest

from tests.factories.rulebook import rulebook

__all__ = ["rulebook"]  # a fixture by its import


@pytest.fixture
def ruled(rulebook, cast):
    """The cast, with the rules of the repository."""
    return cast
