"""Checkpoints say one thing in one form, and are signed."""

from datetime import UTC, datetime

import pytest

from portal.tools.chain import signing
from portal.tools.chain.canonical import NotCanonical
from portal.tools.chain.checkpoints import Checkpoint, read_statement, statement

HERE = Checkpoint("meeting 2026-01", 47, "ab" * 32, datetime(2026, 11, 24, 4, tzinfo=UTC))
WRITTEN = (
    '{"at":"2026-11-24T04:00:00Z","chain":"meeting 2026-01","format":"chain-checkpoint/1",'
    f'"hash":"{"ab" * 32}","seq":47}}'
).encode()

# RFC 8032, section 7.1, test 3
PRIVATE = bytes.fromhex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")
PUBLIC = bytes.fromhex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025")
MESSAGE = bytes.fromhex("af82")
SIGNATURE = bytes.fromhex(
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
    "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
)


def test_a_statement_has_one_form_and_reads_back():
    assert statement(HERE) == WRITTEN
    assert read_statement(WRITTEN) == HERE


@pytest.mark.parametrize(
    "other",
    [
        b"",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        WRITTEN + b"\n",
        WRITTEN.replace(b"47", b"true"),
        WRITTEN.replace(b"47", b"47.0"),
        WRITTEN.replace(b"-checkpoint/1", b"-checkpoint/2"),
        WRITTEN.replace(b'"seq":47', b'"seq":47,"seq":48'),
        WRITTEN.replace(b"2026-11-24T04:00:00Z", b"2026-11-24T04:00:00"),
        WRITTEN.replace(b"2026-11-24T04:00:00Z", b"24 November"),
    ],
)
def test_other_bytes_are_no_statement(other):
    with pytest.raises(NotCanonical):
        read_statement(other)


def test_signatures_are_those_of_the_standard():
    assert signing.public_key(PRIVATE) == PUBLIC
    assert signing.sign(MESSAGE, private_key=PRIVATE) == SIGNATURE
    assert signing.is_signed(MESSAGE, SIGNATURE, public_key=PUBLIC) is True


def test_a_changed_statement_signature_or_key_is_not_signed():
    signature = signing.sign(WRITTEN, private_key=PRIVATE)
    other_key = signing.public_key(bytes(32))
    assert signing.is_signed(WRITTEN, signature, public_key=PUBLIC) is True
    assert signing.is_signed(WRITTEN[:-1], signature, public_key=PUBLIC) is False
    assert signing.is_signed(WRITTEN, signature[:-1], public_key=PUBLIC) is False
    assert signing.is_signed(WRITTEN, signature, public_key=other_key) is False
    assert signing.is_signed(WRITTEN, signature, public_key=b"short") is False


def test_a_private_key_has_32_bytes():
    with pytest.raises(ValueError, match="32 bytes"):
        signing.sign(WRITTEN, private_key=b"short")
