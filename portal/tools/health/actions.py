"""What an operator does to the queue, audited."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from portal.tools import jobs
from portal.tools.audit.actions import note


@transaction.atomic
def retry(ids: Iterable[int], *, by: UUID, at: datetime) -> int:
    """Put jobs that were given up back into the queue; how many of them still were."""
    retried = [job for job in ids if jobs.retry(job, at=at)]
    if retried:
        note("jobs.retried", None, by=by, at=at, facts={"jobs": retried})
    return len(retried)
