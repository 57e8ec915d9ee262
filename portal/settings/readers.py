"""Strict readers of the environment: nonsense is refused by name, all of it at once."""

import os
from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")


class Environment:
    """Reads settings by name and collects what is wrong, so that one start shows every fault."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def read(self, name: str, convert: Callable[[str], T], default: T | None = None) -> T:
        """The converted value of `name`; a missing or unreadable one is noted as a fault."""
        raw = os.environ.get(name, "").strip()
        if not raw:
            if default is None:
                self.faults.append(f"{name} is not set")
                return convert_nothing(convert)
            return default
        try:
            return convert(raw)
        except ValueError as trouble:
            self.faults.append(f"{name}: {trouble}")
            return convert_nothing(convert) if default is None else default

    def refuse_faults(self) -> None:
        if self.faults:
            raise ImproperlyConfigured(
                "The environment is not complete:\n  " + "\n  ".join(self.faults)
            )


def convert_nothing(convert: Callable[[str], T]) -> T:
    """A stand-in of the right type, never used: refuse_faults stops the start."""
    return {text: "", whole: 0, yes_or_no: False, words: []}.get(convert, "")  # type: ignore[return-value, call-overload]


def text(raw: str) -> str:
    return raw


def whole(raw: str) -> int:
    if not raw.isascii() or not raw.isdigit():
        raise ValueError(f"{raw!r} is not a whole number")
    return int(raw)


def yes_or_no(raw: str) -> bool:
    known = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if raw.lower() not in known:
        raise ValueError(f"{raw!r} is neither yes nor no (use 1 or 0)")
    return known[raw.lower()]


def words(raw: str) -> list[str]:
    return [word.strip() for word in raw.split(",") if word.strip()]


def secret(raw: str) -> str:
    if len(raw) < 50 or len(set(raw)) < 10:
        raise ValueError("is too short or too plain for a secret (50 characters or more)")
    return raw


def database_url(raw: str) -> str:
    if not raw.startswith(("postgresql://", "postgres://")):
        raise ValueError("must begin with postgresql://")
    return raw
