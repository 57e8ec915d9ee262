"""What stands in the way of a campaign's next stage: every obstacle, each with its facts."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils import timezone

from portal.campaigns.models import Campaign, Entry, Scoring, VetoSaid
from portal.campaigns.rules.standard import Scorer
from portal.places.models import Compound
from portal.publicity import queries as publicities
from portal.rulebook.queries import InForce, profile_over, rules_for

from .standards import standard_in

Stage = Campaign.Stage
DAYS_LEAST, DAYS_MOST = "campaign.publicity.days.min", "campaign.publicity.days.max"
ORDER = list(Stage)
SCORED_IN = {
    Stage.COMMUNITY: Scorer.COMMUNITY,
    Stage.STREET: Scorer.STREET,
    Stage.COUNTY: Scorer.COUNTY,
}


class Why(StrEnum):
    ENTRY_RUNS = "entry-runs"
    NOBODY_SUBMITTED = "nobody-submitted"
    NOT_SCORED = "not-scored"
    NOT_LIVE = "not-live"
    PUBLICITY_RUNS = "publicity-runs"
    AWARDED = "awarded"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a step cannot be taken yet; `compound` where it is about one."""

    why: Why
    facts: dict[str, Any]
    compound: Compound | None = None


def next_stage(campaign: Campaign) -> Campaign.Stage | None:
    """The stage after this one, None at the end."""
    place = ORDER.index(Stage(campaign.stage))
    return ORDER[place + 1] if place + 1 < len(ORDER) else None


def is_open_for_entry(campaign: Campaign, at: datetime) -> bool:
    """Whether drafts are written and submitted: up to 24:00 of the last day of entry."""
    return campaign.stage == Stage.ENTRY and timezone.localdate(at) <= campaign.entry_until


def obstacles(campaign: Campaign, at: datetime) -> tuple[Obstacle, ...]:
    """All that stands in the way of the campaign's next stage at that moment."""
    stage = Stage(campaign.stage)
    if stage is Stage.ENTRY:
        return _entry_obstacles(campaign, at)
    if stage in SCORED_IN:
        return score_obstacles(_submitted(campaign), stage)
    if stage is Stage.PUBLICITY:
        return _publicity_obstacles(campaign, at)
    return (Obstacle(Why.AWARDED, {}),)


def levels_until(stage: Campaign.Stage) -> list[Scorer]:
    """The levels whose turn has come by a stage of scoring, in their order."""
    turns = [
        scorer for turn, scorer in SCORED_IN.items() if ORDER.index(turn) <= ORDER.index(stage)
    ]
    return turns if stage in SCORED_IN else []


def levels_to_score(entry: Entry) -> list[Scorer]:
    """The levels that may score an entry now, the stage's own in front: then those before it that
    have not, for a veto kept the entry from them and was lifted after their stage."""
    if not (levels := levels_until(Stage(entry.campaign.stage))):
        return []
    given = Scoring.objects.filter(compound_id=entry.compound_id, entry=entry)
    scored = set(given.values_list("level", flat=True))
    *before, now = levels
    return [now, *(one for one in before if one not in scored)]


def score_obstacles(entries: list[Entry], stage: Campaign.Stage) -> tuple[Obstacle, ...]:
    """What the levels up to a stage have left unscored; what is vetoed need not be scored."""
    scored = set(Scoring.objects.filter(entry__in=entries).values_list("entry", "level"))
    closed = vetoed(entries)
    return tuple(
        Obstacle(Why.NOT_SCORED, {"scorer": scorer}, entry.compound)
        for scorer in levels_until(stage)
        for entry in entries
        if entry.pk not in closed and (entry.pk, scorer.value) not in scored
    )


def publicity_days(campaign: Campaign, at: datetime) -> tuple[InForce, InForce]:
    """The rules for the least and the usual most days of posting a result."""
    region = profile_over(campaign.region)
    found = rules_for([DAYS_LEAST, DAYS_MOST], region=region, on=timezone.localdate(at))
    return found[DAYS_LEAST], found[DAYS_MOST]


def _entry_obstacles(campaign: Campaign, at: datetime) -> tuple[Obstacle, ...]:
    found = []
    if timezone.localdate(at) <= campaign.entry_until:
        found.append(Obstacle(Why.ENTRY_RUNS, {"until": campaign.entry_until}))
    if not _submitted(campaign):
        found.append(Obstacle(Why.NOBODY_SUBMITTED, {}))
    return tuple(found)


def _publicity_obstacles(campaign: Campaign, at: datetime) -> tuple[Obstacle, ...]:
    found = []
    for entry in _submitted(campaign):
        (result,) = entry.result.all()
        posted = publicities.with_state(result.publicity, at)
        if posted.state.span is None:
            found.append(Obstacle(Why.NOT_LIVE, {"publicity": posted.publicity}, entry.compound))
        elif not posted.state.is_over:
            facts = {"ends_at": posted.state.span.ends_at, "publicity": posted.publicity}
            found.append(Obstacle(Why.PUBLICITY_RUNS, facts, entry.compound))
    return tuple(found)


def _submitted(campaign: Campaign) -> list[Entry]:
    rows = Entry.objects.filter(campaign=campaign, submission__isnull=False)
    rows = rows.select_related("compound__region").prefetch_related("result__publicity__start")
    return list(rows.order_by("compound__code"))


def vetoed(entries: list[Entry]) -> set[Any]:
    """The ids of the entries on which a veto stands; 1 query."""
    last: dict[tuple[Any, str], VetoSaid] = {}
    for row in VetoSaid.objects.filter(entry__in=entries).order_by("number"):
        last[row.entry_id, row.veto] = row
    return {entry for (entry, _veto), row in last.items() if row.stands}


def submission_faults(
    entry: Entry, marks: dict[str, Any], files: set[str]
) -> list[tuple[str, str]]:
    """Why a draft cannot be submitted: (item, what) for each item that lacks something.

    `unscored` has no self score; `bare` claims points for uploaded evidence with neither words
    nor a file.
    """
    found = []
    for item in standard_in(entry.campaign).items:
        mark = marks.get(item.code)
        if mark is None or mark.tenths is None:
            found.append((item.code, "unscored"))
        elif not item.source and mark.tenths and not mark.words and item.code not in files:
            found.append((item.code, "bare"))
    return found
