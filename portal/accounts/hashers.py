"""Hashing of passwords, bounded: it costs a third of a second of a processor, on purpose, and
whoever sends many wrong passwords at once must not take the processors from everybody else.

At most `SLOTS` hashes are worked out at the same time on this machine, by whichever process.  In
one process one more may wait; who comes after it is sent away with words, so that the threads of
the web process stay free for others.  A lock on a byte of a file without a name, open before the
web processes are forked, is held by a process and let go when it dies.
"""

import fcntl
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.contrib.auth.hashers import PBKDF2PasswordHasher

SLOTS = max(1, (os.cpu_count() or 1) // 2)
PLACES = 2  # of the four threads of a web process: one at work, one waiting


class TooManyAtOnce(Exception):
    """So many passwords are being checked that this one was not looked at."""


class Bound:
    """Lets in one of this process at a time, `SLOTS` of all processes, and sends away the rest."""

    def __init__(self, slots: int = SLOTS, places: int = PLACES) -> None:
        self._slots = slots
        self._places = threading.BoundedSemaphore(places)
        self._turn = threading.Lock()
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process

    @contextmanager
    def place(self) -> Iterator[None]:
        """Refuses TooManyAtOnce."""
        if not self._places.acquire(blocking=False):
            raise TooManyAtOnce
        try:
            with self._turn, self._slot():
                yield
        finally:
            self._places.release()

    @contextmanager
    def _slot(self) -> Iterator[None]:
        slot = os.getpid() % self._slots
        fcntl.lockf(self._file, fcntl.LOCK_EX, 1, slot)
        try:
            yield
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, slot)


bound = Bound()


class BoundedPBKDF2(PBKDF2PasswordHasher):
    """Django's hash, worked out within the bound."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        with bound.place():
            encoded: str = super().encode(password, salt, iterations)
        return encoded
