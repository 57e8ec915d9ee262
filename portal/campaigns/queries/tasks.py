"""What campaigns ask of somebody: enter a compound, score an entry, take a campaign on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.queries import Held, offices_of
from portal.campaigns.models import Campaign, Entry, Scoring, Submission
from portal.campaigns.rules.standard import Scorer
from portal.places.models import Compound

from .steering import levels_until, vetoed

Stage = Campaign.Stage
Officers = Mapping[Scorer, str]


@dataclass(frozen=True, slots=True)
class Tasks:
    """Compounds that may be entered (with the draft that was begun, if any), entries to score,
    and campaigns the user steers."""

    to_enter: list[tuple[Campaign, Compound]]
    to_score: list[Entry]
    to_steer: list[Campaign]

    def __bool__(self) -> bool:
        return bool(self.to_enter or self.to_score or self.to_steer)

    def of(self, campaign: Campaign) -> "Tasks":
        """What of it concerns one campaign."""
        return Tasks(
            to_enter=[pair for pair in self.to_enter if pair[0].pk == campaign.pk],
            to_score=[one for one in self.to_score if one.campaign_id == campaign.pk],
            to_steer=[one for one in self.to_steer if one.pk == campaign.pk],
        )


def tasks_of(
    user: User | AnonymousUser, at: datetime, *, entrants: frozenset[str], officers: Officers
) -> Tasks:
    """What waits for `user` today: `entrants` are the roles that enter, `officers` the role of
    each level that scores.  The number of queries does not grow with the rows."""
    on = timezone.localdate(at)
    offices = offices_of(user, on)
    running = list(
        Campaign.objects.exclude(stage=Stage.AWARDED).select_related("region").order_by("code")
    )
    steered = [one for one in running if _covers(offices, officers[Scorer.COUNTY], one.region.path)]
    return Tasks(
        to_enter=_to_enter(running, [one for one in offices if one.role in entrants], at),
        to_score=_to_score(running, offices, officers),
        to_steer=steered,
    )


def _covers(offices: Iterable[Held], role: str, path: str) -> bool:
    return any(
        one.role == role and one.compound is None and path.startswith(one.region_path)
        for one in offices
    )


def _to_enter(
    running: list[Campaign], offices: list[Held], at: datetime
) -> list[tuple[Campaign, Compound]]:
    today = timezone.localdate(at)
    entering = [one for one in running if one.stage == Stage.ENTRY and today <= one.entry_until]
    if not entering or not offices:
        return []
    rows = Compound.objects.filter(pk__in=[one.compound for one in offices])
    compounds = list(rows.select_related("region").order_by("code"))
    done = set(
        Submission.objects.filter(compound__in=compounds, entry__campaign__in=entering).values_list(
            "entry__campaign", "compound"
        )
    )
    return [
        (campaign, compound)
        for campaign in entering
        for compound in compounds
        if compound.region.path.startswith(campaign.region.path)
        and (campaign.pk, compound.pk) not in done
    ]


def _to_score(
    running: list[Campaign], offices: tuple[Held, ...], officers: Officers
) -> list[Entry]:
    """The entries whose turn it is with one of the offices; what is vetoed need not be scored."""
    wanted = Q(pk__in=[])
    for campaign in running:
        for scorer in levels_until(Stage(campaign.stage)):
            scored = Scoring.objects.filter(entry__campaign=campaign, level=scorer).values("entry")
            for office in offices:
                if office.role == officers[scorer] and office.compound is None:
                    path = office.region_path
                    here = Q(campaign=campaign, compound__region__path__startswith=path)
                    wanted |= here & ~Q(pk__in=scored)
    rows = Entry.objects.filter(wanted, submission__isnull=False, result__isnull=True)
    rows = rows.select_related("campaign", "compound").distinct()
    found = list(rows.order_by("campaign__code", "compound__code"))
    closed = vetoed(found)
    return [one for one in found if one.pk not in closed]
