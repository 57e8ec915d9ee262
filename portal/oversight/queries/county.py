"""The rows behind the county's page: one for each compound, with all that is counted there.

Every figure of the page and every line of its lists is made of these rows, so that a number and
the list it leads to cannot differ.  The number of queries does not grow with the compounds.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from committees.queries import (
    CommitteeStanding,
    MeetingStage,
    ReElection,
    committee_standings,
    meeting_stages,
    re_elections,
    term_marks,
)
from committees.rules.terms import Alert, Mark, alert_on, days_left
from portal.fire.queries import Standing as FireStanding
from portal.places.models import Compound
from portal.publicity.queries import Posted, running_in

from .rolls import rolls_registered
from .scope import Scope, compounds_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CompoundRow:
    """A compound on the day: its committee (None: there is none), meetings, publicities.

    `mark` is the rulebook's for `alert`; a term that is over has none.  `fire` is None until it
    is asked for (queries/fire.py), since it is the dearest to count.
    """

    compound: Compound
    standing: CommitteeStanding | None
    alert: Alert | None
    mark: Mark | None
    days_left: int | None
    re_elections: list[ReElection]
    meetings: list[MeetingStage]
    publicities: list[Posted]
    has_roll: bool = False
    fire: FireStanding | None = None

    @property
    def newly_entered(self) -> int:
        """Party members newly entered by the re-elections of the last twelve months."""
        return sum(one.newly_entered_party_members for one in self.re_elections)


def compound_rows(scope: Scope) -> list[CompoundRow]:
    """A row for each compound asked about, by street, community and name."""
    compounds = compounds_of(scope)
    ids = [compound.pk for compound in compounds]
    standings = committee_standings(ids, on=scope.on, known_at=scope.known_at)
    marks = term_marks(standings, on=scope.on, known_at=scope.known_at)
    alerts = {
        compound: alert_on(scope.on, ends_on=one.ends_on, marks=marks[compound])
        for compound, one in standings.items()
    }
    held = re_elections(
        ids, first_on=scope.year_begins_on, last_on=scope.on, known_at=scope.known_at
    )
    elections = _by_compound((one.compound, one) for one in held)
    called = meeting_stages(ids, at=scope.at)
    meetings = _by_compound((one.meeting.compound_id, one) for one in called)
    rolls = rolls_registered(ids, scope)
    posted = running_in(ids, scope.at)
    publicities = _by_compound((one.publicity.compound_id, one) for one in posted)
    return [
        CompoundRow(
            compound=compound,
            standing=(standing := standings.get(compound.pk)),
            alert=(alert := alerts.get(compound.pk)),
            mark=marks[compound.pk].get(alert) if alert else None,
            days_left=days_left(standing.ends_on, on=scope.on) if standing else None,
            re_elections=elections[compound.pk],
            meetings=meetings[compound.pk],
            publicities=publicities[compound.pk],
            has_roll=compound.pk in rolls,
        )
        for compound in compounds
    ]


def _by_compound(pairs: Iterable[tuple[UUID, T]]) -> defaultdict[UUID, list[T]]:
    found: defaultdict[UUID, list[T]] = defaultdict(list)
    for compound, one in pairs:
        found[compound].append(one)
    return found
