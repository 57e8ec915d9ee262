"""Renewing the keys: every value once, whoever writes meanwhile, and again without harm."""

import base64
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from portal.accounts.models import User
from portal.tools.privacy import cipher, keyring, rotation
from portal.tools.privacy.keyring import Keyring
from tests.factories import people
from tests.factories.sign_in import totp, with_authenticator


@pytest.fixture
def ring(monkeypatch):
    """Puts another keyring into use: ring("k2", "k1") uses k2 and still reads k1."""
    first = Keyring.parse(keyring.keyring().with_new_key())
    keys = {"k1": first.encrypt["k1"], "k2": first.encrypt["k2"], "k3": b"3" * 32}

    def use(*names: str) -> None:
        chosen = Keyring({name: keys[name] for name in names}, first.search)
        monkeypatch.setattr(cipher, "keyring", lambda: chosen)

    return use


def stored(column: str = "name") -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM accounts_user ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def keys_used() -> set[str]:
    return {text.split("$")[2] for column in ("name", "phone") for text in stored(column) if text}


def test_every_value_is_renewed_and_reads_the_same(db, ring):
    users = [people.user(f"用户{n}") for n in range(7)]
    ring("k2", "k1")
    tallies = {tally.what: tally for tally in rotation.rotate_all(batch=3)}
    assert (tallies["accounts_user.name"].renewed, tallies["accounts_user.phone"].renewed) == (7, 7)
    assert keys_used() == {"k2"}
    ring("k2")  # the old key is gone
    assert [User.objects.get(pk=user.pk).name for user in users] == [u.name for u in users]


def test_doing_it_again_changes_nothing(db, ring):
    people.user("张三")
    ring("k2", "k1")
    list(rotation.rotate_all())
    before = stored()
    assert sum(tally.renewed for tally in rotation.rotate_all()) == 0
    assert stored() == before


def test_empty_values_are_left_alone(db, ring):
    User.objects.create_user(name="")
    ring("k2", "k1")
    assert sum(tally.renewed for tally in rotation.rotate_all()) == 0
    assert stored() == [""]


def test_a_row_saved_meanwhile_keeps_what_was_saved(db, ring, monkeypatch):
    user = people.user("旧名")
    ring("k2", "k1")
    read = rotation._stale_rows

    def read_and_be_overtaken(field, after, batch):
        rows = read(field, after, batch)
        if rows and field.column == "name":
            row = User.objects.get(pk=user.pk)
            row.name = "新名"
            row.save(update_fields=["name"])
        return rows

    monkeypatch.setattr(rotation, "_stale_rows", read_and_be_overtaken)
    list(rotation.rotate_all())
    assert User.objects.get(pk=user.pk).name == "新名"


def test_what_no_key_opens_is_counted_left_and_stops_nothing(db, ring):
    lost, found = people.user("甲"), people.user("乙")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_user SET name = 'v1$aes$gone$AAAA' WHERE id = %s", [lost.pk]
        )
    ring("k2", "k1")
    tallies = {tally.what: tally for tally in rotation.rotate_all(batch=1)}
    names = tallies["accounts_user.name"]
    assert (names.renewed, names.unreadable) == (1, 1)
    assert stored()[0] == "v1$aes$gone$AAAA"
    assert User.objects.get(pk=found.pk).name == "乙"


def test_another_algorithm_is_a_reason_too(db, ring, settings):
    people.user("张三")
    settings.PERSONAL_DATA_CIPHER = "sm4"
    list(rotation.rotate_all())
    assert stored()[0].startswith("v1$sm4$k1$")
    assert User.objects.get().name == "张三"


def test_the_secrets_of_authenticators_are_renewed(db, ring):
    row = with_authenticator(people.user())
    ring("k2", "k1")
    tallies = {tally.what: tally for tally in rotation.rotate_all()}
    assert tallies["mfa_authenticator.data"].renewed == 2
    ring("k2")
    row.refresh_from_db()
    assert row.data["secret"].startswith("v1$aes$k2$")
    assert row.wrap().validate_code(totp())


def test_a_secret_no_key_opens_is_counted_and_left(db, ring):
    row = with_authenticator(people.user())
    before = row.data.copy()
    ring("k3")
    tallies = {tally.what: tally for tally in rotation.rotate_all()}
    secrets = tallies["mfa_authenticator.data"]
    assert (secrets.renewed, secrets.unreadable) == (0, 2)
    row.refresh_from_db()
    assert row.data == before


def test_every_encrypted_column_of_the_project_is_found():
    columns = {f"{f.model._meta.label}.{f.attname}" for f in rotation.encrypted_fields()}
    assert {"accounts.User.name", "accounts.User.phone", "owners.Owner.id_number"} <= columns


def test_the_command_says_what_it_did(db, ring, capsys):
    people.user("张三")
    ring("k2", "k1")
    call_command("rotate_keys", "--batch", "10")
    lines = capsys.readouterr().out.splitlines()
    assert "accounts_user.name: 1 renewed, 0 unreadable" in lines


def test_the_command_fails_where_something_stays_unreadable(db, ring):
    people.user("张三")
    ring("k3")
    with pytest.raises(CommandError, match="2 values open with none of the keys"):
        call_command("rotate_keys")


def test_the_command_prints_a_keyring_with_one_more_key(capsys):
    call_command("rotate_keys", "--next-keyring")
    printed = json.loads(capsys.readouterr().out)
    assert list(printed["encrypt"]) == ["k2", "k1"]
    assert base64.b64decode(printed["encrypt"]["k1"]) == keyring.keyring().encrypt["k1"]
