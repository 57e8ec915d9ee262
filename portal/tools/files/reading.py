"""Is an upload what it says it is?  Photos are decoded and drawn anew, documents looked at.

A photo that is drawn anew carries nothing but its pixels: no place, no camera, no hidden part.
It is drawn by another process (`drawing.py`), one at a time for each web process: a decoder meets
whatever somebody sends, and must not stop the site.
"""

import os
import re
import subprocess
import sys
import threading
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO

from . import drawing

ROOT = Path(__file__).parents[3]
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")  # and nothing secret
TURNS = threading.BoundedSemaphore(1)
WAITS = 10.0  # seconds for one's turn
MEGABYTE = 1024 * 1024
MOST_BYTES = {"photo": 15 * MEGABYTE, "document": 20 * MEGABYTE}
NAME_LENGTH = 100
PDF_TAIL = 2048
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f/\\]+")


class Fault(StrEnum):
    EMPTY = "empty"
    TOO_BIG = "too-big"
    NOT_A_PHOTO = "not-a-photo"
    TOO_MANY_PIXELS = "too-many-pixels"
    TOO_MUCH_WORK = "too-much-work"
    BUSY = "busy"
    NOT_A_PDF = "not-a-pdf"


class FileRefused(Exception):
    """An upload that is not taken in; `most` is the limit in megabytes where one was passed."""

    def __init__(self, fault: Fault, most: int = 0) -> None:
        super().__init__(fault)
        self.fault, self.most = fault, most


@dataclass(frozen=True, slots=True)
class Readied:
    """An upload that was looked at, as it will be stored."""

    name: str
    kind: str
    content_type: str
    data: bytes

    @property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()


def ready(upload: IO[bytes], *, kind: str) -> Readied:
    """Read an upload of `kind` ("photo" or "document"); refuses (`FileRefused`) what is not one."""
    most = MOST_BYTES[kind]
    data = upload.read(most + 1)
    if not data:
        raise FileRefused(Fault.EMPTY)
    if len(data) > most:
        raise FileRefused(Fault.TOO_BIG, most // MEGABYTE)
    name = _plain_name(getattr(upload, "name", "") or "")
    if kind == "document":
        _require_pdf(data)
        return Readied(name or "document.pdf", kind, "application/pdf", data)
    return Readied(name or "photo.jpg", kind, "image/jpeg", _drawn_anew(data))


def _plain_name(name: str) -> str:
    """The last part of a name, without control characters, cut to its length with its ending."""
    plain = UNPRINTABLE.sub(" ", PurePosixPath(name.replace("\\", "/")).name).strip()
    ending = PurePosixPath(plain).suffix[:10]
    return plain if len(plain) <= NAME_LENGTH else plain[: NAME_LENGTH - len(ending)] + ending


def _require_pdf(data: bytes) -> None:
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-PDF_TAIL:]:
        raise FileRefused(Fault.NOT_A_PDF)


def _drawn_anew(data: bytes) -> bytes:
    """The photo as JPEG, drawn in a process of its own when its turn has come."""
    if not TURNS.acquire(timeout=WAITS):
        raise FileRefused(Fault.BUSY)
    try:
        status, drawn = _apart(data)
    finally:
        TURNS.release()
    if status == drawing.Exit.DRAWN:
        return drawn
    if status == drawing.Exit.TOO_MANY_PIXELS:
        raise FileRefused(Fault.TOO_MANY_PIXELS, drawing.MOST_PIXELS // 1_000_000)
    if status == drawing.Exit.NOT_A_PHOTO:
        raise FileRefused(Fault.NOT_A_PHOTO)
    raise FileRefused(Fault.TOO_MUCH_WORK)  # it passed a limit, or was ended at one


def _apart(data: bytes) -> tuple[int, bytes]:
    """What another process with bounded time and memory made of it: its status and the JPEG."""
    done = subprocess.run(  # noqa: S603  (our own module, no shell)
        [sys.executable, "-m", drawing.__name__],
        input=data,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
        check=False,
    )
    return done.returncode, done.stdout
