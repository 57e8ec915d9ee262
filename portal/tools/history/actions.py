"""Keep what a row said: called by the action that changes it, in its transaction."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models

from .models import Before

Said = dict[str, Any]


def said_by(row: models.Model, names: Iterable[str]) -> Said:
    """The values of the fields as the row has them; of a foreign key its id."""
    fields = [row._meta.get_field(name) for name in names]
    return {field.attname: getattr(row, field.attname) for field in fields}  # type: ignore[union-attr]


def keep(
    row: models.Model, before: Said, *, acts_from: date | None, by: UUID | None, at: datetime
) -> Before | None:
    """Keep those of the values `before` the change that the row does not say any more.

    None where nothing differs.
    """
    said = {name: value for name, value in before.items() if getattr(row, name) != value}
    if not said:
        return None
    return Before.objects.create(
        compound=_compound_of(row),
        kind=row._meta.label,
        row=row.pk,
        said=said,
        acts_from=acts_from,
        entered_at=at,
        by=by,
    )


def keep_removed(
    rows: Iterable[models.Model], names: Iterable[str], *, by: UUID | None, at: datetime
) -> None:
    """Keep what these fields said of rows that are about to be deleted."""
    kept = list(names)
    Before.objects.bulk_create(
        Before(
            compound=_compound_of(row),
            kind=row._meta.label,
            row=row.pk,
            said=said_by(row, kept),
            is_removal=True,
            entered_at=at,
            by=by,
        )
        for row in rows
    )


def _compound_of(row: models.Model) -> UUID:
    """The row's compound; a compound is its own."""
    found: UUID = getattr(row, "compound_id", row.pk)
    return found
