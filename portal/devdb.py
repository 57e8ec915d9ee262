"""The embedded PostgreSQL: a real server for development, the demonstration and tests.

Used whenever DATABASE_URL is not set.  Its programs are found by postgres_programs.py; the
cluster is ours.  Several commands may use one cluster at a time: each holds a shared lock, and
the last to leave stops the server, so a killed command leaves nothing that the next one does
not take up again.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from portal import postgres_programs
from portal.postgres_programs import Account, ServerTrouble

PROJECT = Path(__file__).resolve().parent.parent
OWNER_ROLE = "xingfuli_owner"
APP_ROLE = "xingfuli_app"
DATABASE = "xingfuli"
PROCESSES = Path("/proc")  # where the system has it
WAIT_FOR_ORPHANS = 15  # seconds

DURABLE = {
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "shared_buffers": "256MB",
    "max_connections": "100",
    "log_min_error_statement": "panic",  # a failing statement may carry a name or phone
    "log_error_verbosity": "terse",
}
THROWAWAY = DURABLE | {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",  # the clones live for seconds
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """One data folder and the server on it."""

    account: Account
    home: Path
    durable: bool

    @classmethod
    def named(cls, name: str, *, durable: bool = True) -> "Cluster":
        """The cluster of this checkout called `name`; outside it where root's home is closed."""
        var = PROJECT / "var"
        account = Account.choose(var / name)
        try:
            var.mkdir(exist_ok=True)
            if not account.reaches(var):
                var = Path("/var/tmp") / f"xingfuli-{_mark(PROJECT)}"  # noqa: S108
                var.mkdir(exist_ok=True)
                var.chmod(0o755)
        except OSError as trouble:
            raise ServerTrouble(f"Cannot use the folder {var}: {trouble}") from trouble
        return cls(account, var / name, durable)

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def sockets(self) -> Path:
        """A short path, for the system allows some hundred bytes only; the same whatever TMPDIR
        says, for every command must find it."""
        return Path("/tmp") / f"xingfuli-{_mark(self.home)}"  # noqa: S108

    def url(self, database: str = DATABASE, role: str = APP_ROLE) -> str:
        return f"postgresql://{role}@/{database}?host={self.sockets}"

    @contextlib.contextmanager
    def running(self) -> Iterator["Cluster"]:
        """Have the server up for the length of the block; the last to leave stops it."""
        for name in [one for one in os.environ if one.startswith("PG")]:
            del os.environ[name]  # PGPORT and its like are meant for another server
        self.account.owns(self.home)
        with (self.home / "users.lock").open("a") as users:
            with self._alone():
                fcntl.flock(users, fcntl.LOCK_SH)
            self._have_up()
            try:
                yield self
            finally:
                self._stop_unless_used(users)

    def stop_if_unused(self) -> None:
        """Stop the server that a killed command left behind, unless another command uses it."""
        with contextlib.suppress(FileNotFoundError), (self.home / "users.lock").open("r+") as users:
            self._stop_unless_used(users)

    def _stop_unless_used(self, users: IO[str]) -> None:
        with self._alone(), contextlib.suppress(BlockingIOError):
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.stop()

    def revive(self) -> bool:
        """Start the server again if it died; whether it did."""
        if self._is_up():
            return False
        self._have_up()
        return True

    def _have_up(self) -> None:
        limit = time.monotonic() + WAIT_FOR_ORPHANS
        while True:
            try:
                with self._alone():
                    return self._start()
            except ServerTrouble:  # sessions of a dead server may not have noticed yet
                if time.monotonic() > limit or not self._users():
                    raise
                time.sleep(0.5)

    def _is_up(self) -> bool:
        """Is our server there, and the socket that whoever clears /tmp may take away?"""
        return (
            self._process() is not None and next(self.sockets.glob(".s.PGSQL.*"), None) is not None
        )

    def _process(self) -> int | None:
        """The living process that the server's own note names, unless its number has gone to
        something else meanwhile (a start of the machine, a container)."""
        try:
            process = int(self._note.read_text().split()[0])
            os.kill(process, 0)
        except (OSError, ValueError, IndexError):
            return None
        is_ours = not PROCESSES.exists() or self._is_user(PROCESSES / str(process))
        return process if is_ours else None

    def _users(self) -> list[Path]:
        """The processes that work in the data folder: the server and its sessions."""
        return [place for place in PROCESSES.glob("[0-9]*") if self._is_user(place)]

    def _is_user(self, process: Path) -> bool:
        with contextlib.suppress(OSError):
            return (process / "cwd").readlink() == self.data
        return False

    @property
    def _note(self) -> Path:
        return self.data / "postmaster.pid"

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.home / "start.lock").open("a") as door:
            fcntl.flock(door, fcntl.LOCK_EX)
            yield

    def _start(self) -> None:
        self.account.owns(self.sockets)
        self.sockets.chmod(0o700)
        if not (self.data / "PG_VERSION").exists():
            self._make()
        if self._is_up():
            return
        if self._process() is not None:  # without its socket nobody can reach it
            self._pg_ctl("stop", "-w", "-t", "60", "-m", "fast", check=False)
        elif not self._users() and PROCESSES.exists():
            self._note.unlink(missing_ok=True)  # it may name a stranger, whom the server would fear
        settings = DURABLE if self.durable else THROWAWAY
        words = " ".join(f"-c {name}={value}" for name, value in settings.items())
        place = f"-c listen_addresses= -c unix_socket_directories={self.sockets}"
        said_before = self._log.stat().st_size if self._log.exists() else 0
        done = self._pg_ctl(
            "start", "-w", "-t", "60", "-l", str(self._log), "-o", f"{place} {words}", check=False
        )
        if done.returncode:
            raise ServerTrouble(f"{done.stdout.strip()}\n{self._said_since(said_before)}")

    @property
    def _log(self) -> Path:
        return self.home / "server.log"

    def _said_since(self, start: int) -> str:
        with contextlib.suppress(OSError):
            return self._log.read_bytes()[start:].decode(errors="replace").strip()
        return ""

    def _make(self) -> None:
        """Make the cluster; it has its name only once it is whole."""
        making = self.home / "data-in-the-making"
        for leftover in (making, self.data):
            shutil.rmtree(leftover, ignore_errors=True)
        choices = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
        self.account.run(self._program("initdb"), "-D", making, "--data-checksums", *choices)
        making.rename(self.data)

    def stop(self) -> None:
        if self._process() is not None:
            self._pg_ctl("stop", "-w", "-t", "60", "-m", "fast", check=False)
        shutil.rmtree(self.sockets, ignore_errors=True)

    def _pg_ctl(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return self.account.run(self._program("pg_ctl"), "-D", self.data, *words, check=check)

    def _program(self, name: str) -> Path:
        return postgres_programs.folder(self.account, self.home.parent) / name

    def ensure_database(self, name: str = DATABASE) -> None:
        """The two roles, and an empty database of the owner's if there is none."""
        superuser = self.url("postgres", "postgres")
        with self._alone(), psycopg.connect(superuser, autocommit=True) as connection:
            ensure_roles(connection)
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if not found.fetchone():
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(
                        sql.Identifier(name), sql.Identifier(OWNER_ROLE)
                    )
                )

    def drop_database(self, name: str = DATABASE) -> None:
        with psycopg.connect(self.url("postgres", "postgres"), autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )


def ensure_roles(connection: psycopg.Connection) -> None:
    """Make the owner's and the application's login roles where they are missing."""
    for role, rights in ((OWNER_ROLE, "LOGIN CREATEDB CREATEROLE"), (APP_ROLE, "LOGIN")):
        found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if not found.fetchone():
            connection.execute(
                sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(role), sql.SQL(rights))
            )
    # so that the owner may end the application's sessions when it drops a database
    connection.execute(
        sql.SQL("GRANT {} TO {}").format(sql.Identifier(APP_ROLE), sql.Identifier(OWNER_ROLE))
    )


@contextlib.contextmanager
def for_command(*, fresh: bool = False) -> Iterator[Cluster | None]:
    """Give a command its database: DATABASE_URL if set, else the embedded server's, made anew
    if `fresh`."""
    if url := os.environ.get("DATABASE_URL"):
        if not url.startswith(("postgresql://", "postgres://")):
            raise ServerTrouble("DATABASE_URL 要以 postgresql:// 开头：本站只用 PostgreSQL。")
        yield None
        return
    with Cluster.named("postgres").running() as cluster:
        if fresh:
            cluster.drop_database()
        cluster.ensure_database()
        os.environ["DATABASE_URL"] = cluster.url()
        os.environ["DATABASE_OWNER_URL"] = cluster.url(role=OWNER_ROLE)
        yield cluster


def _mark(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:10]
