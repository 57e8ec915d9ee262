"""Rows that only the portal can have written: each carries a mark made with the keyring.

Whoever holds the database's role alone can add rows of evidence, but cannot mark them.
"""

from datetime import UTC, datetime
from typing import Any

from django.db import models

from portal.tools.evidence.models import Evidence
from portal.tools.privacy.cipher import keyed_hash


class Marked(Evidence):
    """Evidence with a keyed hash over its fields, in which what is binary has no part."""

    mark = models.CharField(max_length=64, editable=False, default="")

    class Meta:
        abstract = True

    def own_mark(self) -> str:
        """The mark that this row must carry."""
        said = [
            f"{field.attname}={_plain(getattr(self, field.attname))}"
            for field in self._meta.concrete_fields
            if field.attname != "mark" and not isinstance(field, models.BinaryField)
        ]
        return keyed_hash("\n".join(said), kind=self._meta.db_table)


def _plain(value: Any) -> str:
    return repr(value.astimezone(UTC)) if isinstance(value, datetime) else str(value)
