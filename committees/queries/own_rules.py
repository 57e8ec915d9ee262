"""The numbers a compound may decide for itself, as they stand there on a day."""

from dataclasses import dataclass, field
from datetime import date

from portal.places.models import Compound
from portal.rulebook.models import Rule
from portal.rulebook.queries import InForce, rules_for


@dataclass(frozen=True, slots=True)
class Subject:
    """A heading of the rulebook with the rules under it that leave a compound room."""

    name: str
    rules: list[InForce] = field(default_factory=list)


def settable_rules(compound: Compound, on: date) -> list[Subject]:
    """Every rule in force that leaves the compound room, in the book's order; 3 queries."""
    rows = Rule.objects.in_force(on).exclude(room="").order_by("position", "key")
    subjects: dict[str, str] = {}
    for key, subject in rows.values_list("key", "subject"):
        subjects.setdefault(key, subject)
    found = rules_for(subjects, at_compound=compound, on=on)
    shelves: dict[str, Subject] = {}
    for key, subject in subjects.items():
        rule = found.get(key)
        if rule is not None and rule.room:
            shelves.setdefault(subject, Subject(subject)).rules.append(rule)
    return list(shelves.values())
