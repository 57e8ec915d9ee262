"""What is done to the cache every hour."""

from datetime import datetime

from portal.tools import jobs

from . import actions


@jobs.periodic("cache.forget", cron="29 * * * *")
def forget(*, at: datetime) -> None:
    actions.forget_what_ran_out(at=at)
