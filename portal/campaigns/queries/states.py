"""How campaigns stand on a day, and what a compound was awarded: for the county and its page."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value
from django.utils import timezone

from portal.campaigns.models import (
    Award,
    Campaign,
    Entry,
    Result,
    Scoring,
    StageReached,
    Submission,
)
from portal.campaigns.rules.standard import Scorer
from portal.places.models import Compound


@dataclass(frozen=True, slots=True)
class CampaignState:
    """A campaign at the end of a day, as far as its entries lie in the region asked for."""

    campaign: Campaign
    stage: str
    entries: int
    submitted: int
    scored_by_community: int
    scored_by_street: int
    scored_by_county: int
    in_publicity: int
    awarded: int

    @property
    def stage_words(self) -> str:
        return str(Campaign.Stage(self.stage).label)


def states(region_path: str, *, on: date) -> list[CampaignState]:
    """The campaigns opened by that day that concern the region of this path, the newest first;
    a past day gives that day's figures.  6 queries, however many campaigns there are."""
    end = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
    reached = _stages_reached(region_path, end)
    here = Q(entry__compound__region__path__startswith=region_path)
    until = here & Q(at__lt=end)
    running = Q(publicity__start__live_at__lt=end, publicity__start__ends_at__gte=end)
    entered = Entry.objects.filter(
        compound__region__path__startswith=region_path, entered_at__lt=end
    )
    scored = _scored(Scoring.objects.filter(until))
    counts = {
        "entries": _per_campaign(entered, "campaign"),
        "submitted": _per_campaign(Submission.objects.filter(until)),
        "in_publicity": _per_campaign(Result.objects.filter(here, running)),
        "awarded": _per_campaign(Award.objects.filter(until)),
    }
    return [
        CampaignState(
            campaign=campaign,
            stage=stage,
            **{name: found.get(campaign.pk, 0) for name, found in counts.items()},
            **{f"scored_by_{scorer}": scored.get((campaign.pk, scorer), 0) for scorer in Scorer},
        )
        for campaign, stage in reached
    ]


def awards_of(compound: Compound) -> list[Award]:
    """The compound's awards, the newest first, each with its campaign; 1 query."""
    rows = Award.objects.filter(compound=compound).select_related("entry__campaign", "compound")
    return list(rows.order_by("-at"))


def _stages_reached(region_path: str, end: datetime) -> list[tuple[Campaign, str]]:
    """The campaigns of the region, of one around it or in it, each with its stage by then."""
    above = Q(region__path__startswith=region_path)
    campaigns = Campaign.objects.annotate(asked=Value(region_path)).filter(
        above | Q(asked__startswith=F("region__path"))
    )
    rows = StageReached.objects.filter(campaign__in=campaigns, at__lt=end)
    latest: dict[Any, StageReached] = {}
    for row in rows.select_related("campaign").order_by("at", "pk"):
        latest[row.campaign_id] = row
    found = sorted(latest.values(), key=lambda row: row.campaign.code)
    return [(row.campaign, row.stage) for row in sorted(found, key=_year, reverse=True)]


def _year(row: StageReached) -> int:
    return row.campaign.year


def _per_campaign(rows: QuerySet[Any], campaign: str = "entry__campaign") -> dict[Any, int]:
    counted = rows.values(campaign).annotate(rows=Count("pk")).order_by()
    return {row[campaign]: row["rows"] for row in counted}


def _scored(rows: QuerySet[Scoring]) -> dict[tuple[Any, str], int]:
    counted = rows.values("entry__campaign", "level").annotate(
        entries=Count("entry", distinct=True)
    )
    return {(row["entry__campaign"], row["level"]): row["entries"] for row in counted.order_by()}
