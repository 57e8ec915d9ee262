"""Authenticated encryption of one datum in one place: moved to another row it does not open.

AES-256-GCM, or SM4-GCM where commercial cryptography is asked for (settings.PERSONAL_DATA_CIPHER,
law.md §8.5); what the other one wrote is still read.
"""

import base64
import hmac
import secrets
from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from .keyring import keyring

VERSION = "v1"
NONCE_BYTES = 12
TAG_BYTES = 16


class CannotOpen(ValueError):
    """The stored value was not written here, or its key is gone."""


def encrypt(plain: str, *, place: str) -> str:
    """`plain` as `v1$<aes or sm4>$<key>$<base64>`; `place` is table, column and row."""
    seal, _ = ALGORITHMS[settings.PERSONAL_DATA_CIPHER]
    ring = keyring()
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = seal(ring.encrypt[ring.newest], nonce, plain.encode(), place.encode())
    return current_prefix() + base64.b64encode(nonce + sealed).decode()


def decrypt(stored: str, *, place: str) -> str:
    """The plain text again; CannotOpen when it was moved, altered or its key is missing."""
    try:
        version, algorithm, key, body = stored.split("$")
        raw = base64.b64decode(body, validate=True)
        if version != VERSION:
            raise CannotOpen(place)
        _, open_ = ALGORITHMS[algorithm]
        opened = open_(keyring().encrypt[key], raw[:NONCE_BYTES], raw[NONCE_BYTES:], place.encode())
    except (ValueError, KeyError, InvalidTag):
        raise CannotOpen(place) from None
    return opened.decode()


def current_prefix() -> str:
    """How every value begins that today's algorithm and newest key wrote."""
    return f"{VERSION}${settings.PERSONAL_DATA_CIPHER}${keyring().newest}$"


def keyed_hash(value: str, *, kind: str) -> str:
    """HMAC of a normalised value, for exact search; `kind` keeps phones and numbers apart.
    Empty stays empty.  The digest (settings.PERSONAL_DATA_DIGEST, sha256 or sm3) is chosen once,
    before the first row."""
    if not value:
        return ""
    return hmac.new(
        keyring().search, f"{kind}:{value}".encode(), settings.PERSONAL_DATA_DIGEST
    ).hexdigest()


def _seal_aes(key: bytes, nonce: bytes, plain: bytes, place: bytes) -> bytes:
    return AESGCM(key).encrypt(nonce, plain, place)


def _open_aes(key: bytes, nonce: bytes, sealed: bytes, place: bytes) -> bytes:
    return AESGCM(key).decrypt(nonce, sealed, place)


def _sm4_key(key: bytes) -> algorithms.SM4:
    """SM4 takes 128 bits: drawn from the 256, so that no half of an AES key is used twice."""
    return algorithms.SM4(hmac.new(key, b"sm4", "sha256").digest()[:16])


def _seal_sm4(key: bytes, nonce: bytes, plain: bytes, place: bytes) -> bytes:
    sealer = Cipher(_sm4_key(key), modes.GCM(nonce)).encryptor()
    sealer.authenticate_additional_data(place)
    return sealer.update(plain) + sealer.finalize() + sealer.tag


def _open_sm4(key: bytes, nonce: bytes, sealed: bytes, place: bytes) -> bytes:
    body, tag = sealed[:-TAG_BYTES], sealed[-TAG_BYTES:]
    opener = Cipher(_sm4_key(key), modes.GCM(nonce, tag)).decryptor()
    opener.authenticate_additional_data(place)
    return opener.update(body) + opener.finalize()


Step = Callable[[bytes, bytes, bytes, bytes], bytes]
ALGORITHMS: dict[str, tuple[Step, Step]] = {
    "aes": (_seal_aes, _open_aes),
    "sm4": (_seal_sm4, _open_sm4),
}
