"""The keys of personal data: read from the environment or, for development, made once.

A keyring is JSON: {"encrypt": {"k2": base64, "k1": base64}, "search": base64}.  The first
encryption key is the one in use; older ones are kept for reading.  Keys live apart from the
database and from its backups.
"""

import base64
import json
import os
import re
import secrets
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
KEY_NAME = re.compile(r"[A-Za-z0-9_-]{1,20}")


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys by name, the newest first, and the key of the search hashes; repr shows none."""

    encrypt: dict[str, bytes] = field(repr=False)
    search: bytes = field(repr=False)

    @property
    def newest(self) -> str:
        return next(iter(self.encrypt))

    @classmethod
    def parse(cls, raw: str) -> "Keyring":
        """Read a keyring's JSON; refuses anything but plainly named 32-byte keys."""
        try:
            held = json.loads(raw)
            keys = {name: base64.b64decode(key) for name, key in held["encrypt"].items()}
            search = base64.b64decode(held["search"])
        except (ValueError, KeyError, TypeError, AttributeError) as trouble:
            raise ImproperlyConfigured(f"The keyring cannot be read: {trouble!r}") from None
        if not keys or any(len(key) != KEY_BYTES for key in [*keys.values(), search]):
            raise ImproperlyConfigured("A keyring needs keys of 32 bytes each.")
        if not all(KEY_NAME.fullmatch(name) for name in keys):
            raise ImproperlyConfigured("A key's name is letters, digits, - and _ only.")
        return cls(keys, search)

    @staticmethod
    def fresh() -> str:
        """A new keyring as JSON text."""
        return json.dumps({"encrypt": {"k1": _new_key()}, "search": _new_key()})

    def with_new_key(self) -> str:
        """This keyring as JSON text with one more encryption key, in front of the others."""
        numbers = [int(name[1:]) for name in self.encrypt if re.fullmatch(r"k\d+", name)]
        older = {name: _as_text(key) for name, key in self.encrypt.items()}
        name = f"k{max(numbers, default=0) + 1}"
        return json.dumps({"encrypt": {name: _new_key()} | older, "search": _as_text(self.search)})


def _new_key() -> str:
    return _as_text(secrets.token_bytes(KEY_BYTES))


def _as_text(key: bytes) -> str:
    return base64.b64encode(key).decode()


@cache
def keyring() -> Keyring:
    """The keyring of this process: XINGFULI_KEYRING, or the file settings.KEYRING_FILE."""
    raw = os.environ.get("XINGFULI_KEYRING", "")
    if raw:
        return Keyring.parse(raw)
    return Keyring.parse(_file(Path(settings.KEYRING_FILE)))


def _file(path: Path) -> str:
    if not path.exists():
        if not settings.KEYRING_MAY_BE_MADE:
            raise ImproperlyConfigured(f"XINGFULI_KEYRING is not set and {path} does not exist.")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(Keyring.fresh())
        try:
            os.link(fresh, path)  # two processes at once: the first one's keys stand
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text()
