"""AES-256-GCM for one datum in one place: a ciphertext moved to another row does not open."""

import base64
import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .keyring import keyring

NONCE_BYTES = 12


class CannotOpen(ValueError):
    """The stored value was not written here, or its key is gone."""


def encrypt(plain: str, *, place: str) -> str:
    """`plain` as `v1$aes$<key>$<base64>`; `place` is table, column and row."""
    ring = keyring()
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(ring.encrypt[ring.newest]).encrypt(nonce, plain.encode(), place.encode())
    return f"v1$aes${ring.newest}${base64.b64encode(nonce + sealed).decode()}"


def decrypt(stored: str, *, place: str) -> str:
    """The plain text again; CannotOpen when it was moved, altered or its key is missing."""
    try:
        version, algorithm, key, body = stored.split("$")
        raw = base64.b64decode(body, validate=True)
        if (version, algorithm) != ("v1", "aes"):
            raise CannotOpen(place)
        opened = AESGCM(keyring().encrypt[key]).decrypt(
            raw[:NONCE_BYTES], raw[NONCE_BYTES:], place.encode()
        )
    except (ValueError, KeyError, InvalidTag):
        raise CannotOpen(place) from None
    return opened.decode()


def keyed_hash(value: str, *, kind: str) -> str:
    """HMAC-SHA256 of a normalised value, for exact search; `kind` keeps phones and numbers apart.
    Empty stays empty."""
    if not value:
        return ""
    return hmac.new(keyring().search, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()
