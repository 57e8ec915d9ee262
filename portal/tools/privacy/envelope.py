"""Closed envelopes: anyone may close one with the public key, only the private key opens it.

X25519 with a fresh key pair for each envelope, HKDF-SHA256, AES-256-GCM; an envelope is the
32 bytes of its own public key followed by the ciphertext.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PUBLIC_BYTES = 32
NONCE = bytes(12)  # each envelope has a key of its own, used once


class EnvelopeSpoilt(ValueError):
    """The envelope was altered, or belongs to another key or place."""


def new_pair() -> tuple[str, str]:
    """A fresh (public, private) pair as 64 hex digits each."""
    private = X25519PrivateKey.generate()
    return private.public_key().public_bytes_raw().hex(), private.private_bytes_raw().hex()


def public_of(private: str) -> str:
    """The public key, in hex, of a private one."""
    return (
        X25519PrivateKey.from_private_bytes(bytes.fromhex(private))
        .public_key()
        .public_bytes_raw()
        .hex()
    )


def close(plain: bytes, *, public: str, place: str) -> bytes:
    """`plain` in an envelope for `public`; `place` must be named again to open it."""
    own = X25519PrivateKey.generate()
    sender = own.public_key().public_bytes_raw()
    key = _key(own.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(public))), sender)
    return sender + AESGCM(key).encrypt(NONCE, plain, place.encode())


def open_(envelope: bytes, *, private: str, place: str) -> bytes:
    """What was put in; refuses (EnvelopeSpoilt) an altered envelope or a wrong key or place."""
    sender = envelope[:PUBLIC_BYTES]
    try:
        own = X25519PrivateKey.from_private_bytes(bytes.fromhex(private))
        key = _key(own.exchange(X25519PublicKey.from_public_bytes(sender)), sender)
        return AESGCM(key).decrypt(NONCE, envelope[PUBLIC_BYTES:], place.encode())
    except (ValueError, InvalidTag):
        raise EnvelopeSpoilt(place) from None


def _key(shared: bytes, sender: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=b"xingfuli envelope 1" + sender).derive(shared)
