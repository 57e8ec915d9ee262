"""Load the rulebook from its files, and write down what a compound decided for itself."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
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
def load_rulebook(files: Mapping[str, str] | None = None, *, at: datetime | None = None) -> Loading:
    """Make the rules of the database those of the files, the repository's unless others are given.

    What changed acts from the day of `at` (now unless given); what stood before keeps its days.
    Twice does no more than once.  Refuses (`rules.files.Unreadable`) with all that is wrong with
    the files, changing nothing.
    """
    at = at or timezone.now()
    entries = {
        entry.identity: entry for entry in parse(repository_files() if files is None else files)
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_LOADING])
    entered_at = at if Rule.objects.exists() else None
    standing = {(row.key, row.region, row.effective_from): row for row in Rule.objects.standing()}
    added = [entry for identity, entry in entries.items() if identity not in standing]
    removed = [row for identity, row in standing.items() if identity not in entries]
    kept = [(row, entries[identity]) for identity, row in standing.items() if identity in entries]
    changed = [(row, entry) for row, entry in kept if _differs(row, entry)]
    # a rule that only moved to another line of the book says what it said
    moved = [(row, entry) for row, entry in kept if row.position != entry.position]
    for row, entry in moved:
        row.position = entry.position
    Rule.objects.bulk_update([row for row, _entry in moved], ["position"])
    _leave([row for row, _entry in changed] + removed, at)
    Rule.objects.bulk_create(
        [
            *(Rule(**asdict(entry), entered_at=entered_at) for entry in added),
            *(past for row in removed if (past := _past(row, row.effective_to, at))),
            *(new for row, entry in changed for new in _corrected(row, entry, at)),
        ]
    )
    return Loading(_names(added), _names([row for row, _ in changed]), _names(removed))


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


def _differs(row: Rule, entry: Entry) -> bool:
    """Whether it says something else, wherever it stands in the book."""
    said = asdict(entry)
    return any(getattr(row, name) != said[name] for name in said.keys() - {"position"})


def _leave(rows: list[Rule], at: datetime) -> None:
    for row in rows:
        row.left_at = at
    Rule.objects.bulk_update(rows, ["left_at"])


def _corrected(row: Rule, entry: Entry, at: datetime) -> Iterator[Rule]:
    """What follows a row whose entry says something else.

    Another last day is the law's own and holds of all days.  Anything else acts from the day of
    loading: up to then the row goes on saying what it said.
    """
    acts_from = row.acts_from
    if _differs(row, replace(entry, effective_to=row.effective_to)):
        acts_from = timezone.localdate(at)
        if past := _past(row, entry.effective_to, at):
            yield past
    yield Rule(**asdict(entry), acts_from=acts_from, entered_at=at)


def _past(row: Rule, effective_to: date | None, at: datetime) -> Rule | None:
    """What the row said, of the days before this one; None if it never acted on one."""
    yesterday = timezone.localdate(at) - ONE_DAY
    if row.acts_from is not None and row.acts_from > yesterday:
        return None
    said = {name: getattr(row, name) for name in Entry.__dataclass_fields__}
    return Rule(
        **said | {"effective_to": effective_to},
        acts_from=row.acts_from,
        acts_until=yesterday,
        entered_at=at,
    )


def _names(rules: list[Entry] | list[Rule]) -> tuple[str, ...]:
    return tuple(sorted(f"{rule.key} {rule.region} {rule.effective_from}" for rule in rules))
