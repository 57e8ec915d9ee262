"""Canonical JSON: one value, one sequence of bytes, so that a hash speaks for the value.

UTF-8, keys sorted, no insignificant white space, text in Unicode NFC, integers only.  The form is
the one `election-record/1` prescribes; fire logs and the audit trail are hashed in the same form.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeAlias
from unicodedata import normalize

Json: TypeAlias = bool | int | str | Sequence["Json"] | Mapping[str, "Json"]


class NotCanonical(ValueError):
    """A value that has no canonical form; `why` names what stands in the way."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def canonical(value: Json) -> bytes:
    """Return the canonical bytes of `value`, without a newline.

    Refuses (`NotCanonical`) floats, null, any other type, keys that are not text, two keys that
    are one in NFC, and text that is not Unicode (a lone surrogate).
    """
    text = json.dumps(
        _plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    try:
        return text.encode()
    except UnicodeEncodeError as refusal:
        raise NotCanonical("text that is not Unicode") from refusal


def sha256(data: bytes) -> str:
    """Return the SHA-256 of `data` as 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def instant(at: datetime) -> str:
    """Write a moment as `YYYY-MM-DDTHH:MM:SSZ`, cut to the second; refuses a naive datetime."""
    if at.utcoffset() is None:
        raise NotCanonical("a moment without a time zone")
    return at.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def nfc(text: str) -> str:
    """Return `text` in Unicode NFC."""
    return text if text.isascii() else normalize("NFC", text)


def _plain(value: object) -> object:
    """Return `value` in dicts and lists with all text in NFC."""
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, int):  # bool is an int, and is allowed
        return value
    if isinstance(value, Mapping):
        return _plain_mapping(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise NotCanonical(f"a value of type {type(value).__name__}")


def _plain_mapping(value: Mapping[object, object]) -> dict[str, object]:
    plain: dict[str, object] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise NotCanonical(f"a key of type {type(key).__name__}")
        name = nfc(key)
        if name in plain:
            raise NotCanonical(f"the key {name} twice")
        plain[name] = _plain(item)
    return plain
