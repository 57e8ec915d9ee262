"""The one door to the task queue: letters, their receivers, and what runs on a timetable.

A letter is a row written in the caller's own transaction, so that neither exists without the
other.  It carries ids, days and short codes only.  A receiver may be called twice, for a worker
may die after the work and before the tick: it must be safe to run again.
"""

import inspect
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from asgiref.sync import sync_to_async
from croniter import croniter
from django.db import connection
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status

from portal.tools.failures import actions as failures

Receiver = TypeVar("Receiver", bound=Callable[..., None])
Value = UUID | date | str | int

LONGEST_TEXT = 100
TRIES = 8
RETRY = RetryStrategy(max_attempts=TRIES - 1, exponential_wait=3)  # 3 s, 9 s … 36 min: an hour
STALLED_AFTER = 30.0  # seconds without a heartbeat, which comes every ten
KEPT = timedelta(days=2)
NAME = re.compile(r"[a-z_]+\.[a-z_]+")

receivers: dict[str, Callable[..., None]] = {}
timetable: dict[str, str] = {}  # name → cron, of our own periodic jobs


class NotALetter(ValueError):
    """What was to be sent is not for a letter: an unknown receiver, parameter or kind of value."""


def receives(letter: str) -> Callable[[Receiver], Receiver]:
    """Register a function as the receiver of `letter`; its parameters are by name and typed."""
    _refuse_name(letter)

    def register(receiver: Receiver) -> Receiver:
        _readers(letter, receiver)

        def run(context: JobContext, /, **words: Any) -> None:
            with failures.recorded(context.job.id, letter):
                open_letter(letter, words)

        app.task(name=letter, retry=RETRY, pass_context=True)(run)
        receivers[letter] = receiver
        return receiver

    return register


def periodic(name: str, *, cron: str) -> Callable[[Receiver], Receiver]:
    """Register a function to be run by the clock with the moment as `at`, one at a time.

    `cron` is told in the installation's time: "17 3 * * *" is 3:17 at night there.
    What runs more than once an hour is not tried again when it fails: its next turn is the retry.
    """
    _refuse_name(name)

    def register(receiver: Receiver) -> Receiver:
        def run(context: JobContext, /, timestamp: int) -> None:  # noqa: ARG001 - its name is given
            with failures.recorded(context.job.id, name):
                receiver(at=timezone.now())

        retry = RETRY if _gap(cron) >= timedelta(hours=1) else False
        task = app.task(name=name, lock=name, retry=retry, pass_context=True)(run)
        app.periodic(cron=_in_utc(cron))(task)
        timetable[name] = cron
        return receiver

    return register


def send(letter: str, *, at: datetime | None = None, lock: str | None = None, **ids: Value) -> None:
    """Send a letter in the caller's transaction, to be opened at `at` or as soon as it commits.

    No two letters with the same `lock` are open at a time, and they are opened in their order.
    """
    if letter not in receivers:
        raise NotALetter(f"nobody receives {letter}")
    wanted = set(inspect.signature(receivers[letter]).parameters)
    if wanted != set(ids):
        raise NotALetter(f"{letter} takes {sorted(wanted)}, not {sorted(ids)}")
    _queue(letter, ids, at, lock)


def open_letter(letter: str, words: Mapping[str, Any]) -> None:
    """Call a letter's receiver here and now with the words of the queue's row."""
    receiver = receivers[letter]
    readers = _readers(letter, receiver)
    receiver(**{name: read(words[name]) for name, read in readers.items()})


def retry(job_id: int, *, at: datetime) -> bool:
    """Put a job that was given up back into the queue; False if it is not one of those."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM procrastinate_jobs WHERE id = %s AND status = 'failed' FOR UPDATE",
            [job_id],
        )
        if cursor.fetchone() is None:
            return False
    app.job_manager.retry_job_by_id(job_id, retry_at=at)
    return True


def next_run(name: str, *, after: datetime) -> datetime:
    """When a periodic job's next turn comes."""
    found: datetime = croniter(timetable[name], timezone.localtime(after)).get_next(datetime)
    return found


@app.periodic(cron="* * * * *")
@app.task(name="jobs.take_up_stalled", pass_context=True)
async def take_up_stalled(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Take up the jobs of workers that died; one that outlived every try is given up.

    It holds no lock, or its own death would shut it out for ever.
    """
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        try:
            if job.attempts < TRIES - 1:
                await manager.retry_job(job)
            else:
                await manager.finish_job(job, status=Status.FAILED, delete_job=False)
                await sync_to_async(failures.record)(job.id, job.task_name, "WorkerDied")
        except ConnectorException:
            continue  # another worker took it up, or the slow one finished it after all


def _queue(letter: str, ids: Mapping[str, Value], at: datetime | None, lock: str | None) -> int:
    words = {name: _as_text(name, value) for name, value in ids.items()}
    options: dict[str, Any] = {"schedule_at": at} if at else {}
    deferrer = app.configure_task(letter, lock=lock, **options)
    return deferrer.defer(**words)


def _refuse_name(name: str) -> None:
    if not NAME.fullmatch(name):
        raise NotALetter(f"{name} is not of the form package.what_it_does")
    if name in receivers or name in timetable:
        raise NotALetter(f"{name} has a receiver already")


def _as_text(name: str, value: Value) -> str | int:
    if isinstance(value, datetime) and value.tzinfo is None:
        raise NotALetter(f"{name} is a moment without a zone")
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):  # a datetime is a date
        return value.isoformat()
    if isinstance(value, int) or (isinstance(value, str) and len(value) <= LONGEST_TEXT):
        return value
    raise NotALetter(f"{name} is not an id, a day or a short code")


READERS: dict[Any, Callable[[Any], Value]] = {
    UUID: UUID,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    str: str,
    int: int,
}


def _readers(letter: str, receiver: Callable[..., None]) -> dict[str, Callable[[Any], Value]]:
    parameters = inspect.signature(receiver, eval_str=True).parameters.values()
    try:
        return {parameter.name: READERS[parameter.annotation] for parameter in parameters}
    except KeyError as kind:
        raise NotALetter(f"{letter} has a parameter of the kind {kind}") from None


def _in_utc(cron: str) -> str:
    """The queue reads every timetable in UTC; ours are told in the installation's time.

    Refuses (NotALetter) an hour on certain days only: it may fall on another day in UTC.
    """
    minute, hour, *days = cron.split()
    if not hour.isdecimal():
        return cron
    if days != ["*", "*", "*"]:
        raise NotALetter(f"{cron}: an hour is told for every day or for none")
    offset = datetime(2026, 1, 1, tzinfo=timezone.get_default_timezone()).utcoffset()
    ahead = int((offset or timedelta()).total_seconds() // 3600)
    return f"{minute} {(int(hour) - ahead) % 24} * * *"


def _gap(cron: str) -> timedelta:
    turns = croniter(cron, datetime(2026, 1, 1, tzinfo=timezone.get_default_timezone()))
    first: datetime = turns.get_next(datetime)
    second: datetime = turns.get_next(datetime)
    return second - first


@periodic("jobs.forget_done", cron="41 * * * *")
def forget_done(*, at: datetime) -> None:
    """Delete what was done two days ago; of each periodic job the last run stays to be seen."""
    names = list(timetable)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM procrastinate_jobs job
            WHERE (status = 'succeeded' OR (status = 'failed' AND task_name = ANY(%(names)s)))
              AND NOT EXISTS (SELECT 1 FROM procrastinate_events
                              WHERE job_id = job.id AND at > %(limit)s)
              AND id NOT IN (SELECT max(id) FROM procrastinate_jobs
                             WHERE task_name = ANY(%(names)s) GROUP BY task_name)
            """,
            {"names": names, "limit": at - KEPT},
        )
        cursor.execute(
            "SELECT id FROM procrastinate_jobs WHERE id = ANY(%s) AND status <> 'succeeded'",
            [failures.known()],
        )
        failures.forget_all_but([row[0] for row in cursor.fetchall()])
