"""Changes to what is remembered."""

from datetime import datetime

from .models import Kept, Limit


def forget_what_ran_out(*, at: datetime) -> int:
    """Delete the rows whose time is over; how many."""
    return sum(table.objects.filter(until__lte=at).delete()[0] for table in (Limit, Kept))
