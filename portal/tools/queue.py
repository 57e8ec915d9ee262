"""The state of the queue: what waits, what runs, what was given up, whose turn comes when."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from portal.tools import jobs
from portal.tools.failures.models import Failure

SHOWN = 200
STATE = """
    SELECT count(*) FILTER (WHERE status = 'todo' AND due),
           count(*) FILTER (WHERE status = 'todo' AND NOT due),
           count(*) FILTER (WHERE status = 'doing'),
           count(*) FILTER (WHERE status = 'failed' AND NOT task_name = ANY(%(periodic)s)),
           min(since) FILTER (WHERE status = 'todo' AND due)
    FROM procrastinate_jobs job,
         LATERAL (SELECT scheduled_at IS NULL OR scheduled_at <= %(at)s AS due) when_,
         LATERAL (SELECT COALESCE(
             scheduled_at, (SELECT min(at) FROM procrastinate_events WHERE job_id = job.id)
         ) AS since) wait
    WHERE status IN ('todo', 'doing', 'failed')
"""
GIVEN_UP = """
    SELECT job.id, task_name, args::text, attempts,
           (SELECT max(at) FROM procrastinate_events WHERE job_id = job.id)
    FROM procrastinate_jobs job
    WHERE status = 'failed' AND NOT task_name = ANY(%(periodic)s)
    ORDER BY job.id DESC LIMIT %(limit)s
"""
LAST_RUNS = """
    SELECT DISTINCT ON (task_name) task_name, job.id, status::text,
           (SELECT max(at) FROM procrastinate_events WHERE job_id = job.id)
    FROM procrastinate_jobs job
    WHERE task_name = ANY(%(periodic)s) AND status <> 'todo'
    ORDER BY task_name, job.id DESC
"""


@dataclass(frozen=True, slots=True)
class State:
    """How many letters are due, are for later, run now, were given up; how long one has waited."""

    due: int
    later: int
    running: int
    given_up: int
    oldest_wait: timedelta


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A letter given up after its last try; `error` is the class of what it died of."""

    id: int
    name: str
    words: Mapping[str, Any]
    tries: int
    error: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """A periodic job: its last run, if one is known, and its next."""

    name: str
    cron: str
    next_at: datetime
    id: int | None
    status: str
    error: str
    at: datetime | None


def state(at: datetime) -> State:
    """The queue in five figures."""
    with connection.cursor() as cursor:
        cursor.execute(STATE, {"at": at, "periodic": _periodic()})
        due, later, running, given_up, since = cursor.fetchone()
    wait = max(at - since, timedelta(0)) if since else timedelta(0)
    return State(due, later, running, given_up, wait)


def given_up(limit: int = SHOWN) -> list[GivenUp]:
    """The letters that were given up, the newest first.

    Periodic jobs are not among them: their next turn is their retry, see `turns`.
    """
    rows = _rows(GIVEN_UP, {"periodic": _periodic(), "limit": limit})
    errors = _errors([row[0] for row in rows])
    return [
        GivenUp(job, name, json.loads(words), tries, errors.get(job, ""), at)
        for job, name, words, tries, at in rows
    ]


def turns(at: datetime) -> list[Turn]:
    """Every periodic job by name."""
    last = {name: run for name, *run in _rows(LAST_RUNS, {"periodic": _periodic()})}
    errors = _errors([job for job, _status, _at in last.values()])
    found = []
    for name, cron in sorted(jobs.timetable.items()):
        job, status, ran_at = last.get(name, (None, "", None))
        next_at = jobs.next_run(name, after=at)
        error = errors.get(job, "") if status == "failed" and job is not None else ""
        found.append(Turn(name, cron, next_at, job, status, error, ran_at))
    return found


def _periodic() -> list[str]:
    return [*jobs.timetable, "jobs.take_up_stalled"]


def _rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _errors(ids: list[int]) -> dict[int, str]:
    return dict(Failure.objects.filter(job__in=ids).values_list("job", "error"))
