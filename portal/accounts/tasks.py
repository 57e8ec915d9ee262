"""What is forgotten every night: accounts never finished, sessions that have run out."""

from datetime import datetime

from portal.tools import jobs

from . import actions, visits


@jobs.periodic("accounts.forget", cron="17 3 * * *")
def forget(*, at: datetime) -> None:
    actions.forget_unfinished(at=at)
    actions.forget_ended_sessions(at=at)
    visits.forget_ended()
