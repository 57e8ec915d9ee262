"""Open a campaign with its standard frozen, and take it from stage to stage."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from portal.campaigns.models import Campaign, FrozenStandard, StageReached
from portal.campaigns.queries.sources import SOURCES
from portal.campaigns.queries.steering import SCORED_IN, next_stage, obstacles
from portal.campaigns.rules.standard import read_standard
from portal.places.models import Region
from portal.tools.audit.actions import note
from portal.tools.chain.canonical import canonical, sha256

from .locking import campaign_alone
from .refusals import AlreadyOpen, StageBlocked, WrongStage

Stage = Campaign.Stage


@dataclass(frozen=True, slots=True)
class CampaignPlan:
    """What a county decides: the name, the year, a standard as a plain value, the days."""

    name: str
    year: int
    standard: dict[str, Any]
    entry_until: date
    community_until: date
    street_until: date
    county_until: date
    publicity_on: date


@transaction.atomic
def open_campaign(region: Region, plan: CampaignPlan, *, by: UUID, at: datetime) -> Campaign:
    """Open a campaign in a county for entries, its standard frozen and hashed.

    Refuses (`AlreadyOpen`) a second one of the same name and year, and (`NotAStandard`) a value
    that is no standard.
    """
    read_standard(plan.standard, sources=SOURCES.keys())
    region = Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    of_the_year = Campaign.objects.filter(region=region, year=plan.year)
    if of_the_year.filter(name=plan.name).exists():
        raise AlreadyOpen
    campaign = Campaign.objects.create(
        code=f"{region.code}-{plan.year}-{of_the_year.count() + 1}",
        region=region,
        year=plan.year,
        name=plan.name,
        standard=_frozen(plan.standard),
        entry_until=plan.entry_until,
        community_until=plan.community_until,
        street_until=plan.street_until,
        county_until=plan.county_until,
        publicity_on=plan.publicity_on,
    )
    come_to(campaign, Stage.ENTRY, by=by, at=at)
    facts = {"code": campaign.code, "standard": campaign.standard.sha256}
    note("campaigns.open_campaign", campaign, by=by, at=at, facts=facts)
    return campaign


@transaction.atomic
def advance(campaign: Campaign, to: str, *, by: UUID, at: datetime) -> Campaign:
    """Close entry, or a level's scoring, and go on to `to`, the next level's scoring.

    Refuses (`StageBlocked`) with every obstacle, (`WrongStage`) if `to` does not come next.
    """
    campaign = campaign_alone(campaign)
    if to not in SCORED_IN or to != next_stage(campaign):
        raise WrongStage(campaign.stage)
    clear_the_way(campaign, at)
    come_to(campaign, Stage(to), by=by, at=at)
    note("campaigns.advance", campaign, by=by, at=at, facts={"stage": to})
    return campaign


def clear_the_way(campaign: Campaign, at: datetime) -> None:
    if found := obstacles(campaign, at):
        raise StageBlocked(found)


def come_to(campaign: Campaign, stage: Campaign.Stage, *, by: UUID, at: datetime) -> None:
    campaign.stage = stage
    campaign.save(update_fields=["stage"])
    StageReached.objects.create(campaign=campaign, stage=stage, by=by, at=at)


def _frozen(value: dict[str, Any]) -> FrozenStandard:
    digest = sha256(canonical(value))
    return FrozenStandard.objects.get_or_create(sha256=digest, defaults={"value": value})[0]
