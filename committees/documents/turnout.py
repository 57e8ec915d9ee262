"""Who has taken part, scope by scope, in words."""

from dataclasses import dataclass

from committees.models import Meeting
from committees.queries.pages import LedgerState
from portal.tools.ui.gauges import Gauge

from . import wording
from .counted import gauges


@dataclass(frozen=True, slots=True)
class TurnoutLine:
    scope: str
    gauges: tuple[Gauge, Gauge]


def turnout_lines(meeting: Meeting, state: LedgerState) -> list[TurnoutLine]:
    """Heads and area of each scope that is voted on, as the ledger stands."""
    counts_parking = meeting.roll is not None and meeting.roll.counts_parking
    return [
        TurnoutLine(wording.scope(scope, counts_parking=counts_parking), gauges(gate))
        for scope, gate in state.turnout
    ]
