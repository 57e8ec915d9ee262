"""When a committee is to be reminded that its term ends: the marks of the rulebook."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from committees.rules.terms import Alert, Mark
from portal.rulebook.queries import Rulings, rules_for_each

ALERT_RULES = {
    Alert.RED: "term.alert.red.days",
    Alert.THIRD: "term.alert.third.days",
    Alert.SECOND: "term.alert.second.days",
    Alert.FIRST: "term.alert.first.days",
}


def term_marks(
    compound_ids: Iterable[UUID], *, on: date, known_at: datetime | None = None
) -> dict[UUID, dict[Alert, Mark]]:
    """The marks that hold for each compound's committee on the day; 3 queries."""
    found = rules_for_each(ALERT_RULES.values(), compound_ids, on=on, known_at=known_at)
    return {compound: _marks(rules) for compound, rules in found.items()}


def _marks(rules: Rulings) -> dict[Alert, Mark]:
    return {
        alert: Mark(int(rules[key].value), rules[key].inclusive)
        for alert, key in ALERT_RULES.items()
        if key in rules
    }
