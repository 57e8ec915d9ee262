"""The keys of personal data: read from the environment or, for development, made once.

A keyring is JSON: {"encrypt": {"k2": base64, "k1": base64}, "search": base64}.  The first
encryption key is the one in use; older ones are kept for reading.  Keys live apart from the
database and from its backups.
"""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Keyring:
    encrypt: dict[str, bytes]
    search: bytes

    @property
    def newest(self) -> str:
        return next(iter(self.encrypt))

    @classmethod
    def parse(cls, raw: str) -> "Keyring":
        """Read a keyring's JSON; refuses anything but 32-byte keys."""
        try:
            held = json.loads(raw)
            keys = {name: base64.b64decode(key) for name, key in held["encrypt"].items()}
            search = base64.b64decode(held["search"])
        except (ValueError, KeyError, TypeError, AttributeError) as trouble:
            raise ImproperlyConfigured(f"The keyring cannot be read: {trouble!r}") from None
        if not keys or any(len(key) != KEY_BYTES for key in [*keys.values(), search]):
            raise ImproperlyConfigured("A keyring needs keys of 32 bytes each.")
        return cls(keys, search)

    @staticmethod
    def fresh() -> str:
        """A new keyring as JSON text."""

        def key() -> str:
            return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()

        return json.dumps({"encrypt": {"k1": key()}, "search": key()})


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
        path.parent.mkdir(parents=True, exist_ok=True)
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
