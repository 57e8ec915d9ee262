"""What a database holds and how it is guarded, read with plain SQL: the same before and after."""

from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from portal.tools.evidence.rights import evidence_tables
from portal.tools.privacy.cipher import keyed_hash

from .manifest import Contents

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
DIGEST = (
    "SELECT md5(coalesce(string_agg(row, '' ORDER BY row), ''))"
    " FROM (SELECT md5(t::text) AS row FROM {} t) rows"
)
GUARDS = ["evidence_is_not_emptied", "evidence_rows_stay"]


def tables(connection: BaseDatabaseWrapper) -> list[str]:
    return [str(row[0]) for row in _rows(connection, TABLES)]


def read(connection: BaseDatabaseWrapper) -> Contents:
    """Counts of every table, digests of evidence, and the migrations, in the caller's snapshot."""
    _rows(connection, "SET LOCAL TimeZone = 'UTC'")
    quote = connection.ops.quote_name
    counts, evidence = {}, {}
    for table in tables(connection):
        counts[table] = int(_rows(connection, f"SELECT count(*) FROM {quote(table)}")[0][0])  # noqa: S608
    for table in evidence_tables():
        evidence[table] = str(_rows(connection, DIGEST.format(quote(table)))[0][0])
    applied = _rows(connection, "SELECT app, name FROM django_migrations ORDER BY app, name")
    return Contents(counts, evidence, [f"{app}.{name}" for app, name in applied])


def unguarded(connection: BaseDatabaseWrapper) -> list[str]:
    """The tables of evidence that could be changed: a trigger lacks or sleeps, or the
    application's role has a right too many."""
    bad = []
    for table in evidence_tables():
        awake = _rows(
            connection,
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'A'"
            " AND tgname LIKE 'evidence%%' ORDER BY tgname",
            table,
        )
        has = _rows(
            connection,
            "SELECT has_table_privilege(%s, %s, 'INSERT'),"
            " has_table_privilege(%s, %s, 'UPDATE, DELETE, TRUNCATE')",
            *([settings.DATABASE_APP_ROLE, table] * 2),
        )
        if [row[0] for row in awake] != GUARDS or has != [(True, False)]:
            bad.append(table)
    return bad


def keyring_mark() -> str:
    """Tells one keyring from another, and nothing of either."""
    return keyed_hash("backup", kind="backup")


def _rows(connection: BaseDatabaseWrapper, query: str, *values: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return list(cursor.fetchall()) if cursor.description else []
