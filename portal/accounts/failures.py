"""Failed sign-ins, in the audit of whom they were meant for and in the log: never a phone."""

import logging
from datetime import datetime

from portal.tools.audit.actions import note

from .models import User

logger = logging.getLogger(__name__)


def put_down(user: User | None, method: str, *, at: datetime) -> None:
    """Somebody gave a wrong password, code or second factor (`method`); `user` is None where it
    is nobody's account."""
    logger.warning("sign-in failed: %s %s", method, user.code if user else "nobody")
    if user is not None:
        note("accounts.failed_sign_in", user, by=None, at=at, facts={"method": method})


def refused(method: str) -> None:
    """A try was not looked at, for there were too many."""
    logger.warning("sign-in refused: too many tries by %s", method)
