"""Encryption of one datum in one place, and the keyed hashes that find it."""

import base64

import pytest
from django.db import connection

from portal.tools.privacy import cipher, keyring
from portal.tools.privacy.keyring import Keyring
from tests.factories import people

PLACE = "accounts_user.name.1"


@pytest.fixture(params=["aes", "sm4"])
def algorithm(request, settings):
    settings.PERSONAL_DATA_CIPHER = request.param
    return request.param


def test_what_was_encrypted_opens_again(algorithm):
    stored = cipher.encrypt("张三𬱖", place=PLACE)
    assert stored.startswith(f"v1${algorithm}$k1$")
    assert cipher.decrypt(stored, place=PLACE) == "张三𬱖"


def test_the_same_text_never_looks_the_same_twice(algorithm):
    assert cipher.encrypt("张三", place=PLACE) != cipher.encrypt("张三", place=PLACE)


def test_a_moved_ciphertext_does_not_open(algorithm):
    stored = cipher.encrypt("张三", place=PLACE)
    with pytest.raises(cipher.CannotOpen):
        cipher.decrypt(stored, place="accounts_user.name.2")


def test_an_altered_ciphertext_does_not_open(algorithm):
    head, _, body = cipher.encrypt("张三", place=PLACE).rpartition("$")
    raw = bytearray(base64.b64decode(body))
    for at in (0, 12, len(raw) - 1):  # nonce, text, tag
        changed = raw.copy()
        changed[at] ^= 1
        with pytest.raises(cipher.CannotOpen):
            cipher.decrypt(f"{head}${base64.b64encode(changed).decode()}", place=PLACE)


def test_both_algorithms_are_read_whichever_writes(settings):
    stored = []
    for settings.PERSONAL_DATA_CIPHER in ("aes", "sm4"):
        stored.append(cipher.encrypt("张三", place=PLACE))
    assert [cipher.decrypt(text, place=PLACE) for text in stored] == ["张三", "张三"]


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "张三",
        "v1$aes$k1",
        "v2$aes$k1$AAAA",
        "v1$rot13$k1$AAAA",
        "v1$aes$k1$AAAA",
        "v1$sm4$k1$AA==",
        "v1$aes$k1$***",
        "v1$aes$k9$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ],
)
def test_what_was_not_written_here_cannot_be_opened(nonsense):
    with pytest.raises(cipher.CannotOpen):
        cipher.decrypt(nonsense, place=PLACE)


def test_a_key_that_is_gone_opens_nothing(monkeypatch):
    stored = cipher.encrypt("张三", place=PLACE)
    other = Keyring.parse(Keyring.fresh())
    monkeypatch.setattr(cipher, "keyring", lambda: Keyring({"k2": other.encrypt["k1"]}, b"s" * 32))
    with pytest.raises(cipher.CannotOpen):
        cipher.decrypt(stored, place=PLACE)


def test_what_cannot_be_opened_names_its_place_and_not_its_text():
    with pytest.raises(cipher.CannotOpen) as refusal:
        cipher.decrypt("张三 13800138000", place=PLACE)
    assert str(refusal.value) == PLACE


def test_a_value_copied_to_another_row_does_not_open(db):
    one, other = people.user("张三"), people.user("李四")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_user SET name = (SELECT name FROM accounts_user WHERE id = %s) "
            "WHERE id = %s",
            [one.pk, other.pk],
        )
    moved = people.User.objects.get(pk=other.pk)
    with pytest.raises(cipher.CannotOpen):
        str(moved.name)


def test_a_hash_finds_by_exact_value_and_kind(settings):
    found = cipher.keyed_hash("+8613800138000", kind="phone")
    assert found == cipher.keyed_hash("+8613800138000", kind="phone")
    assert len(found) == 64
    others = {
        cipher.keyed_hash("+8613800138001", kind="phone"),
        cipher.keyed_hash("+8613800138000", kind="id"),
    }
    assert found not in others
    settings.PERSONAL_DATA_DIGEST = "sm3"
    assert cipher.keyed_hash("+8613800138000", kind="phone") != found


def test_a_hash_depends_on_the_key(monkeypatch):
    found = cipher.keyed_hash("+8613800138000", kind="phone")
    monkeypatch.setattr(cipher, "keyring", lambda: Keyring.parse(Keyring.fresh()))
    assert cipher.keyed_hash("+8613800138000", kind="phone") != found


def test_nothing_has_no_hash():
    assert cipher.keyed_hash("", kind="phone") == ""


def test_the_keyring_prints_no_key():
    ring = keyring.keyring()
    assert repr(ring) == "Keyring()"
