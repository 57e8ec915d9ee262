"""Re-encrypt what older keys or another algorithm wrote, in batches, while the site serves.

Each value is replaced only if it is still the one that was read: a row saved meanwhile is
already under the newest key.  Evidence holds no personal data and is not touched.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from portal.tools.evidence.models import Evidence

from . import cipher
from .fields import EncryptedTextField


@dataclass(frozen=True, slots=True)
class Tally:
    """What was looked at, how many values were renewed and how many no key opens."""

    what: str
    renewed: int
    unreadable: int


Rotator = Callable[[int], Tally]
_others: list[Rotator] = []


def also(rotator: Rotator) -> None:
    """Have `rotator(batch)` renew secrets that do not stand in an EncryptedTextField."""
    if rotator not in _others:
        _others.append(rotator)


def rotate_all(batch: int = 500) -> Iterator[Tally]:
    """Renew every encrypted value, `batch` rows to a transaction; one tally per column."""
    for field in encrypted_fields():
        yield _rotate(field, batch)
    for rotator in _others:
        yield rotator(batch)


def encrypted_fields() -> list[EncryptedTextField]:
    """Every encrypted column of the database, by table and name."""
    found = [
        field
        for model in apps.get_models()
        if not issubclass(model, Evidence)
        for field in model._meta.local_fields
        if isinstance(field, EncryptedTextField)
    ]
    return sorted(found, key=lambda field: (field.model._meta.db_table, field.attname))


def _rotate(field: EncryptedTextField, batch: int) -> Tally:
    renewed = unreadable = 0
    rows = _stale_rows(field, None, batch)
    while rows:
        with transaction.atomic():
            for key, stored in rows:
                place = field.place(field.model(pk=key))
                try:
                    fresh = cipher.encrypt(cipher.decrypt(stored, place=place), place=place)
                except cipher.CannotOpen:
                    unreadable += 1
                else:
                    renewed += _replace(field, key, stored, fresh)
        rows = _stale_rows(field, rows[-1][0], batch)
    return Tally(f"{field.model._meta.db_table}.{field.column}", renewed, unreadable)


def _stale_rows(field: EncryptedTextField, after: Any, batch: int) -> list[tuple[Any, str]]:
    table, key, column = _names(field)
    beyond = f"AND {key} > %s" if after is not None else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {column} FROM {table} WHERE {column} <> '' "  # noqa: S608 - quoted
            f"AND NOT starts_with({column}, %s) {beyond} ORDER BY {key} LIMIT %s",
            [cipher.current_prefix(), *([after] if after is not None else []), batch],
        )
        return list(cursor.fetchall())


def _replace(field: EncryptedTextField, pk: Any, stored: str, fresh: str) -> int:
    table, key, column = _names(field)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s",  # noqa: S608
            [fresh, pk, stored],
        )
        return int(cursor.rowcount)


def _names(field: EncryptedTextField) -> tuple[str, str, str]:
    meta: Any = field.model._meta
    quote = connection.ops.quote_name
    return quote(meta.db_table), quote(meta.pk.column), quote(str(field.column))
