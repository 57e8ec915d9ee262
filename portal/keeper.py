"""Programs kept running side by side: started, watched, started again, and ended all together.

Every program runs in a process group of its own.  A guard, a small process that holds the other
end of a pipe, ends the groups when whoever started them is gone without a word (kill -9).
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

PROJECT = Path(__file__).resolve().parent.parent
GRACE = 15  # seconds from the request to end until the order
MOST_DEATHS = 5
WITHIN = 60.0  # seconds


class DiesTooOften(RuntimeError):
    """A program that cannot be kept running; the text is its name."""


@dataclass(slots=True)
class Program:
    """A command, its running process, and when it died of late."""

    name: str
    command: list[str]
    process: "subprocess.Popen[bytes] | None" = None
    deaths: list[float] = field(default_factory=list)


class Guard:
    """The process that ends what this one has started, should this one be killed."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "portal.keeper"],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    def watch(self, group: int) -> None:
        self._say(f"+{group}")

    def forget(self, group: int) -> None:
        self._say(f"-{group}")

    def dismiss(self) -> None:
        with contextlib.suppress(OSError):
            self._say("done")
            self._pipe.close()
        self.process.wait()

    @property
    def _pipe(self) -> IO[bytes]:
        assert self.process.stdin is not None  # noqa: S101 - opened above
        return self.process.stdin

    def _say(self, word: str) -> None:
        self._pipe.write(f"{word}\n".encode())
        self._pipe.flush()


@contextlib.contextmanager
def guarded() -> Iterator[Guard]:
    guard = Guard()
    try:
        yield guard
    finally:
        guard.dismiss()


def run(guard: Guard, command: list[str]) -> int:
    """Run one command to its end and give its status; it ends with us."""
    process = _start(guard, command)
    try:
        return process.wait()
    finally:
        _end(guard, [process])


@contextlib.contextmanager
def running(guard: Guard, programs: list[Program]) -> Iterator[None]:
    """Have the programs up for the length of the block."""
    try:
        for program in programs:
            program.process = _start(guard, program.command)
        yield
    finally:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)  # a second Ctrl-C must not leave half of it up
        _end(guard, [program.process for program in programs if program.process])


def revive(guard: Guard, programs: list[Program], tell: Callable[[str, int], None]) -> None:
    """Start again what has died and tell its name and status; DiesTooOften after five in a
    minute."""
    for program in programs:
        status = program.process.poll() if program.process else None
        if program.process is None or status is None:
            continue
        _end(guard, [program.process])  # what it may have left in its group
        now = time.monotonic()
        program.deaths = [*(at for at in program.deaths if at > now - WITHIN), now]
        if len(program.deaths) > MOST_DEATHS:
            raise DiesTooOften(program.name)
        tell(program.name, status)
        program.process = _start(guard, program.command)


def _start(guard: Guard, command: list[str]) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(command, cwd=PROJECT, start_new_session=True)  # noqa: S603
    guard.watch(process.pid)
    return process


def _end(guard: Guard, processes: "list[subprocess.Popen[bytes]]") -> None:
    for process in processes:
        _signal(process.pid, signal.SIGTERM)
    limit = time.monotonic() + GRACE
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(limit - time.monotonic(), 0))
        _signal(process.pid, signal.SIGKILL)
        process.wait()
        with contextlib.suppress(OSError):
            guard.forget(process.pid)


def _signal(group: int, name: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, name)


def _stand_guard() -> None:
    groups: set[int] = set()
    for line in sys.stdin:
        word = line.strip()
        if word == "done":
            return
        if word.startswith("+"):
            groups.add(int(word[1:]))
        else:
            groups.discard(int(word[1:]))
    for group in groups:
        _signal(group, signal.SIGTERM)
    limit = time.monotonic() + GRACE
    while time.monotonic() < limit and any(_is_there(group) for group in groups):
        time.sleep(0.2)
    for group in groups:
        _signal(group, signal.SIGKILL)
    _stop_server()


def _is_there(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def _stop_server() -> None:
    from portal import devdb

    if not os.environ.get("DATABASE_URL"):
        devdb.Cluster.named("postgres").stop_if_unused()


if __name__ == "__main__":
    _stand_guard()
