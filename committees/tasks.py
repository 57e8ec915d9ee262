"""What meetings do on a timetable."""

from datetime import datetime

from committees import actions
from committees.models import Meeting
from portal.tools import jobs


@jobs.periodic("committees.grow_ledgers", cron="* * * * *")
def grow_ledgers(*, at: datetime) -> None:  # noqa: ARG001 - the timetable names it
    """Bring the ledger and the turnout of every open meeting up to date."""
    for meeting in Meeting.objects.filter(stage__in=[Meeting.Stage.OPEN, Meeting.Stage.CLOSED]):
        actions.grow_ledger(meeting)
