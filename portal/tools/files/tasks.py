"""What is done to files every night."""

from datetime import datetime

from portal.tools import jobs

from . import actions


@jobs.periodic("files.clear_orphans", cron="41 3 * * *")
def clear_orphans(*, at: datetime) -> None:
    actions.clear_orphans(at=at)
