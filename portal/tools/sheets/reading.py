"""The one door for a spreadsheet from outside: bytes in, sheets of text out, or a refusal.

What the content is decides, never the file's name.  Workbooks are opened in a process of their own
with bounded memory and time, since their parser meets whatever somebody sends (STACK.md §1.3).
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from . import apart, delimited, refusals, workbook
from .sheet import Limits, Row, Sheet

ROOT = Path(__file__).parents[3]
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")  # and nothing secret
OTHER_KINDS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"{\\rtf", "text"),
    (b"Rar!", "zip"),
    (b"7z\xbc\xaf", "zip"),
    (b"PK\x05\x06", "zip"),
)
MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<style", b"<head")


def read_sheets(data: bytes, limits: Limits | None = None) -> Iterator[Sheet]:
    """Each sheet that says anything, in the order a reader meets them; read as it is asked for.

    Delimited text is one sheet without a name.  Refuses with a SheetRefusal: EmptyFile,
    NotASpreadsheet, Encrypted, Damaged, TooLarge, UnclosedQuote.
    """
    limits = limits or Limits()
    if not data.strip():
        raise refusals.EmptyFile
    if len(data) > limits.bytes:
        raise refusals.TooLarge("bytes", limits.bytes)
    if data.startswith((workbook.ZIP, workbook.OLE)):
        workbook.refuse_before_opening(data, limits)
        yield from _read_apart(data, limits)
    else:
        _refuse_other_kinds(data)
        yield delimited.read(data, limits)


def _refuse_other_kinds(data: bytes) -> None:
    for start, kind in OTHER_KINDS:
        if data.startswith(start):
            raise refusals.NotASpreadsheet(kind)
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:9].lower().startswith(MARKUP):
        raise refusals.NotASpreadsheet("html")


def _read_apart(data: bytes, limits: Limits) -> Iterator[Sheet]:
    """The workbook's sheets, taken from the other process as they are asked for."""
    command = [sys.executable, "-m", apart.__name__, json.dumps(asdict(limits))]
    surroundings = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        with subprocess.Popen(  # noqa: S603  (our own module, no shell)
            command,
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=surroundings,
        ) as process:
            try:
                yield from _told(process, limits)
            finally:
                process.kill()


def _told(process: subprocess.Popen[bytes], limits: Limits) -> Iterator[Sheet]:
    for line in process.stdout or ():
        message = json.loads(line)
        if "sheet" in message:
            rows = (Row(number, tuple(cells), lead) for number, cells, lead in message["rows"])
            yield Sheet(message["sheet"], tuple(rows))
        elif "refusal" in message:
            raise getattr(refusals, message["refusal"])(*message["facts"])
        else:
            return
    # It died without a word: its processor time, or its memory, had run out.
    if -process.wait() in (signal.SIGXCPU, signal.SIGALRM, signal.SIGKILL):
        raise refusals.TooLarge("seconds", limits.seconds)
    raise refusals.TooLarge("memory_bytes", limits.memory_bytes)
