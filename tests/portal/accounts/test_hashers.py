"""Hashing of passwords is bounded, in one process and in all of them."""

import multiprocessing
import threading
import time

import pytest
from django.contrib.auth.hashers import make_password
from django.urls import reverse

from portal.accounts import hashers
from portal.accounts.hashers import Bound, BoundedPBKDF2, TooManyAtOnce
from portal.settings import base
from tests.factories.sign_in import PASSWORD, somebody
from tests.racing import at_once


class Full(Bound):
    """Every place is taken."""

    def __init__(self) -> None:
        super().__init__(places=1)
        self._places.acquire()


@pytest.fixture
def bounded(settings, monkeypatch):
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
    monkeypatch.setattr(BoundedPBKDF2, "iterations", 10)
    return lambda bound: monkeypatch.setattr(hashers, "bound", bound)


def test_every_served_hash_is_bounded_and_djangos_own(bounded):
    assert base.PASSWORD_HASHERS == ["portal.accounts.hashers.BoundedPBKDF2"]
    assert make_password("x").split("$")[:2] == ["pbkdf2_sha256", "10"]


def test_of_24_at_once_two_are_let_in_and_the_rest_sent_away_at_once():
    bound, full = Bound(), threading.Event()
    left = []

    def try_it() -> str:
        try:
            with bound.place():
                full.wait(30)
                return "in"
        except TooManyAtOnce:
            left.append(None)
            if len(left) == 22:
                full.set()
            raise

    outcomes = at_once(*[try_it] * 24)
    assert outcomes.count("in") == hashers.PLACES == 2
    assert [type(o) for o in outcomes if o != "in"] == [TooManyAtOnce] * 22
    with bound.place():
        pass  # the places are free again


def test_one_process_waits_for_another():
    bound = Bound(slots=1)
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()

    def child() -> None:
        theirs.recv()
        theirs.send("asks")
        with bound.place():
            theirs.send("in")

    process = context.Process(target=child)
    process.start()  # before this process has its turn, as gunicorn does
    with bound.place():
        ours.send("go")
        assert ours.recv() == "asks"
        assert not ours.poll(0.3)
    assert ours.recv() == "in"
    process.join()


def test_a_killed_process_keeps_no_slot():
    bound = Bound(slots=1)
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()

    def child() -> None:
        with bound.place():
            theirs.send("in")
            time.sleep(600)

    process = context.Process(target=child)
    process.start()
    assert ours.recv() == "in"
    process.kill()
    process.join()
    with bound.place():
        pass


def test_who_is_sent_away_reads_why_and_has_not_failed(client, bounded, demonstration):
    user = somebody()
    bounded(Full())
    login = reverse("account_login")
    for _ in range(6):
        answer = client.post(login, {"login": user.phone, "password": PASSWORD})
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "不算输错" in answer.content.decode()
    bounded(Bound())
    answer = client.post(login, {"login": user.phone, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/my/")
