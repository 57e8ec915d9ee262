"""Letters: rows of the caller's own transaction, with ids only, and receivers that fit them."""

import logging
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from croniter import croniter
from django.db import connection, transaction
from procrastinate.contrib.django import app

from portal.tools import jobs


@pytest.fixture
def received(monkeypatch):
    """A letter "tests.note" whose receiver notes what it was told."""
    told = []

    def note(*, thing: UUID, day: date, at_moment: datetime, code: str, count: int) -> None:
        told.append((thing, day, at_moment, code, count))

    monkeypatch.setitem(jobs.receivers, "tests.note", note)
    return told


def note_of(**other):
    usual = {
        "thing": uuid4(),
        "day": date(2026, 11, 24),
        "at_moment": datetime(2026, 11, 24, 12, tzinfo=UTC),
        "code": "A-1",
        "count": 3,
    }
    return usual | other


def test_a_letter_arrives_as_it_was_sent(db, letters, received):
    sent = note_of()
    jobs.send("tests.note", **sent)
    assert letters == [("tests.note", sent)]
    letters.deliver()
    assert received == [tuple(sent.values())]
    assert letters == []


def test_a_letter_is_undone_with_its_transaction(db, letters, received):
    with pytest.raises(RuntimeError), transaction.atomic():
        jobs.send("tests.note", **note_of())
        raise RuntimeError
    assert letters == []


def test_a_letter_waits_for_its_moment(db, letters, received, noon):
    jobs.send("tests.note", at=noon, **note_of())
    assert letters.times == [noon]
    with connection.cursor() as cursor:
        cursor.execute("SELECT scheduled_at FROM procrastinate_jobs")
        assert cursor.fetchall() == [(noon,)]


def test_a_letter_that_sends_itself_for_ever_is_told(db, letters, monkeypatch):
    def again(*, thing: UUID) -> None:
        jobs.send("tests.again", thing=thing)

    monkeypatch.setitem(jobs.receivers, "tests.again", again)
    jobs.send("tests.again", thing=uuid4())
    with pytest.raises(AssertionError):
        letters.deliver(most=5)


@pytest.mark.parametrize(
    "wrong",
    [
        note_of(code="陈" * 101),
        note_of(code=["A"]),
        note_of(code=1.5),
        note_of(at_moment=datetime(2026, 11, 24, 12)),  # noqa: DTZ001
        note_of(name="陈一"),
        {"thing": uuid4()},
    ],
    ids=["long text", "list", "float", "moment without zone", "unknown word", "word missing"],
)
def test_what_is_not_for_a_letter_is_refused(db, letters, received, wrong):
    with pytest.raises(jobs.NotALetter):
        jobs.send("tests.note", **wrong)
    assert letters == []


def test_a_letter_that_nobody_receives_is_refused(db, letters):
    with pytest.raises(jobs.NotALetter, match=r"nobody receives tests\.unknown"):
        jobs.send("tests.unknown")


def test_a_receiver_of_something_else_than_ids_is_refused():
    def receiver(*, body: dict) -> None: ...

    with pytest.raises(jobs.NotALetter, match="kind"):
        jobs.receives("tests.body")(receiver)


def test_a_letter_has_one_receiver():
    with pytest.raises(jobs.NotALetter, match="has a receiver already"):
        jobs.receives("cms.post_notice")
    with pytest.raises(jobs.NotALetter, match="has a receiver already"):
        jobs.periodic("jobs.forget_done", cron="* * * * *")


def test_a_name_says_package_and_verb():
    with pytest.raises(jobs.NotALetter, match="form"):
        jobs.receives("Post the notice")


def test_the_next_turn_of_a_periodic_job_is_known(noon):
    assert jobs.next_run("jobs.forget_done", after=noon) == noon + timedelta(minutes=41)


def test_the_library_is_quiet_about_what_letters_hold(db, letters, received, caplog):
    with caplog.at_level(logging.WARNING):
        jobs.send("tests.note", **note_of(code="canary"))
    assert "canary" not in caplog.text


def test_what_is_told_for_the_night_runs_at_night_here(noon):
    """The queue counts in UTC; 17 3 was taken for a quarter past eleven in the morning."""
    registered = app.periodic_registry.periodic_tasks.values()
    turns = {one.task.name: croniter(one.cron, noon.astimezone(UTC)) for one in registered}
    for name in jobs.timetable:
        assert turns[name].get_next(datetime) == jobs.next_run(name, after=noon), name
    at = jobs.next_run("accounts.forget", after=noon).astimezone(noon.tzinfo)
    assert (at.hour, at.minute) == (3, 17)


@pytest.mark.parametrize(
    ("here", "in_utc"),
    [("17 3 * * *", "17 19 * * *"), ("5 12 * * *", "5 4 * * *"), ("*/5 * * * *", "*/5 * * * *")],
)
def test_an_hour_here_is_another_for_the_queue(here, in_utc):
    assert jobs._in_utc(here) == in_utc


def test_an_hour_of_certain_days_is_refused():
    with pytest.raises(jobs.NotALetter):
        jobs._in_utc("17 3 * * 1")
