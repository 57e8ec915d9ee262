"""The rules a meeting goes by, from the rulebook, on the day it needs them."""

from datetime import datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from committees.models import Matter, Meeting
from committees.rules import manifest as manifests
from committees.rules.matters import (
    BarName,
    Decision,
    Deemed,
    Duplicate,
    Election,
    Rules,
    Tie,
)
from committees.rules.matters import Candidate as Standing
from committees.rules.matters import Matter as MatterValue
from committees.rules.matters import Meeting as MeetingValue
from committees.rules.thresholds import Bar, Measure
from committees.rules.timetable import Periods
from portal.owners.queries import PARKING_COUNTS
from portal.places.models import Compound
from portal.rulebook.queries import InForce, rules_for

SHANGHAI = ZoneInfo("Asia/Shanghai")
BARS = {
    "participation": "voting.participation",
    "ordinary": "voting.ordinary",
    "special": "voting.special",
}
VALIDITY = "committee.validity.share"
PARTY_TARGET = "party.share.target"  # a place may have none
FIRST_NOTICE = "formation.notice.days"  # of the first meeting, where a place sets one
PERIODS = (
    "meeting.notice.days",
    "publicity.candidates.days",
    "voting.days.min",
    "voting.days.max",
    "voting.days.usual.min",
    "voting.days.usual.max",
    FIRST_NOTICE,
)


def local(at: datetime) -> datetime:
    """The moment on the compound's clock."""
    return at.astimezone(SHANGHAI)


def periods(compound: Compound, at: datetime, *, kind: str = Meeting.Kind.REGULAR) -> Periods:
    """The periods of a meeting of this kind, one call of the rulebook; a first meeting keeps the
    longer of its own notice and every meeting's."""
    found = rules_for(PERIODS, at_compound=compound, on=local(at).date())
    notice = [found["meeting.notice.days"]]
    if kind == Meeting.Kind.FIRST and FIRST_NOTICE in found:
        notice.append(found[FIRST_NOTICE])
    return Periods(
        notice=max(int(rule.value) for rule in notice),
        candidates=int(found["publicity.candidates.days"].value),
        voting_least=int(found["voting.days.min"].value),
        voting_most=int(found["voting.days.max"].value),
        firm=frozenset(key for key, rule in found.items() if not rule.is_waivable),
    )


def days_of(key: str, compound: Compound, at: datetime) -> int:
    """The days of one rule, such as a publicity's."""
    return int(rules_for([key], at_compound=compound, on=local(at).date())[key].value)


def usual_voting_days(compound: Compound, at: datetime) -> int:
    """How long voting usually lasts: the usual days where they are lawful, else the law's."""
    found = rules_for(PERIODS, at_compound=compound, on=local(at).date())
    least, most, *usual = (int(found[key].value) for key in PERIODS[2:6])
    shortest, longest = usual
    return min(max(least, shortest), max(least, longest), most)


def committee_size(compound: Compound, at: datetime) -> tuple[int | None, int | None]:
    """The usual least and most members of a committee, where the rulebook has them."""
    keys = ["committee.size.min", "committee.size.max"]
    found = rules_for(keys, at_compound=compound, on=local(at).date())
    least, most = (found.get(key) for key in keys)
    return int(least.value) if least else None, int(most.value) if most else None


def validity(compound: Compound, at: datetime) -> Bar | None:
    """What share of its seats must be elected for a committee to stand, None where no rule is."""
    rule = rules_for([VALIDITY], at_compound=compound, on=local(at).date()).get(VALIDITY)
    return _bar(rule) if rule else None


def result_days(compound: Compound, at: datetime) -> int:
    return days_of("publicity.result.days", compound, at)


def term_years(compound: Compound, at: datetime) -> tuple[int | None, int]:
    """The least and the most years of a committee's term; not every place sets the least."""
    keys = ["term.years.min", "term.years.max"]
    found = rules_for(keys, at_compound=compound, on=local(at).date())
    least = found.get(keys[0])
    return int(least.value) if least else None, int(found[keys[1]].value)


def rules_of_the_day(meeting: Meeting, at: datetime) -> tuple[dict[str, Any], dict[str, str]]:
    """The rules as the record's manifest writes them, and for each bar its source in words.

    The first valid ballot counts (law.md §4.6 EV-03), a tie across the last seat is left to a
    runoff, heads are ranked before area, nobody is deemed to have voted (§9.1).
    """
    keys = [*BARS.values(), PARTY_TARGET, PARKING_COUNTS]
    found = rules_for(keys, at_compound=meeting.compound, on=local(at).date())
    target = found.get(PARTY_TARGET)
    bars = {name: found[key] for name, key in BARS.items()}
    rules = Rules(
        **{name: _bar(rule) for name, rule in bars.items()},
        party_target=_bar(target) if target else None,
        duplicate=Duplicate.FIRST,
        deemed=Deemed.NONE,
        rank_by=(Measure.HEADS, Measure.AREA),
        tie=Tie.RUNOFF,
        lot_seed="",
    )
    told = bars | {
        name: found[key]
        for name, key in (("party_target", PARTY_TARGET), ("parking", PARKING_COUNTS))
        if key in found
    }
    return manifests.rules_values(rules), {name: rule.source for name, rule in told.items()}


def rules_of(meeting: Meeting) -> Rules:
    """The meeting's fixed rules as values."""
    return manifests.read_rules(meeting.rules)


def plan(meeting: Meeting) -> manifests.Plan:
    """What is voted on, as the tables have it now."""
    matters = Matter.objects.filter(compound_id=meeting.compound_id, meeting=meeting)
    values = tuple(
        _matter_value(matter)
        for matter in matters.order_by("position").prefetch_related("candidates")
    )
    return manifests.Plan(
        compound_code=meeting.compound.code,
        compound_name=meeting.compound.name,
        number=meeting.number,
        title=meeting.title,
        closes_at=meeting.closes_at,
        meeting=MeetingValue(rules_of(meeting), values),
    )


def _matter_value(matter: Matter) -> MatterValue:
    if matter.kind == Matter.Kind.DECISION:
        return Decision(
            matter.code,
            matter.title,
            BarName(matter.bar),
            matter.scope,
            tuple(matter.options),
            Deemed.NONE,
        )
    standing = [who for who in matter.candidates.all() if who.withdrawn_at is None]
    return Election(
        id=matter.code,
        title=matter.title,
        bar=BarName(matter.bar),
        scope=matter.scope,
        seats=matter.seats or 0,
        alternates=matter.alternates or 0,
        max_choices=matter.max_choices or 0,
        candidates=tuple(
            Standing(who.code, who.name, who.is_party_member)
            for who in sorted(standing, key=lambda who: who.position)
        ),
    )


def _bar(rule: InForce) -> Bar:
    return Bar(Fraction(rule.value), rule.inclusive)
