"""Programs run side by side: what dies is started again, and nobody is left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from portal import keeper
from portal.keeper import DiesTooOften, Program

PROJECT = Path(__file__).resolve().parents[2]
SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    " print('deaf', flush=True); time.sleep(600)",
]
WITH_CHILD = [
    sys.executable,
    "-c",
    "import subprocess, sys, time;"
    " print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']).pid,"
    " flush=True); time.sleep(600)",
]


def lives(process: int) -> bool:
    """Is the process there and not merely waiting to be buried?"""
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False
    )
    return state.stdout.strip() not in {"", "Z", "Zs", "Z+"} and state.returncode == 0


def gone(*processes: int, within: float = 10) -> bool:
    limit = time.monotonic() + within
    while time.monotonic() < limit:
        if not any(lives(process) for process in processes):
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def guard(monkeypatch):
    monkeypatch.setattr(keeper, "GRACE", 2)
    before = {name: signal.getsignal(name) for name in (2, 15, 1)}
    with keeper.guarded() as guard_:
        yield guard_
    for name, handler in before.items():
        signal.signal(name, handler)


def test_programs_are_up_inside_the_block_and_gone_after_it(guard):
    programs = [Program("one", SLEEPER), Program("two", SLEEPER)]
    with keeper.running(guard, programs):
        ids = [program.process.pid for program in programs]
        assert [lives(one) for one in ids] == [True, True]
    assert gone(*ids)
    assert guard.process.poll() is None


def test_one_that_does_not_listen_is_killed(guard):
    program = Program("deaf", STUBBORN)
    with keeper.running(guard, [program]):
        time.sleep(0.5)
    assert gone(program.process.pid)


def test_a_dead_program_is_started_again_and_told(guard):
    told = []
    program = Program("one", SLEEPER)
    with keeper.running(guard, [program]):
        first = program.process.pid
        keeper.revive(guard, [program], lambda *facts: told.append(facts))
        assert (program.process.pid, told) == (first, [])
        os.kill(first, signal.SIGKILL)
        program.process.wait()
        keeper.revive(guard, [program], lambda *facts: told.append(facts))
        assert told == [("one", -signal.SIGKILL)]
        assert lives(program.process.pid)


def test_one_that_keeps_dying_is_given_up(guard):
    program = Program("weak", [sys.executable, "-c", "raise SystemExit(3)"])
    told = []
    with pytest.raises(DiesTooOften, match="weak"), keeper.running(guard, [program]):
        for _turn in range(keeper.MOST_DEATHS + 1):
            program.process.wait()
            keeper.revive(guard, [program], lambda *facts: told.append(facts))
    assert told == [("weak", 3)] * keeper.MOST_DEATHS


def test_a_command_is_run_to_its_end(guard):
    assert keeper.run(guard, [sys.executable, "-c", "raise SystemExit(10)"]) == 10


PARENT = f"""
from portal import keeper
from portal.keeper import Program
import time
programs = [Program("one", {WITH_CHILD!r})]
with keeper.guarded() as guard, keeper.running(guard, programs):
    print(guard.process.pid, programs[0].process.pid, flush=True)
    time.sleep(600)
"""


@pytest.mark.parametrize("death", [signal.SIGKILL, signal.SIGTERM])
def test_when_the_one_above_is_killed_all_below_end(death):
    environment = os.environ | {"DATABASE_URL": "postgresql:///none"}  # no server to stop
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    words = [*parent.stdout.readline().split(), *parent.stdout.readline().split()]
    below = [int(word) for word in words]
    assert [lives(one) for one in below] == [True] * 3
    parent.send_signal(death)
    parent.wait()
    parent.stdout.close()
    assert gone(*below)
