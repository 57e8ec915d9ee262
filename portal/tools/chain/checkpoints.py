"""A checkpoint states where a chain stood at a moment, to be signed and kept away from it.

Whoever holds one can show that the chain was later cut short or written anew.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from portal.tools.chain.canonical import NotCanonical, canonical, instant

_FORMAT = "chain-checkpoint/1"
_FIELDS = {"format": str, "chain": str, "seq": int, "hash": str, "at": str}


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`chain` had `hash` at its entry number `seq` at `at`, a moment with a time zone."""

    chain: str
    seq: int
    hash: str
    at: datetime


def statement(checkpoint: Checkpoint) -> bytes:
    """Return the canonical bytes that are signed."""
    return canonical(
        {
            "format": _FORMAT,
            "chain": checkpoint.chain,
            "seq": checkpoint.seq,
            "hash": checkpoint.hash,
            "at": instant(checkpoint.at),
        }
    )


def read_statement(data: bytes) -> Checkpoint:
    """Read what `statement` wrote; refuses (`NotCanonical`) any other bytes."""
    try:
        fields = json.loads(data)
        if {name: type(value) for name, value in fields.items()} != _FIELDS:
            raise NotCanonical("not the fields of a checkpoint")
        checkpoint = Checkpoint(
            fields["chain"], fields["seq"], fields["hash"], datetime.fromisoformat(fields["at"])
        )
        written = statement(checkpoint)
    except (ValueError, AttributeError, RecursionError) as refusal:
        raise NotCanonical("not a checkpoint") from refusal
    if written != data:
        raise NotCanonical("not the canonical bytes of a checkpoint")
    return checkpoint
