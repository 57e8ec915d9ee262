"""What the pages show: what is due today, a place with its equipment, the board of defects."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, QuerySet

from portal.accounts.models import User
from portal.fire.models import Check, Defect, Equipment, FirePlace
from portal.fire.rules.clocks import Clocks, Lives, clocks, lives_keys
from portal.fire.rules.occurrences import Occurrence, State
from portal.places.models import Compound
from portal.rulebook.queries import Rulings, rules_for

from .rounds import Round, rounds
from .standing import LOOKED_BACK


@dataclass(frozen=True, slots=True)
class Line:
    """A duty with one of its occurrences."""

    round: Round
    occurrence: Occurrence


@dataclass(frozen=True, slots=True)
class Today:
    """A compound's duties by where they stand; each list as one walks past the places."""

    on: date
    overdue: list[Line]
    due_today: list[Line]
    later: list[Line]
    done: list[Line]
    missed: list[Line]  # of the last 30 days, the newest first
    empty: list[Check]  # logs of the last 30 days of which no item applied, the newest first


def today(compound: Compound, *, on: date) -> Today:
    """What is due, overdue, missed and to come; 8 queries."""
    since = on - LOOKED_BACK
    empty = checks_of(compound).filter(is_done=False, on__gt=since, on__lte=on)
    found = Today(on, [], [], [], [], [], list(empty))
    for one in rounds([compound.pk], first_on=since, on=on):
        now = one.standing(on)
        if now is not None:
            _place_for(found, now).append(Line(one, now))
        missed = [each for each in one.between(since, on) if each.is_missed]
        found.missed.extend(Line(one, each) for each in missed if each.window.last_on >= since)
    found.later.sort(key=lambda line: line.occurrence.window.last_on)
    found.missed.sort(key=lambda line: line.occurrence.window.last_on, reverse=True)
    return found


def _place_for(found: Today, now: Occurrence) -> list[Line]:
    if now.state is State.OVERDUE:
        return found.overdue
    if now.state is State.DONE:
        return found.done
    return found.due_today if now.window.last_on == found.on else found.later


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of equipment at a place, with its duties and, of an extinguisher, its clocks."""

    equipment: Equipment
    lines: list[Line]
    clocks: Clocks | None


def pieces_at(place: FirePlace, *, on: date) -> list[Piece]:
    """The equipment in use at a place with where each duty stands; 9 queries at most."""
    found: dict[UUID, Piece] = {}
    times = clocks_at(place.compound, on=on)
    for one in rounds([place.compound_id], first_on=on, on=on, place=place.pk):
        now = one.standing(on)
        if now is None:
            continue
        equipment = one.equipment
        piece = found.setdefault(equipment.pk, Piece(equipment, [], times.of(equipment)))
        piece.lines.append(Line(one, now))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class ExtinguisherTimes:
    """The years of each agent in force at a compound."""

    rules: Rulings

    def of(self, equipment: Equipment) -> Clocks | None:
        """An extinguisher's clocks; None where its agent or day of making is not known."""
        if not equipment.agent or equipment.made_on is None:
            return None
        found = [self.rules.get(key) for key in lives_keys(equipment.agent)]
        years = [int(rule.value) for rule in found if rule is not None]
        if len(years) < len(found):
            return None
        lives = Lives(*years)
        return clocks(lives, made_on=equipment.made_on, serviced_on=equipment.serviced_on)


def clocks_at(compound: Compound, *, on: date) -> ExtinguisherTimes:
    """2 queries."""
    agents = ("water", "powder", "gas", "co2")
    keys = [key for agent in agents for key in lives_keys(agent)]
    return ExtinguisherTimes(rules_for(keys, at_compound=compound, on=on))


def places_of(compound: Compound) -> QuerySet[FirePlace]:
    """Every place with its equipment, those in use first, by digits."""
    return (
        FirePlace.objects.filter(compound=compound)
        .select_related("compound", "building", "stairwell__building")
        .prefetch_related("equipment")
        .order_by(F("retired_on").desc(nulls_first=True), "code")
    )


def defects_of(compound: Compound) -> QuerySet[Defect]:
    """The board: open ones by deadline, then those closed, the last first."""
    return (
        Defect.objects.filter(compound=compound)
        .with_state()
        .select_related("compound", "equipment__place", "check_made__equipment")
        .order_by(F("closed_at").desc(nulls_first=True), "due_at", "number")
    )


def state_of(defect: Defect) -> Defect.State:
    """Where a defect stands; it comes from `with_state`."""
    facts = vars(defect)
    if facts["closed_at"]:
        return Defect.State.CLOSED
    repaired, rechecked = facts["repaired"] or 0, facts["rechecked"] or 0
    if repaired > rechecked:
        return Defect.State.REPAIRED
    return Defect.State.SENT_BACK if rechecked else Defect.State.OPEN


def is_overdue(defect: Defect, at: datetime) -> bool:
    """Not closed, and its deadline has passed; it comes from `with_state`."""
    return not vars(defect)["closed_at"] and defect.is_past_due(at)


def checks_of(compound: Compound) -> QuerySet[Check]:
    """The log, the newest first."""
    rows = Check.objects.filter(compound=compound)
    return rows.select_related("compound", "equipment", "place").order_by("-seq")


def names_of(ids: set[UUID]) -> Mapping[UUID, str]:
    """The names of users, for pages whose readers may know them."""
    return {user.pk: user.name for user in User.objects.filter(pk__in=ids)}
