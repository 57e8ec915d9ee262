"""Which obstacles were waived, and which still stand in the way."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from committees.models import Meeting, Waiver
from committees.rules.timetable import Obstacle, Step
from portal.approvals.models import Request
from portal.approvals.queries import open_requests
from portal.rulebook.queries import rule_for, rules_for

from .rules import local

KIND = "committees.waive"
USED_WITHIN = "approvals.waiver.used.hours"
PROGRESS = frozenset({"days", "due_on"})  # what changes from day to day while nothing else does


def facts_of(obstacle: Obstacle) -> dict[str, Any]:
    """What a waiver of it must be about, as JSON keeps it."""
    return {
        name: fact.isoformat() if isinstance(fact, date | datetime) else fact
        for name, fact in obstacle.facts.items()
        if name not in PROGRESS
    }


def is_about(written: Mapping[str, Any], obstacle: Obstacle) -> bool:
    """Whether what was written down names this obstacle as it stands today."""
    return (written["code"], written["facts"]) == (obstacle.code.value, facts_of(obstacle))


def written_down(
    meeting: Meeting, obstacles: Iterable[Obstacle], at: datetime
) -> list[dict[str, Any]]:
    """The obstacles as a request and a waiver keep them, each with the rule that it skips."""
    found = list(obstacles)
    keys = [one.rule for one in found if one.rule]
    rules = rules_for(keys, at_compound=meeting.compound, on=local(at).date())
    return [
        {
            "code": one.code.value,
            "facts": facts_of(one),
            "rule": rules[one.rule].title if one.rule else "",
            "source": rules[one.rule].source if one.rule else "",
        }
        for one in found
    ]


def still_blocking(
    meeting: Meeting, step: Step, obstacles: tuple[Obstacle, ...], at: datetime
) -> tuple[Obstacle, ...]:
    """The obstacles that no waiver in its time covers, as it was agreed to."""
    if not any(one.may_be_waived for one in obstacles):
        return obstacles
    hours = rule_for(USED_WITHIN, at_compound=meeting.compound, on=local(at).date()).value
    since = at - timedelta(hours=int(hours))
    agreed = Waiver.objects.filter(
        compound_id=meeting.compound_id, meeting=meeting, step=step, at__gt=since, at__lte=at
    ).exclude(obstacles=[])
    written = [each for one in agreed for each in one.obstacles]
    return tuple(
        one
        for one in obstacles
        if not (one.may_be_waived and any(is_about(each, one) for each in written))
    )


def waiver_asked(meeting: Meeting, at: datetime) -> Request | None:
    """The request for a waiver that waits for an answer, if there is one."""
    return open_requests(KIND, meeting.compound, at, target=meeting.pk).first()
