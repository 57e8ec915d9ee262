"""`make run` says in one line why it cannot, and leaves alone what runs already."""

import fcntl
import os
import socket
import subprocess
import sys

import pytest

from portal import run
from portal.demo.accounts import ACCOUNTS


def told(*words: str, **environment: str) -> tuple[int, list[str]]:
    """The status and the lines of a `make run` that is expected not to start."""
    done = subprocess.run(
        [sys.executable, "-m", "portal.run", *words],
        cwd=run.PROJECT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stderr.splitlines()


@pytest.fixture
def own_lock(tmp_path, monkeypatch):
    """A folder of one's own for the lock, so that a running portal does not matter."""
    monkeypatch.setattr(run, "PROJECT", tmp_path)
    return tmp_path / "var" / "run.lock"


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "８０００"])
def test_nonsense_for_a_port_is_refused(port):
    status, lines = told(PORT=port)
    assert (status, lines) == (2, [f"PORT={port} 不是端口号（1 至 65535）。"])


def test_a_taken_port_is_told(own_lock):
    with socket.socket() as taken:
        taken.bind((run.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(run.CannotRun, match=f"端口 {port} 已被占用"):
            run._refuse_taken_port(port)
    run._refuse_taken_port(port)


def test_a_second_one_leaves_the_first_alone(own_lock):
    with run._only_one():
        with pytest.raises(run.CannotRun, match="已经在这个目录运行"), run._only_one():
            pass
        with own_lock.open("a") as lock, pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_somebody_elses_database_is_never_dropped(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql:///county")
    with pytest.raises(run.CannotRun, match="自行删除重建"):
        run._refuse_reset_of_foreign_database(True)
    run._refuse_reset_of_foreign_database(False)


def test_the_accounts_are_told_for_the_demonstration_only(capsys):
    run._announce(8107, accounts=True)
    shown = capsys.readouterr().out
    assert "http://127.0.0.1:8107/" in shown
    assert shown.count("xingfuli-demo") == len(ACCOUNTS)
    run._announce(8107, accounts=False)
    assert "xingfuli-demo" not in capsys.readouterr().out
