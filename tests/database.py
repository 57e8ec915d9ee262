"""The tests' databases: one migrated template, a clone for each worker and each committing test.

The template is kept between runs and made anew when a migration changes.  Clones cost a tenth
of a second and are dropped, so that nothing has to flush evidence.
"""

import contextlib
import fcntl
import hashlib
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import errors, sql

from portal import devdb

PROJECT = Path(__file__).resolve().parent.parent


@contextlib.contextmanager
def server() -> Iterator[None]:
    """The tests' server for the length of the session."""
    if os.environ.get("XINGFULI_TEST_CLUSTER") != "embedded":
        yield
        return
    with devdb.Cluster.named("postgres-test", durable=False).running() as cluster:
        cluster.ensure_database()
        yield


def owner_url() -> str:
    return os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]


def with_name(url: str, name: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{name}")) if parts.netloc else url


def run_sql(statement: sql.Composable) -> None:
    with psycopg.connect(owner_url(), autocommit=True) as connection:
        connection.execute(statement)


def template() -> str:
    """The name of the migrated template database, made if this set of migrations has none yet."""
    digest = hashlib.sha256()
    for path in sorted([*PROJECT.glob("**/migrations/*.py"), PROJECT / "requirements/runtime.txt"]):
        if ".venv" not in path.parts:
            digest.update(path.read_bytes())
    name = f"test_template_{digest.hexdigest()[:12]}"
    lock = PROJECT / "var" / "template.lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("a") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        with psycopg.connect(owner_url(), autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if not found.fetchone():
                _build(name)
    return name


def _build(name: str) -> None:
    making = f"{name}_making"
    run_sql(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(making)))
    run_sql(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(making)))
    urls = {
        key: with_name(os.environ[key], making)
        for key in ("DATABASE_URL", "DATABASE_OWNER_URL")
        if os.environ.get(key)
    }
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"],
        cwd=PROJECT,
        check=True,
        env=os.environ | urls | {"DJANGO_SETTINGS_MODULE": "portal.settings.test"},
    )
    run_sql(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
            sql.Identifier(making), sql.Identifier(name)
        )
    )


@contextlib.contextmanager
def clone(source: str) -> Iterator[str]:
    """A database of one's own, dropped afterwards."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    run_sql(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(source)
        )
    )
    try:
        yield name
    finally:
        _drop(name)


def _drop(name: str) -> None:
    """Drop a clone, ending what a worker's thread left open (the owner may: devdb.ensure_roles).

    An autovacuum worker is the superuser's, whom the owner may not end: it is waited for.
    """
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    for _wait in range(50):
        with contextlib.suppress(errors.InsufficientPrivilege):
            return run_sql(drop)
        time.sleep(0.2)
    return run_sql(drop)
