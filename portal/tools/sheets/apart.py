"""A process of its own with bounded memory and time, for what reads files from outside.

Asked with one line of JSON and the file's bytes, it answers with one line of JSON for each thing it
has to say, then {"end": true} or why it refuses.
"""

import json
import logging
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from . import refusals
from .refusals import SheetRefusal
from .sheet import Limits

ROOT = Path(__file__).parents[3]
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")  # and nothing secret
OUT_OF_TIME = (signal.SIGXCPU, signal.SIGALRM, signal.SIGKILL)

Message = dict[str, Any]
Work = Callable[[BinaryIO, Limits], Iterable[Message]]

log = logging.getLogger(__name__)


def ask(module: str, order: Message, data: bytes, limits: Limits) -> list[Message]:
    """What the process `python -m module` answers.  Refuses with a SheetRefusal, TooLarge also
    where the process ran out of memory or time."""
    process = subprocess.Popen(  # noqa: S603  (our own module, no shell)
        [sys.executable, "-m", module, json.dumps(asdict(limits))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
    )
    with process:
        try:
            told, trouble = process.communicate(json.dumps(order).encode() + b"\n" + data)
        except BaseException:
            process.kill()
            raise
    return _answer(told, trouble, process.returncode, limits)


def _answer(told: bytes, trouble: bytes, status: int, limits: Limits) -> list[Message]:
    lines = told.splitlines()
    last = json.loads(lines[-1]) if lines and status == 0 else {}
    if "refusal" in last:
        raise getattr(refusals, last["refusal"])(*last["facts"])
    if "end" in last:
        return [json.loads(line) for line in lines[:-1]]
    # It died without a word: its processor time, or its memory, had run out.
    if -status in OUT_OF_TIME:
        raise refusals.TooLarge("seconds", limits.seconds)
    if status > 0:  # the kind of the error, never its text, which may hold a name
        log.error("a file was not read: %s", _kind(trouble))
    raise refusals.TooLarge("memory_bytes", limits.memory_bytes)


def _kind(trouble: bytes) -> str:
    lines = trouble.decode(errors="replace").splitlines()
    return lines[-1].partition(":")[0] if lines else ""


def serve(work: Work) -> None:
    """Be that process: bound myself, do the work asked for on standard input, tell the answer."""
    limits = Limits(**json.loads(sys.argv[1]))
    bind_myself(limits)
    tell(work, sys.stdin.buffer, sys.stdout, limits)


def tell(work: Work, source: BinaryIO, sink: TextIO, limits: Limits) -> None:
    """Write each message of the work, then {"end": true} or the refusal."""
    try:
        for message in work(source, limits):
            _write(sink, message)
        _write(sink, {"end": True})
    except SheetRefusal as refusal:
        _write(sink, {"refusal": type(refusal).__name__, "facts": list(refusal.args)})
    except MemoryError:
        facts = ["memory_bytes", limits.memory_bytes]
        _write(sink, {"refusal": "TooLarge", "facts": facts})
    except BaseException as trouble:
        # A panic of the parser reaches Python as a BaseException that cannot be imported.
        if type(trouble).__name__ != "PanicException":
            raise
        _write(sink, {"refusal": "Damaged", "facts": []})


def _write(sink: TextIO, message: Message) -> None:
    sink.write(json.dumps(message) + "\n")
    sink.flush()


def bind_myself(limits: Limits) -> None:
    """Never more memory, processor time or patience than the limits allow."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    signal.alarm(limits.seconds)
