"""Letters kept for a test to look at, and delivered when it says so.

They are real rows of the queue: a letter whose transaction was undone is not among them.
"""

import json
from collections import UserList
from typing import Any

import pytest
from django.db import connection

from portal.tools import jobs


class Letters(UserList):
    """(letter, ids) in the order of sending; `times` holds what they were sent `at`."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, Any, Any]] = []

    @property
    def data(self) -> list[tuple[str, dict[str, Any]]]:
        return [letter for _job, letter, _at in self._there()]

    @property
    def times(self) -> list[Any]:
        return [at for _job, _letter, at in self._there()]

    def deliver(self, most: int = 1000) -> None:
        """Open every letter, and those that opening sends, until none is left."""
        for _turn in range(most):
            there = self._there()
            if not there:
                return
            job, (letter, _ids), _at = there[0]
            self.sent.remove(there[0])
            jobs.open_letter(letter, _words(job))
        raise AssertionError(f"{most} letters were opened and they do not end: {self.data}")

    def clear(self) -> None:
        self.sent.clear()

    def _there(self) -> list[tuple[int, Any, Any]]:
        if not self.sent:
            return []
        with connection.cursor() as cursor:
            ids = [job for job, _letter, _at in self.sent]
            cursor.execute("SELECT id FROM procrastinate_jobs WHERE id = ANY(%s)", [ids])
            there = {row[0] for row in cursor.fetchall()}
        return [entry for entry in self.sent if entry[0] in there]


def _words(job: int) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs WHERE id = %s", [job])
        return json.loads(cursor.fetchone()[0])


@pytest.fixture
def letters(monkeypatch) -> Letters:
    """The letters sent in this test."""
    kept, really_queue = Letters(), jobs._queue

    def queue(letter, ids, at, lock):
        job = really_queue(letter, ids, at, lock)
        kept.sent.append((job, (letter, dict(ids)), at))
        return job

    monkeypatch.setattr(jobs, "_queue", queue)
    return kept
