"""The one door to the task queue: letters, their receivers, and what runs on a timetable.

A letter is a row written in the caller's own transaction, so that neither exists without the
other.  It carries ids, days and codes only.  A receiver may be called twice and must be safe to.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from asgiref.sync import async_to_sync
from django.db.models import Min
from django.utils import timezone
from procrastinate import App, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

Receiver = TypeVar("Receiver", bound=Callable[..., None])
Value = UUID | date | str | int

LONGEST_TEXT = 100
TRIES = 8
RETRY = RetryStrategy(max_attempts=TRIES, exponential_wait=3)
STALLED_AFTER = 30.0  # seconds without a heartbeat

receivers: dict[str, Callable[..., None]] = {}
_captured: list[tuple[str, dict[str, Value]]] | None = None


class NotALetter(ValueError):
    """What was to be sent is not for a letter: an unknown receiver, parameter or kind of value."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A letter given up after its last try."""

    id: int
    letter: str
    facts: Mapping[str, Any]
    tries: int
    since: datetime | None


def receives(letter: str) -> Callable[[Receiver], Receiver]:
    """Register a function as the receiver of `letter`; its parameters are by name and typed."""

    def register(receiver: Receiver) -> Receiver:
        readers = _readers(letter, receiver)

        def run(**words: Any) -> None:
            receiver(**{name: read(words[name]) for name, read in readers.items()})

        app.task(name=letter, retry=RETRY)(run)
        receivers[letter] = receiver
        return receiver

    return register


def periodic(letter: str, *, cron: str) -> Callable[[Receiver], Receiver]:
    """Register a function to be run on a timetable with the moment as `at`; one at a time."""

    def register(receiver: Receiver) -> Receiver:
        def run(timestamp: int) -> None:  # noqa: ARG001 - the library names it
            receiver(at=timezone.now())

        task = app.task(name=letter, queueing_lock=letter, lock=letter)(run)
        app.periodic(cron=cron)(task)
        return receiver

    return register


def send(letter: str, *, at: datetime | None = None, lock: str | None = None, **ids: Value) -> None:
    """Send a letter in the caller's transaction, to be opened at `at` or as soon as it commits."""
    _refuse_unknown(letter, ids)
    if _captured is not None:
        _captured.append((letter, ids))
        return
    words = {name: _as_text(name, value) for name, value in ids.items()}
    options: dict[str, Any] = {"schedule_at": at} if at else {}
    app.configure_task(letter, allow_unknown=False, lock=lock, **options).defer(**words)


@contextmanager
def captured(kept: list[tuple[str, dict[str, Value]]]) -> Iterator[None]:
    """Put letters into `kept` instead of sending them, for tests."""
    global _captured  # noqa: PLW0603 - one door, one flap
    before, _captured = _captured, kept
    try:
        yield
    finally:
        _captured = before


def open_letter(letter: str, **ids: Value) -> None:
    """Call a letter's receiver here and now, for tests."""
    receivers[letter](**ids)


def dead_letters() -> list[DeadLetter]:
    """The letters that were given up, the newest first; at most 200."""
    rows = ProcrastinateJob.objects.filter(status="failed").order_by("-id")[:200]
    return [
        DeadLetter(row.id, row.task_name, row.args, row.attempts, row.scheduled_at) for row in rows
    ]


def retry(letter_id: int) -> None:
    """Try a letter that was given up once more."""
    app.job_manager.retry_job_by_id(letter_id, retry_at=timezone.now())


def waiting(at: datetime) -> int:
    """How many letters are due and not yet opened."""
    return _due(at).count()


def oldest_wait(at: datetime) -> timedelta:
    """How long the oldest due letter has waited; zero if none does."""
    queued = (
        _due(at)
        .filter(events__type__in=["deferred", "deferred_for_retry"])
        .aggregate(since=Min("events__at"))["since"]
    )
    return max(at - queued, timedelta(0)) if queued else timedelta(0)


def on_app_ready(ready: App) -> None:
    """Told by the library when its application stands; tasks were found by autodiscovery."""


def _due(at: datetime) -> Any:
    rows = ProcrastinateJob.objects.filter(status="todo")
    return rows.filter(scheduled_at__isnull=True) | rows.filter(scheduled_at__lte=at)


def _refuse_unknown(letter: str, ids: Mapping[str, Value]) -> None:
    if letter not in receivers:
        raise NotALetter(f"nobody receives {letter}")
    wanted = set(inspect.signature(receivers[letter]).parameters)
    if wanted != set(ids):
        raise NotALetter(f"{letter} takes {sorted(wanted)}, not {sorted(ids)}")
    for name, value in ids.items():
        _as_text(name, value)


def _as_text(name: str, value: Value) -> str | int:
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
    hints = inspect.signature(receiver, eval_str=True).parameters
    try:
        return {name: READERS[parameter.annotation] for name, parameter in hints.items()}
    except KeyError as kind:
        raise NotALetter(f"{letter} has a parameter of the kind {kind}") from None


@app.periodic(cron="* * * * *")
@app.task(name="jobs.take_up_stalled", queueing_lock="jobs.take_up_stalled", pass_context=False)
def take_up_stalled(timestamp: int) -> None:  # noqa: ARG001 - the library names it
    """Put letters whose worker died back into the queue."""
    async_to_sync(_take_up_stalled)()


async def _take_up_stalled() -> None:
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        await manager.retry_job(job)
