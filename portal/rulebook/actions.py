"""Load the rulebook from its files, and write down what a compound decided for itself."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from portal.places.models import Compound
from portal.tools.audit.actions import note

from .models import CompoundRule, Rule
from .queries import rules_for
from .repository import repository_files
from .rules.entries import Entry
from .rules.files import parse
from .rules.numbers import number
from .rules.room import (
    Obstacle,
    Reason,
    Room,
    clause_obstacles,
    crosses,
    partner_of,
    to_set,
)

ONE_LOADING = 7_253_117  # the number of the lock under which one loading runs at a time
ONE_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Loading:
    """What a loading did, each rule as "key region day"."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


class RuleRefused(Exception):
    """A compound's own number that may not stand; `obstacles` is every reason."""

    def __init__(self, obstacles: tuple[Obstacle, ...]) -> None:
        super().__init__(", ".join(obstacle.reason for obstacle in obstacles))
        self.obstacles = obstacles


@transaction.atomic
def load_rulebook(files: Mapping[str, str] | None = None) -> Loading:
    """Make the rules of the database those of the files, the repository's unless others are given.

    Twice does no more than once.  Refuses (`rules.files.Unreadable`) with all that is wrong with
    the files, changing nothing.
    """
    entries = {
        entry.identity: entry for entry in parse(repository_files() if files is None else files)
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_LOADING])
    standing = {(row.key, row.region, row.effective_from): row for row in Rule.objects.all()}
    added = [entry for identity, entry in entries.items() if identity not in standing]
    taken = {
        identity: _take(row, entries[identity])
        for identity, row in standing.items()
        if identity in entries
    }
    touched = [standing[identity] for identity, fields in taken.items() if fields]
    # a rule that only moved to another line of the book says what it said
    changed = [standing[identity] for identity, fields in taken.items() if fields - {"position"}]
    removed = [row for identity, row in standing.items() if identity not in entries]
    Rule.objects.filter(pk__in=[row.pk for row in removed]).delete()
    Rule.objects.bulk_create([Rule(**asdict(entry)) for entry in added])
    if touched:
        Rule.objects.bulk_update(touched, list(Entry.__dataclass_fields__))
    return Loading(_names(added), _names(changed), _names(removed))


@transaction.atomic
def set_compound_rule(
    compound: Compound,
    key: str,
    value: int | Fraction | str,
    clause: str,
    *,
    by: UUID | None,
    at: datetime,
) -> CompoundRule:
    """Let the compound's own number for `key` stand from the day of `at` on.

    What stood before ends the day before; a second decision of one day replaces the first.  The
    same again changes nothing.  Refuses (`RuleRefused`) with every reason.
    """
    Compound.objects.select_for_update(no_key=True).get(pk=compound.pk)
    on, text, clause = timezone.localdate(at), str(value).strip(), clause.strip()
    standing = CompoundRule.objects.filter(compound=compound, key=key, effective_to=None).first()
    if obstacles := _obstacles(compound, key, text, clause, standing, on):
        raise RuleRefused(obstacles)
    if standing is not None and (standing.value, standing.clause) == (text, clause):
        return standing
    stood = standing.value if standing is not None else ""
    made = _replaced(standing, on) or CompoundRule(compound=compound, key=key, effective_from=on)
    made.value, made.clause, made.by = text, clause, by
    made.save()
    facts = {"key": key, "value": text, "before": stood, "from": on.isoformat()}
    note("rulebook.set_compound_rule", made, by=by, at=at, facts=facts)
    return made


def _obstacles(
    compound: Compound,
    key: str,
    text: str,
    clause: str,
    standing: CompoundRule | None,
    on: date,
) -> tuple[Obstacle, ...]:
    found = rules_for([key, partner_of(key)], at_compound=compound, on=on)
    law, partner = found.get(key), found.get(partner_of(key))
    obstacles = list(clause_obstacles(clause))
    if standing is not None and standing.effective_from > on:
        facts = {"from": standing.effective_from}
        obstacles.append(Obstacle(Reason.LATER_RULE_STANDS, facts))
    if law is None:
        return (Obstacle(Reason.NO_RULE, {"key": key}), *obstacles)
    of_number = to_set(law.unit, Room(law.room), law.legal, text)
    if not of_number and partner is not None and crosses(key, number(text), partner.value):
        of_number = (Obstacle(Reason.CROSSES_PARTNER, {"partner": partner.text}),)
    return (*of_number, *obstacles)


def _replaced(standing: CompoundRule | None, on: date) -> CompoundRule | None:
    """End what stands, the day before; the row itself if it began today, to be written over."""
    if standing is None or standing.effective_from == on:
        return standing
    standing.effective_to = on - ONE_DAY
    standing.save(update_fields=["effective_to"])
    return None


def _take(row: Rule, entry: Entry) -> set[str]:
    """Give the row the entry's fields; the names of those that it did not have yet."""
    fields = asdict(entry)
    new = {name for name, value in fields.items() if getattr(row, name) != value}
    for name in new:
        setattr(row, name, fields[name])
    return new


def _names(rules: list[Entry] | list[Rule]) -> tuple[str, ...]:
    return tuple(sorted(f"{rule.key} {rule.region} {rule.effective_from}" for rule in rules))
