"""Evidence: rows that are written once and never changed or deleted.

Two locks hold it.  Plain SQL triggers, laid by `guards.guard` in the migration that makes the
table, refuse UPDATE, DELETE and TRUNCATE to everybody; and the application's database role has
SELECT and INSERT only (`rights.grant`).  A third, here, gives the programmer the reason early.
"""

from typing import Any, NoReturn

from portal.tools.keys import Keyed


class EvidenceIsFixed(TypeError):
    """Code tried to change or delete a row of evidence."""


class Evidence(Keyed):
    """Base of every table whose rows stay as they were written."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise EvidenceIsFixed(self._meta.label)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ARG002 - Django's signature
        raise EvidenceIsFixed(self._meta.label)
