"""Write down what jobs died of."""

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import DatabaseError
from django.utils import timezone

from .models import Failure

logger = logging.getLogger(__name__)


@contextmanager
def recorded(job: int | None, name: str) -> Iterator[None]:
    """Record the class of an error that leaves the block, and let it go on."""
    try:
        yield
    except Exception as trouble:
        try:
            record(job, name, type(trouble).__qualname__)
        except DatabaseError:  # the database itself may be what failed
            logger.warning("failure_not_recorded", extra={"job": job})
        raise


def record(job: int | None, name: str, error: str) -> None:
    """Keep what a job died of; `job` is None only for a job that was never queued."""
    if job is None:
        return
    Failure.objects.update_or_create(
        job=job, defaults={"name": name, "error": error[:200], "at": timezone.now()}
    )


def known() -> list[int]:
    """The jobs of which a failure is kept."""
    return list(Failure.objects.values_list("job", flat=True))


def forget_all_but(jobs: Collection[int]) -> None:
    """Delete the failures of jobs that are no longer there, or went well in the end."""
    Failure.objects.exclude(job__in=jobs).delete()
