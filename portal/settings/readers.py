"""Strict readers of the environment: nonsense is refused by name, all of it at once."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")
SHORTEST_SECRET = 50
PLAINEST_SECRET = 10  # different characters


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """How a setting is read, and what stands in its place until the faults are told."""

    read: Callable[[str], T]
    nothing: T


class Environment:
    """Reads settings by name and collects what is wrong, so that one start shows every fault."""

    def __init__(self, given: Mapping[str, str] | None = None) -> None:
        self.given = os.environ if given is None else given
        self.faults: list[str] = []

    def need(self, name: str, kind: Kind[T]) -> T:
        """The value of `name`; its absence is a fault."""
        if not self.has(name):
            self.faults.append(f"{name} is not set")
            return kind.nothing
        return self._read(name, kind)

    def take(self, name: str, kind: Kind[T], default: T) -> T:
        """The value of `name`, or `default` where it is not set; nonsense is a fault all the
        same."""
        return self._read(name, kind) if self.has(name) else default

    def has(self, name: str) -> bool:
        return bool(self.given.get(name, "").strip())

    def refuse(self, fault: str) -> None:
        """Note a fault that no single value shows."""
        self.faults.append(fault)

    def refuse_faults(self) -> None:
        """Raise ImproperlyConfigured with every fault noted, if there is one."""
        if self.faults:
            raise ImproperlyConfigured(
                "The environment is not complete:\n  " + "\n  ".join(self.faults)
            )

    def _read(self, name: str, kind: Kind[T]) -> T:
        try:
            return kind.read(self.given[name].strip())
        except ValueError as trouble:
            self.faults.append(f"{name} {trouble}")
            return kind.nothing


def text(raw: str) -> str:
    return raw


def whole(raw: str) -> int:
    if not raw.isascii() or not raw.isdigit():
        raise ValueError("is not a whole number")
    return int(raw)


def yes_or_no(raw: str) -> bool:
    known = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if raw.lower() not in known:
        raise ValueError("is neither yes nor no (use 1 or 0)")
    return known[raw.lower()]


def hosts(raw: str) -> list[str]:
    """Host names with commas between; a pattern for all of them is refused."""
    found = [word.strip() for word in raw.split(",") if word.strip()]
    if not found:
        raise ValueError("names no host")
    wrong = [host for host in found if "*" in host or "/" in host or ":" in host or " " in host]
    if wrong:
        raise ValueError(f"holds {', '.join(wrong)}: host names only, no pattern, port or scheme")
    return found


def secret(raw: str) -> str:
    if len(raw) < SHORTEST_SECRET or len(set(raw)) < PLAINEST_SECRET:
        raise ValueError(f"is too short or too plain (needs {SHORTEST_SECRET} random characters)")
    if raw.startswith(("django-insecure-", "development only")):
        raise ValueError("is the key of a development machine")
    return raw


def database_url(raw: str) -> str:
    if not raw.startswith(("postgresql://", "postgres://")):
        raise ValueError("must begin with postgresql://")
    if not urlsplit(raw).path.strip("/"):
        raise ValueError("names no database")
    return raw


def https_url(raw: str) -> str:
    """An https address of a host, without query; the ending slash is taken off."""
    parts = urlsplit(raw)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("must be an address beginning with https://")
    return raw.rstrip("/")


def site_url(raw: str) -> str:
    if urlsplit(https_url(raw)).path:
        raise ValueError("must be the root of a host: https://host")
    return https_url(raw)


def mail_url(raw: str) -> str:
    if urlsplit(raw).scheme not in {"smtp", "smtps", "smtp+tls", "smtp+ssl"}:
        raise ValueError("must begin with smtp+tls://, smtp+ssl:// or smtp://")
    if not urlsplit(raw).hostname:
        raise ValueError("names no mail server")
    return raw


def address(raw: str) -> str:
    name, at, host = raw.rpartition("@")
    if not name or not at or "." not in host:
        raise ValueError("is not an e-mail address")
    return raw


def level(raw: str) -> str:
    if raw not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ValueError("is none of DEBUG, INFO, WARNING, ERROR")
    return raw


def table(raw: str) -> dict[str, str]:
    """A JSON object of texts."""
    try:
        held: Any = json.loads(raw)
    except ValueError:
        raise ValueError('is not JSON such as {"sign-in-code": "SMS_1"}') from None
    if not isinstance(held, dict) or not all(isinstance(word, str) for word in held.values()):
        raise ValueError('is not a JSON object of texts such as {"sign-in-code": "SMS_1"}')
    return held


def closed_file(raw: str) -> Path:
    """A file that can be read, and not by everybody."""
    path = Path(raw)
    if not path.is_file():
        raise ValueError(f"names no file: {path}")
    if path.stat().st_mode & 0o007:
        raise ValueError(f"names a file that everybody may open: chmod 640 {path}")
    if not os.access(path, os.R_OK):
        raise ValueError(f"names a file that this account may not read: {path}")
    return path


TEXT = Kind(text, "")
WHOLE = Kind(whole, 0)
YES_OR_NO = Kind(yes_or_no, False)
HOSTS = Kind(hosts, list[str]())
SECRET = Kind(secret, "")
DATABASE_URL = Kind(database_url, "postgresql:///xingfuli")
HTTPS_URL = Kind(https_url, "")
SITE_URL = Kind(site_url, "")
MAIL_URL = Kind(mail_url, "")
ADDRESS = Kind(address, "")
LEVEL = Kind(level, "INFO")
TABLE = Kind(table, dict[str, str]())
CLOSED_FILE = Kind(closed_file, Path())
