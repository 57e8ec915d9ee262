"""What must hold before this process may serve: each check answers with a name when it fails."""

from collections.abc import Callable
from datetime import timedelta

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from portal.tools import queue

LONGEST_WAIT = timedelta(minutes=5)  # a dead worker's job comes back within two
WIDEST_SKEW = timedelta(seconds=2)
DURABLE = {"fsync": "on", "full_page_writes": "on"}
SAFE_COMMITS = {"on", "remote_apply", "remote_write", "local"}

Check = Callable[[], bool]


def database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def migrations_are_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def writes_are_durable() -> bool:
    """What is acknowledged survives a power cut; a throwaway cluster may say otherwise."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, setting FROM pg_settings"
            " WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit')"
        )
        found = dict(cursor.fetchall())
    return found.pop("synchronous_commit", "off") in SAFE_COMMITS and found == DURABLE


def clocks_agree() -> bool:
    """Times of ballots are the application's, times of the queue the database's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return bool(abs(cursor.fetchone()[0] - timezone.now()) < WIDEST_SKEW)


def queue_moves() -> bool:
    return queue.state(timezone.now()).oldest_wait < LONGEST_WAIT


def application_cannot_change_evidence() -> bool:
    """This process logs in as the application's role, not as the owner or a superuser."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR pg_has_role(current_user, d.datdba, 'MEMBER')"
            " FROM pg_roles, pg_database d"
            " WHERE rolname = current_user AND d.datname = current_database()"
        )
        return bool(cursor.fetchone() == (False,))


CHECKS: dict[str, Check] = {
    "database": database_answers,
    "migrations": migrations_are_applied,
    "durability": writes_are_durable,
    "clock": clocks_agree,
    "queue": queue_moves,
    "role": application_cannot_change_evidence,
}


def failing() -> list[str]:
    """The names of the checks that fail; where the database is away, that one alone."""
    if not _holds(database_answers):
        return ["database"]
    return [name for name, check in CHECKS.items() if not _holds(check)]


def _holds(check: Check) -> bool:
    try:
        return check()
    except (DatabaseError, InterfaceError):
        return False
