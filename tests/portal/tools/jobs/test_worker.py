"""What becomes of a letter in the hands of a worker: done, tried again, given up, taken up."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from portal.tools import jobs
from portal.tools.failures.models import Failure

opened: list[UUID] = []
broken: set[UUID] = set()


class Unlucky(RuntimeError):
    pass


@jobs.receives("tests.open")
def open_(*, thing: UUID) -> None:
    opened.append(thing)
    if thing in broken:
        raise Unlucky("陈一 13800000000")


@pytest.fixture
def thing():
    opened.clear()
    broken.clear()
    return uuid4()


def rows(**conditions) -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, status::text, attempts, scheduled_at FROM procrastinate_jobs"
            " WHERE task_name = 'tests.open' ORDER BY id"
        )
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def run_sql(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_letter_is_opened_once(work, thing):
    with transaction.atomic():
        jobs.send("tests.open", thing=thing)
    work()
    work()
    assert opened == [thing]
    assert [(row["status"], row["attempts"]) for row in rows()] == [("succeeded", 1)]
    assert not Failure.objects.filter(name="tests.open").exists()


def test_a_failed_letter_waits_and_its_error_is_kept_without_its_text(work, thing):
    broken.add(thing)
    jobs.send("tests.open", thing=thing)
    before = timezone.now()
    work()
    (row,) = rows()
    assert (row["status"], row["attempts"]) == ("todo", 1)
    assert timedelta(seconds=2) < row["scheduled_at"] - before < timedelta(seconds=10)
    failure = Failure.objects.get(job=row["id"])
    assert (failure.name, failure.error) == ("tests.open", "Unlucky")


def test_after_the_last_try_a_letter_is_given_up_and_can_be_retried(work, thing):
    broken.add(thing)
    jobs.send("tests.open", thing=thing)
    run_sql("UPDATE procrastinate_jobs SET attempts = %s", jobs.TRIES - 1)
    work()
    (row,) = rows()
    assert (row["status"], row["attempts"]) == ("failed", jobs.TRIES)
    broken.clear()
    assert jobs.retry(row["id"], at=timezone.now())
    work()
    assert rows()[0]["status"] == "succeeded"
    assert opened == [thing, thing]


def test_only_what_was_given_up_is_retried(work, thing):
    jobs.send("tests.open", thing=thing)
    assert not jobs.retry(rows()[0]["id"], at=timezone.now())
    assert not jobs.retry(0, at=timezone.now())


def take_up() -> None:
    connector = app.connector.get_worker_connector()

    async def once() -> None:
        async with app.open_async():
            task = app.tasks["jobs.take_up_stalled"]
            await task.func(type("Context", (), {"app": app})(), timestamp=0)

    with app.replace_connector(connector):
        asyncio.run(once())


def dead_worker_with(thing: UUID, *, attempts: int, silent_for: int) -> None:
    jobs.send("tests.open", thing=thing)
    run_sql(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s * interval '1 s')",
        silent_for,
    )
    run_sql(
        "UPDATE procrastinate_jobs SET status = 'doing', attempts = %s,"
        " worker_id = (SELECT max(id) FROM procrastinate_workers)",
        attempts,
    )


def test_the_job_of_a_dead_worker_is_taken_up(own_database, work, thing):
    dead_worker_with(thing, attempts=0, silent_for=31)
    take_up()
    assert [(row["status"], row["attempts"]) for row in rows()] == [("todo", 1)]
    work()
    assert opened == [thing]


def test_the_job_of_a_living_worker_is_left_to_it(own_database, thing):
    dead_worker_with(thing, attempts=0, silent_for=20)
    take_up()
    assert [(row["status"], row["attempts"]) for row in rows()] == [("doing", 0)]


def test_a_job_that_kills_every_worker_is_given_up(own_database, thing):
    dead_worker_with(thing, attempts=jobs.TRIES - 1, silent_for=31)
    take_up()
    (row,) = rows()
    assert (row["status"], row["attempts"]) == ("failed", jobs.TRIES)
    assert Failure.objects.get(job=row["id"]).error == "WorkerDied"


def test_what_was_done_two_days_ago_is_forgotten_and_what_was_given_up_is_not(work, thing):
    done, lost = uuid4(), thing
    broken.add(lost)
    jobs.send("tests.open", thing=done)
    jobs.send("tests.open", thing=lost)
    run_sql("UPDATE procrastinate_jobs SET attempts = %s", jobs.TRIES - 1)
    work()
    run_sql("UPDATE procrastinate_events SET at = at - interval '3 days'")
    Failure.objects.create(job=-1, name="tests.open", error="Gone", at=timezone.now())
    jobs.forget_done(at=timezone.now())
    assert [row["status"] for row in rows()] == ["failed"]
    assert list(Failure.objects.values_list("error", flat=True)) == ["Unlucky"]


def test_the_last_run_of_a_periodic_job_stays_to_be_seen(own_database):
    run_sql(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status)"
        " SELECT 'default', 'jobs.forget_done', 'succeeded' FROM generate_series(1, 3)"
    )
    run_sql("UPDATE procrastinate_events SET at = at - interval '3 days'")
    jobs.forget_done(at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone() == (1,)


def test_frequent_work_has_its_next_turn_for_a_retry_and_rare_work_is_tried_again():
    retried = {name: app.tasks[name].retry_strategy is not None for name in jobs.timetable}
    assert retried["jobs.forget_done"]
    assert not retried["committees.grow_ledgers"]
