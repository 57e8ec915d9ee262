"""The keyring: read strictly, made once, never readable by others."""

import base64
import json
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.tools.privacy import keyring
from portal.tools.privacy.keyring import Keyring

KEY = base64.b64encode(b"k" * 32).decode()
SHORT = base64.b64encode(b"k" * 16).decode()


@pytest.fixture
def unread():
    """The keyring of this process, forgotten before and after."""
    keyring.keyring.cache_clear()
    yield
    keyring.keyring.cache_clear()


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "[]",
        "{}",
        json.dumps({"encrypt": {}, "search": KEY}),
        json.dumps({"encrypt": {"k1": SHORT}, "search": KEY}),
        json.dumps({"encrypt": {"k1": KEY}, "search": SHORT}),
        json.dumps({"encrypt": {"k$1": KEY}, "search": KEY}),
        json.dumps({"encrypt": {"": KEY}, "search": KEY}),
        json.dumps({"encrypt": {"k1": "no base64"}, "search": KEY}),
        json.dumps({"encrypt": {"k1": KEY}}),
    ],
)
def test_a_keyring_that_is_not_one_stops_the_start(raw):
    with pytest.raises(ImproperlyConfigured) as refusal:
        Keyring.parse(raw)
    assert KEY not in str(refusal.value)


def test_the_first_key_is_the_one_in_use():
    ring = Keyring.parse(json.dumps({"encrypt": {"k2": KEY, "k1": KEY}, "search": KEY}))
    assert ring.newest == "k2"


def test_a_new_key_goes_in_front_and_the_others_stay():
    ring = Keyring.parse(json.dumps({"encrypt": {"k2": KEY, "old": KEY}, "search": KEY}))
    next_ring = Keyring.parse(ring.with_new_key())
    assert list(next_ring.encrypt) == ["k3", "k2", "old"]
    assert next_ring.encrypt["k3"] != next_ring.encrypt["k2"] == b"k" * 32
    assert next_ring.search == ring.search


def test_the_environment_comes_before_the_file(unread, monkeypatch):
    raw = json.dumps({"encrypt": {"k7": KEY}, "search": KEY})
    monkeypatch.setenv("XINGFULI_KEYRING", raw)
    assert keyring.keyring().newest == "k7"


def test_a_file_is_made_for_its_owner_only(unread, monkeypatch, settings, tmp_path):
    monkeypatch.delenv("XINGFULI_KEYRING", raising=False)
    settings.KEYRING_FILE = tmp_path / "keys" / "keyring.json"
    settings.KEYRING_MAY_BE_MADE = True
    before = os.umask(0)
    try:
        made = keyring.keyring()
    finally:
        os.umask(before)
    assert stat.S_IMODE(settings.KEYRING_FILE.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.KEYRING_FILE.parent.stat().st_mode) == 0o700
    assert Keyring.parse(settings.KEYRING_FILE.read_text()) == made
    assert list(settings.KEYRING_FILE.parent.iterdir()) == [settings.KEYRING_FILE]


def test_where_none_may_be_made_a_missing_one_stops_the_start(
    unread, monkeypatch, settings, tmp_path
):
    monkeypatch.delenv("XINGFULI_KEYRING", raising=False)
    settings.KEYRING_FILE = tmp_path / "keyring.json"
    settings.KEYRING_MAY_BE_MADE = False
    with pytest.raises(ImproperlyConfigured):
        keyring.keyring()
    assert not settings.KEYRING_FILE.exists()


def test_who_is_overtaken_while_making_it_takes_the_others(unread, monkeypatch, settings, tmp_path):
    monkeypatch.delenv("XINGFULI_KEYRING", raising=False)
    settings.KEYRING_FILE = tmp_path / "keyring.json"
    settings.KEYRING_MAY_BE_MADE = True
    mine, theirs = Keyring.fresh(), Keyring.fresh()

    def overtaken() -> str:
        settings.KEYRING_FILE.write_text(theirs)
        return mine

    monkeypatch.setattr(Keyring, "fresh", staticmethod(overtaken))
    assert keyring.keyring() == Keyring.parse(theirs)
    assert settings.KEYRING_FILE.read_text() == theirs


RACER = """
import sys, time
from django.conf import settings
settings.configure(KEYRING_FILE=sys.argv[1], KEYRING_MAY_BE_MADE=True)
from portal.tools.privacy.keyring import keyring
while time.time() < float(sys.argv[2]):
    pass
print(keyring().search.hex())
"""


def test_processes_that_race_to_make_it_end_with_one(tmp_path):
    project = Path(__file__).resolve().parents[4]
    environment = {k: v for k, v in os.environ.items() if k != "XINGFULI_KEYRING"}
    command = [sys.executable, "-c", RACER, str(tmp_path / "keyring.json"), str(time.time() + 1.5)]
    racers = [
        subprocess.Popen(command, cwd=project, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    keys = {racer.communicate()[0].strip() for racer in racers}
    assert len(keys) == 1
    assert keys == {Keyring.parse((tmp_path / "keyring.json").read_text()).search.hex()}
