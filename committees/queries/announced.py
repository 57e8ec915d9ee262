"""What a meeting's notice announced, and whether the tables still say it."""

from dataclasses import replace
from datetime import datetime

from committees.models import AnnouncedPlan, Candidate, Matter, Meeting, Rescheduled, SealingKey
from committees.rules.manifest import plan_json, read_plan
from portal.tools.chain.canonical import Json, canonical, instant

from .rules import plan


def announced_plan(meeting: Meeting) -> AnnouncedPlan | None:
    """The plan that the meeting's notice announced; None before it was posted."""
    return AnnouncedPlan.objects.filter(compound_id=meeting.compound_id, meeting=meeting).first()


def posted_words(meeting: Meeting, *, opens_at: datetime) -> bytes:
    """What the posted papers say beyond the plan, and whose candidacy it is; canonical JSON."""
    matters: dict[str, Json] = {}
    rows = Matter.objects.filter(compound_id=meeting.compound_id, meeting=meeting)
    for matter in rows.order_by("position").prefetch_related("candidates"):
        matters[matter.code] = {
            "text": matter.text,
            "elects": matter.elects,
            "candidates": {who.code: _standing(who) for who in matter.candidates.all()},
        }
    return canonical(
        {
            "kind": meeting.kind,
            "opens_at": instant(opens_at),
            "roll": str(meeting.roll_id),
            "sources": meeting.sources,
            "matters": matters,
        }
    )


def _standing(who: Candidate) -> Json:
    return {
        "owner": str(who.owner_id),
        "agrees_to_publish": who.agrees_to_publish,
        "channel": who.channel,
        "statement": who.statement,
    }


def still_stands(meeting: Meeting, announced: AnnouncedPlan, *, opens_at: datetime) -> bool:
    """Do the tables say what was announced?  A compound may get another name in the registry, and
    the end be moved by its own step; the plan keeps both as they were posted."""
    if announced.mark != announced.own_mark():
        return False
    then = read_plan(announced.plan.encode())
    try:
        now = replace(plan(meeting), compound_name=then.compound_name, closes_at=then.closes_at)
        said = plan_json(now), posted_words(meeting, opens_at=opens_at)
    except (ValueError, LookupError, TypeError, ArithmeticError):  # no plan at all any more
        return False
    return said == (announced.plan.encode(), announced.words.encode()) and _ends_as_told(
        meeting, then.closes_at
    )


def _ends_as_told(meeting: Meeting, announced: datetime) -> bool:
    """Does voting end as announced, or as moved the last time?"""
    moves = moves_of(meeting)
    ends = instant(moves[-1].closes_at if moves else announced)
    shown = meeting.announced_closes_at
    return shown is not None and (instant(shown), instant(meeting.closes_at)) == (
        instant(announced),
        ends,
    )


def moves_of(meeting: Meeting) -> list[Rescheduled]:
    """The moves of the meeting's end, in their order."""
    rows = Rescheduled.objects.filter(compound_id=meeting.compound_id, meeting=meeting)
    return list(rows.order_by("pk"))


def sealing_keys(meeting: Meeting) -> list[SealingKey]:
    """The copies of the meeting's sealing key, the first one first."""
    rows = SealingKey.objects.filter(compound_id=meeting.compound_id, meeting=meeting)
    return list(rows.order_by("copy"))
