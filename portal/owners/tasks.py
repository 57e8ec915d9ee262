"""What is forgotten every night: files of the roll that nobody took in."""

from datetime import datetime

from portal.tools import jobs

from . import actions


@jobs.periodic("owners.forget_uploads", cron="23 3 * * *")
def forget_uploads(*, at: datetime) -> None:
    actions.forget_uploads(at=at)
