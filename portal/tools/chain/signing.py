"""Ed25519 signatures (RFC 8032) under checkpoints.  The one module of the package that needs more
than the standard library: it imports `cryptography`, and nothing pure may import it.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def public_key(private_key: bytes) -> bytes:
    """Return the 32-byte public key of a private key; any 32 secret random bytes are one."""
    return Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def sign(statement: bytes, *, private_key: bytes) -> bytes:
    """Return the 64-byte signature; refuses (`ValueError`) a key that is not 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(private_key).sign(statement)


def is_signed(statement: bytes, signature: bytes, *, public_key: bytes) -> bool:
    """Say whether `signature` is that of `statement` under the key; False for no key either."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, statement)
    except (InvalidSignature, ValueError):
        return False
    return True
