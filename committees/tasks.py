"""What meetings do on a timetable."""

from datetime import datetime

from committees import actions
from committees.models import Meeting
from portal.tools import jobs


@jobs.periodic("committees.grow_ledgers", cron="* * * * *")
def grow_ledgers(*, at: datetime) -> None:  # noqa: ARG001 - the timetable names it
    """Bring the ledger and the turnout of every open meeting up to date; trouble with one is
    raised after all others have grown."""
    troubles = []
    for meeting in Meeting.objects.filter(stage__in=[Meeting.Stage.OPEN, Meeting.Stage.CLOSED]):
        try:
            actions.grow_ledger(meeting)
        except Exception as trouble:
            troubles.append(trouble)
    if troubles:
        raise ExceptionGroup("ledgers that did not grow", troubles)
