"""Post the proposed result of every entry, and name those that reached a level.

Each entry is its own transaction, for each is of another compound; the campaign comes to its
next stage last, so that what broke off is simply done again, and nothing is done twice.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from portal.campaigns.documents import result_notice
from portal.campaigns.models import Award, Campaign, Entry, Result
from portal.campaigns.queries.entries import submitted_entries, value_of
from portal.campaigns.queries.steering import DAYS_LEAST, publicity_days, score_obstacles
from portal.campaigns.rules.record import recomputed
from portal.publicity import actions as publicity
from portal.publicity.models import Publicity
from portal.tools.audit.actions import note
from portal.tools.chain.canonical import canonical, sha256

from .locking import campaign_alone, entry_alone
from .opening import clear_the_way, come_to
from .refusals import DaysOutside, StageBlocked, WrongStage

Stage = Campaign.Stage


def publish_results(
    campaign: Campaign, *, by: UUID, at: datetime, days: int | None = None
) -> Campaign:
    """Post the proposed result of every submitted entry for `days` days (the rule's least).

    Refuses (`StageBlocked`) with every entry the county has not scored, (`DaysOutside`) fewer or
    more days than the rules say, and (`WrongStage`) unless the county is scoring.
    """
    campaign = _ready(campaign, Stage.COUNTY, at)
    least, most = (int(rule.value) for rule in publicity_days(campaign, at))
    if days is not None and not least <= days <= most:
        raise DaysOutside(least, most)
    for entry in submitted_entries(campaign):
        _publish(entry, days=days or least, by=by, at=at)
    return _finish(campaign, Stage.PUBLICITY, by=by, at=at)


def award(campaign: Campaign, *, by: UUID, at: datetime) -> Campaign:
    """Name the compounds whose result reached a level, once every clock has ended.

    Refuses (`StageBlocked`) with every publicity that still runs, and (`WrongStage`) unless the
    results are posted.
    """
    campaign = _ready(campaign, Stage.PUBLICITY, at)
    for entry in submitted_entries(campaign):
        _award(entry, by=by, at=at)
    return _finish(campaign, Stage.AWARDED, by=by, at=at)


@transaction.atomic
def _ready(campaign: Campaign, stage: Campaign.Stage, at: datetime) -> Campaign:
    campaign = campaign_alone(campaign)
    if campaign.stage != stage:
        raise WrongStage(campaign.stage)
    clear_the_way(campaign, at)
    return campaign


@transaction.atomic
def _finish(campaign: Campaign, stage: Campaign.Stage, *, by: UUID, at: datetime) -> Campaign:
    """Come to `stage`; whoever did the same at once may have come there first."""
    campaign = campaign_alone(campaign)
    if campaign.stage != stage:
        come_to(campaign, stage, by=by, at=at)
        note("campaigns.come_to", campaign, by=by, at=at, facts={"stage": stage.value})
    return campaign


@transaction.atomic
def _publish(entry: Entry, *, days: int, by: UUID, at: datetime) -> Result:
    entry = entry_alone(entry)
    rows = Result.objects.filter(compound_id=entry.compound_id, entry=entry)
    if (posted := rows.first()) is not None:
        return posted
    if found := score_obstacles([entry], entry.campaign.stage_now):  # a veto was lifted just now
        raise StageBlocked(found)
    value = value_of(entry, entry.submission.get())
    digest = sha256(canonical(value))
    announced = publicity.announce(
        result_notice(entry, value, digest, at=at),
        compound=entry.compound,
        kind=Publicity.Kind.CAMPAIGN,
        case=entry.campaign.code,
        days=days,
        rule_key=DAYS_LEAST,
        by=by,
        at=at,
    )
    result = Result.objects.create(
        compound_id=entry.compound_id,
        entry=entry,
        value=value,
        sha256=digest,
        publicity=announced,
        by=by,
        at=at,
    )
    note("campaigns.publish_results", entry, by=by, at=at, facts={"sha256": digest})
    return result


@transaction.atomic
def _award(entry: Entry, *, by: UUID, at: datetime) -> Award | None:
    """The entry's award, None where its result reaches no level."""
    entry = entry_alone(entry)
    level = recomputed(entry.result.get().value).level
    if level is None:
        return None
    row, is_new = Award.objects.get_or_create(
        compound_id=entry.compound_id,
        entry=entry,
        defaults={"level": level.code, "title": level.title, "by": by, "at": at},
    )
    if is_new:
        note("campaigns.award", entry, by=by, at=at, facts={"level": level.code})
    return row
