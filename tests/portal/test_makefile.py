"""`make` chooses a Python that will do, and says in words what is missing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
TOOLS = ["sh", "make", "env", "test", "echo", "touch", "find"]


@pytest.fixture
def checkout(tmp_path):
    """A checkout with a name such as people give, without .venv."""
    place = tmp_path / "幸福 里"
    (place / "requirements").mkdir(parents=True)
    shutil.copy(PROJECT / "Makefile", place)
    for name in ("runtime.txt", "embedded.txt", "dev.txt"):
        (place / "requirements" / name).touch()
    for folder in ("cms", "committees", "portal"):
        (place / folder).mkdir()
    return place


@pytest.fixture
def path(tmp_path):
    """A PATH with what make needs and no Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in TOOLS:
        (folder / name).symlink_to(shutil.which(name))
    return folder


def program(path: Path, name: str, body: str) -> None:
    (path / name).write_text(f"#!/bin/sh\n{body}\n")
    (path / name).chmod(0o755)


def make(checkout: Path, path: Path, *words: str) -> tuple[int, list[str]]:
    """The status of make and what it said, without make's own lines."""
    done = subprocess.run(
        ["make", "-s", *words],
        cwd=checkout,
        env={"PATH": str(path), "HOME": os.environ.get("HOME", "/")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if not line.startswith("make")]
    return done.returncode, lines


OLD = (
    2,
    [
        "需要 Python 3.11 或更新：make run PYTHON=/path/to/python3.11 "
        "(Python 3.11 or newer is needed)"
    ],
)


def test_without_python_it_says_which_is_needed(checkout, path):
    assert make(checkout, path, "run") == OLD


def test_an_old_python_is_refused_in_words(checkout, path):
    program(path, "python3", "exit 1")
    assert make(checkout, path, "run") == OLD
    assert make(checkout, path, "run", "PYTHON=python3") == OLD


def test_one_that_is_named_and_does_not_run_is_passed_over(checkout, path):
    program(path, "python3.11", "echo 'pyenv: python3.11: command not found' >&2; exit 127")
    program(path, "python3.13", f'echo "$@" >> {path}/said; exec {sys.executable} "$@"')
    make(checkout, path, ".venv/bin/pip")
    assert (path / "said").read_text().splitlines()[-1] == "-m venv .venv"
    assert (checkout / ".venv" / "bin" / "pip").exists()


def test_a_python_without_venv_is_told_with_what_to_install(checkout, path):
    program(path, "python3", 'case "$2" in *ensurepip*) exit 1;; esac')
    assert make(checkout, path, "run") == (
        2,
        [
            "这个 Python 没有 venv；Debian、Ubuntu 上请装：apt install python3-venv "
            "(its venv module is missing)"
        ],
    )
    assert not (checkout / ".venv").exists()


def test_a_venv_whose_python_is_gone_is_told(checkout, path):
    folder = checkout / ".venv" / "bin"
    folder.mkdir(parents=True)
    (folder / "pip").touch()
    (folder / "python").symlink_to("/usr/local/bin/python3.11-that-was-removed")
    told = (
        2,
        [
            "建 .venv 的 Python 已经不在；请删除 .venv 再运行：rm -r .venv "
            "(the Python of .venv is gone)"
        ],
    )
    assert make(checkout, path, "run") == told
    (checkout / ".venv" / "stamp-run").touch()
    assert make(checkout, path, "run") == told


def test_an_install_that_fails_is_told_and_done_again(checkout, path):
    folder = checkout / ".venv" / "bin"
    folder.mkdir(parents=True)
    (folder / "pip").touch()
    program(folder, "python", "echo 'ERROR: No space left on device'; exit 1")
    failed = make(checkout, path, ".venv/stamp-run")
    assert failed == (
        2,
        [
            "安装依赖，第一次要一两分钟……",
            "ERROR: No space left on device",
            "依赖没有装完，原因见上面（磁盘已满？连不上网络？）；解决后再运行一次，会接着装。",
        ],
    )
    program(folder, "python", "exit 0")
    assert make(checkout, path, ".venv/stamp-run")[0] == 0
