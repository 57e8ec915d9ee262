"""Rows as they stood: valid on a day, known by a moment."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import models

from .models import Before

Row = TypeVar("Row", bound=models.Model)


class Histories:
    """The changes of all rows of some models in the compounds, read at once; 1 query.

    `known_at` is K; None is now.
    """

    def __init__(
        self,
        kinds: Iterable[type[models.Model]],
        compound_ids: Iterable[UUID],
        *,
        known_at: datetime | None,
    ) -> None:
        self.known_at = known_at
        labels = [kind._meta.label for kind in kinds]
        found = Before.objects.filter(compound__in=list(compound_ids), kind__in=labels)
        self._of: defaultdict[UUID, list[Before]] = defaultdict(list)
        for one in found.order_by("-entered_at", "-pk"):
            self._of[one.row].append(one)

    def on(self, row: Row, day: date) -> Row:
        """The row with the values that held on the day; itself where nothing was changed since."""
        replaced = [
            one for one in self._changes(row) if self._is_unknown(one) or _is_later(one, day)
        ]
        return _with(row, replaced)

    def known(self, row: Row) -> Row:
        """The row with the values known by K, whatever the day."""
        return _with(row, [one for one in self._changes(row) if self._is_unknown(one)])

    def days(self, row: models.Model) -> set[date]:
        """The days from which its known changes act."""
        return {
            one.acts_from
            for one in self._changes(row)
            if one.acts_from is not None and not self._is_unknown(one)
        }

    def removed(self, kind: type[Row]) -> list[Row]:
        """Rows deleted by now that stood at K, with the values they had then."""
        gone = [
            one
            for changes in self._of.values()
            for one in changes
            if one.is_removal and one.kind == kind._meta.label and self._is_unknown(one)
        ]
        return [self.known(_row_of(kind, one)) for one in gone]

    def _changes(self, row: models.Model) -> list[Before]:
        return [one for one in self._of.get(row.pk, ()) if not one.is_removal]

    def _is_unknown(self, change: Before) -> bool:
        return self.known_at is not None and change.entered_at > self.known_at


def _is_later(change: Before, day: date) -> bool:
    return change.acts_from is not None and change.acts_from > day


def _with(row: Row, changes: Sequence[Before]) -> Row:
    """The row with what these changes replaced, the latest change undone first."""
    if not changes:
        return row
    found = copy(row)
    for change in changes:
        for name, value in change.said.items():
            setattr(found, name, _field(type(row), name).to_python(value))
    return found


def _row_of(kind: type[Row], removal: Before) -> Row:
    said = {name: _field(kind, name).to_python(value) for name, value in removal.said.items()}
    return kind(pk=removal.row, **said)


def _field(kind: type[models.Model], attname: str) -> models.Field[object, object]:
    return next(field for field in kind._meta.concrete_fields if field.attname == attname)
