"""Django's cache in the database, as JSON: reading a row never runs code.

Django's own database cache unpickles what it reads, so that who can write a row runs code in the
web process; and it makes room by throwing out every third row, limits of sign-in among them.
Here limits have a table of their own, nothing is thrown out before its time, and keys are kept as
keyed hashes.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise

from portal.tools.privacy.cipher import keyed_hash

from .models import Kept, Limit

LIMITS = "allauth:rl:"  # how allauth's keys of limits begin
PAIRS = "pairs"
PLAIN = "plain"
WRITE = (
    "INSERT INTO {table} (key, value, until) VALUES (%s, %s::jsonb, %s)"
    " ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, until = EXCLUDED.until"
)
COUNT = (
    "UPDATE {table} SET value = jsonb_build_object('plain', (value->>'plain')::int + %s)"
    " WHERE key = %s AND (until IS NULL OR until > %s) RETURNING (value->>'plain')::int"
)
ONLY_IF_OVER = " WHERE {table}.until <= %s"
Table = type[Limit] | type[Kept]


class WordsToo(json.JSONEncoder):
    """JSON with words that wait to be translated, as they read now; all else is refused."""

    def default(self, o: Any) -> Any:
        return str(o) if isinstance(o, Promise) else super().default(o)


class JsonCache(BaseCache):
    """Values are what JSON holds; a mapping may have numbers for keys."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self.get_many([key], version).get(key, default)

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for table in (Limit, Kept):
            names = {self._name(key, version): key for key in keys if _table(key) is table}
            if names:
                stands = Q(until__isnull=True) | Q(until__gt=timezone.now())
                rows = table.objects.filter(stands, key__in=names).values_list("key", "value")
                found |= {names[name]: _open(value) for name, value in rows}
        return found

    def set(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        _write(_table(key), WRITE, self._row(key, value, timeout, version))

    def add(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        row = [*self._row(key, value, timeout, version), timezone.now()]
        return _write(_table(key), WRITE + ONLY_IF_OVER, row)

    def touch(
        self,
        key: str,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        rows = _table(key).objects.filter(key=self._name(key, version))
        stands = Q(until__isnull=True) | Q(until__gt=timezone.now())
        return rows.filter(stands).update(until=self._until(timeout)) > 0

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Count in one statement, so that two at once are two.  Refuses ValueError where no number
        stands."""
        table = _table(key)
        with connection.cursor() as cursor:
            row: list[Any] = [delta, self._name(key, version), timezone.now()]
            cursor.execute(COUNT.format(table=table._meta.db_table), row)
            counted = cursor.fetchone()
        if counted is None:
            raise ValueError("no number stands under this key")
        return int(counted[0])

    def delete(self, key: str, version: int | None = None) -> bool:
        gone, _ = _table(key).objects.filter(key=self._name(key, version)).delete()
        return gone > 0

    def clear(self) -> None:
        """Forget what is kept; limits stay until they run out."""
        Kept.objects.all().delete()

    def _name(self, key: str, version: int | None) -> str:
        return keyed_hash(self.make_and_validate_key(key, version=version), kind="cache")

    def _until(self, timeout: float | None) -> datetime | None:
        seconds = self.get_backend_timeout(timeout)
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)

    def _row(self, key: str, value: Any, timeout: float | None, version: int | None) -> list[Any]:
        closed = json.dumps(_close(value), cls=WordsToo)
        return [self._name(key, version), closed, self._until(timeout)]


def _write(table: Table, statement: str, row: list[Any]) -> bool:
    """Write one row; False if one stands that is not to be written over."""
    with connection.cursor() as cursor:
        cursor.execute(statement.format(table=table._meta.db_table), row)
        return bool(cursor.rowcount > 0)


def _table(key: str) -> Table:
    return Limit if key.startswith(LIMITS) else Kept


def _close(value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return {PAIRS: list(value.items())}
    return {PLAIN: value}


def _open(held: Any) -> Any:
    """The value again; a row that was written by something else is no value."""
    if not isinstance(held, dict):
        return None
    return dict(held[PAIRS]) if PAIRS in held else held.get(PLAIN)
