"""Alive and ready: short answers that name what fails and tell nothing more."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
import time_machine
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from portal.tools import jobs
from portal.tools.health import checks
from tests import database


@pytest.fixture
def durable(monkeypatch):
    monkeypatch.setitem(checks.CHECKS, "durability", lambda: True)


def test_alive_asks_the_database_nothing(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"alive": True})


def test_ready_when_every_check_holds(client, db, durable):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "failing": []})
    assert "no-store" in answer["Cache-Control"]


def test_a_cluster_that_may_lose_what_it_acknowledged_is_not_ready(client, db):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (
        503,
        {"ready": False, "failing": ["durability"]},
    )


def test_without_a_database_that_alone_is_named(client, monkeypatch):
    def away():
        raise OperationalError("connection to 10.0.0.5 refused, user xingfuli_app")

    monkeypatch.setattr(checks, "database_answers", away)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (
        503,
        {"ready": False, "failing": ["database"]},
    )


def test_only_reading_is_asked(client):
    assert [client.post(address).status_code for address in ("/healthz", "/readyz")] == [405, 405]


def test_a_migration_that_is_not_applied_is_noticed(db, monkeypatch):
    assert checks.migrations_are_applied()
    applied = MigrationRecorder.applied_migrations

    def all_but_one(self):
        found = dict(applied(self))
        del found[("failures", "0001_failures_of_jobs")]
        return found

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", all_but_one)
    assert not checks.migrations_are_applied()


@pytest.mark.parametrize(
    ("ahead", "agrees"),
    [
        (timedelta(seconds=0), True),
        (timedelta(seconds=1.5), True),
        (timedelta(seconds=2.5), False),
        (timedelta(seconds=-2.5), False),
        (timedelta(hours=2), False),
    ],
)
def test_the_clocks_may_differ_by_less_than_two_seconds(db, ahead, agrees):
    with time_machine.travel(datetime.now(UTC) + ahead, tick=False):
        assert checks.clocks_agree() is agrees


@pytest.mark.parametrize(("minutes", "moves"), [(4, True), (6, False)])
def test_a_letter_that_waits_too_long_is_noticed(db, minutes, moves):
    since = timezone.now() - timedelta(minutes=minutes)
    jobs.send("tests.waits", at=since)
    assert checks.queue_moves() is moves


@jobs.receives("tests.waits")
def waits() -> None: ...


def test_a_letter_for_later_does_not_wait(db):
    jobs.send("tests.waits", at=timezone.now() + timedelta(days=1))
    assert checks.queue_moves()


def test_the_owner_of_the_database_may_not_serve(own_database):
    assert checks.application_cannot_change_evidence()
    with psycopg.connect(database.with_name(database.owner_url(), own_database)) as owner:
        monkey = pytest.MonkeyPatch()
        monkey.setattr(checks, "connection", owner)
        assert not checks.application_cannot_change_evidence()
        monkey.undo()
