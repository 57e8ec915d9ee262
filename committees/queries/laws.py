"""The bars by which owners decide, of any day, from the rulebook's own files: no database."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from committees.rules.figures import Law
from committees.rules.matters import BarName
from committees.rules.thresholds import Bar, GateName
from portal.rulebook.repository import repository_entries
from portal.rulebook.rules.entries import Entry
from portal.rulebook.rules.numbers import number
from portal.rulebook.rules.regions import COUNTRY
from portal.rulebook.rules.resolve import in_force

PARTICIPATION = "voting.participation"
AGREEMENT = {BarName.ORDINARY: "voting.ordinary", BarName.SPECIAL: "voting.special"}
OF_ALL = "share-of-all"


@dataclass(frozen=True, slots=True)
class LawOfTheDay:
    """The bars as values, and the rules of the book they come from."""

    law: Law
    participation: Entry
    agreement: Entry

    def entry(self, gate: GateName) -> Entry:
        return self.participation if gate is GateName.PARTICIPATION else self.agreement


def law_of(day: date, bar: BarName) -> LawOfTheDay:
    """The whole country's bars on the day; of a day before the book begins, the oldest it has."""
    participation = _entry(PARTICIPATION, day)
    agreement = {name: _entry(key, day) for name, key in AGREEMENT.items()}
    chosen = agreement[bar]
    law = Law(
        participation=_bar(participation),
        agreement={name: _bar(entry) for name, entry in agreement.items()},
        of_all=chosen.unit == OF_ALL,
        is_past=chosen.effective_to is not None,
    )
    return LawOfTheDay(law, participation, chosen)


def _entry(key: str, day: date) -> Entry:
    rows = [row for row in repository_entries() if (row.key, row.region) == (key, COUNTRY)]
    first = min(row.effective_from for row in rows)
    found = in_force(rows, region=COUNTRY, on=max(day, first))
    if found is None:
        raise LookupError(f"no rule {key} on {day}")
    return found


def _bar(entry: Entry) -> Bar:
    return Bar(Fraction(number(entry.value)), entry.operator == ">=")
