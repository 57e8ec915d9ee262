"""Fixtures of the rulebook's tests."""

from tests.factories.rulebook import rulebook

__all__ = ["rulebook"]  # a fixture by its import
