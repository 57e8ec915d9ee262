"""A campaign brought to a stage through the actions, with the clock of its days."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from cms import actions as cms
from portal.accounts.models import RegionOffice, User
from portal.campaigns import actions
from portal.campaigns.models import Attachment, Campaign, Entry, Scoring
from portal.campaigns.queries.standards import standard_in, standard_values
from portal.campaigns.rules.standard import Scorer
from portal.places.models import Compound, Region
from portal.tools.files.reading import Readied
from portal.tools.keys import new_key

from . import people, rulebook

OPENED = datetime(2026, 9, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
ENTRY_CLOSED = OPENED + timedelta(days=30)


def plan(**changes) -> actions.CampaignPlan:
    values = {
        "name": "2026年美丽小区评选",
        "year": 2026,
        "standard": standard_values()["default"],
        "entry_until": date(2026, 9, 30),
        "community_until": date(2026, 10, 10),
        "street_until": date(2026, 10, 20),
        "county_until": date(2026, 10, 31),
        "publicity_on": date(2026, 11, 2),
    }
    return actions.CampaignPlan(**values | changes)


@dataclass
class Run:
    """A campaign with its officers and the entries of `compounds`, entered by `manager`."""

    region: Region
    manager: User
    compounds: list[Compound]
    officers: dict[Scorer, User]
    campaign: Campaign = field(init=False)

    @property
    def entry(self) -> Entry:
        """The first compound's."""
        return self.entry_of(self.compounds[0])

    def entry_of(self, compound: Compound) -> Entry:
        rows = Entry.objects.select_related("campaign__standard", "compound__region")
        return rows.get(compound=compound, campaign=self.campaign)

    def marks(self, **changes: int | None) -> dict[str, actions.Mark]:
        """Full points for each item, unless told otherwise: `changes` by code, dots as __."""
        told = {code.replace("__", "."): tenths for code, tenths in changes.items()}
        return {
            item.code: actions.Mark(told.get(item.code, item.most), "见材料")
            for item in standard_in(self.campaign).items
        }

    def score(self, scorer: Scorer, entry: Entry | None = None, **changes) -> Scoring:
        entry = entry or self.entry
        last = Scoring.objects.filter(entry=entry, level=scorer).count()
        sheet = actions.Sheet(scorer, self.marks(**changes), last, new_key())
        by = self.officers[scorer].pk
        return actions.score_entry(entry, sheet, by=by, at=ENTRY_CLOSED)

    def refresh(self) -> "Run":
        self.campaign = Campaign.objects.select_related("standard", "region").get(
            pk=self.campaign.pk
        )
        return self


def officers_of(compound: Compound) -> dict[Scorer, User]:
    """A community, a street and a county officer over the compound."""
    community = compound.region
    over = {
        Scorer.COMMUNITY: (community, RegionOffice.Role.COMMUNITY),
        Scorer.STREET: (community.parent, RegionOffice.Role.STREET),
        Scorer.COUNTY: (community.parent.parent, RegionOffice.Role.COUNTY),
    }
    found = {}
    for scorer, (region, role) in over.items():
        found[scorer] = people.user(f"{scorer.value}")
        people.region_office(found[scorer], region, role)
    return found


def opened(compound: Compound, manager: User, *others: Compound, **plan_) -> Run:
    """A campaign open for entry; `plan_` changes what the county decided."""
    rulebook.load()
    cms.build_site("永嘉县")
    county = compound.region.parent.parent
    run = Run(county, manager, [compound, *others], officers_of(compound))
    by = run.officers[Scorer.COUNTY].pk
    run.campaign = actions.open_campaign(county, plan(**plan_), by=by, at=OPENED)
    return run


def entered(compound: Compound, manager: User, *others: Compound, **plan_) -> Run:
    """Every compound has an entry with a full draft."""
    run = opened(compound, manager, *others, **plan_)
    for one in run.compounds:
        entry = actions.enter(run.campaign, one, by=manager.pk, at=OPENED)
        actions.save_self_score(entry, run.marks(), by=manager.pk, at=OPENED)
    return run


def submitted(compound: Compound, manager: User, *others: Compound, **plan_) -> Run:
    run = entered(compound, manager, *others, **plan_)
    for one in run.compounds:
        actions.submit_entry(run.entry_of(one), by=manager.pk, at=OPENED)
    return run


def attach(compound: Compound, manager: User) -> Attachment:
    """A photo attached to an item of the compound's draft."""
    entry = Entry.objects.select_related("campaign").get(compound=compound)
    photo = Readied("照片.jpg", "photo", "image/jpeg", b"\xff\xd8 a photo")
    return actions.attach_file(entry, "party.branch", photo, by=manager.pk, at=OPENED)


def scoring(
    compound: Compound, manager: User, *others: Compound, to: str = "community", **plan_
) -> Run:
    """Entry is over and the campaign has come to the scoring of `to`; levels before have scored."""
    run = submitted(compound, manager, *others, **plan_)
    by = run.officers[Scorer.COUNTY].pk
    for stage in Scorer:
        run.campaign = actions.advance(run.campaign, stage.value, by=by, at=ENTRY_CLOSED)
        if stage.value == to:
            return run
        for one in run.compounds:
            run.score(stage, run.entry_of(one))
    raise LookupError(to)


def scored(compound: Compound, manager: User, *others: Compound, **changes) -> Run:
    """All levels have scored, the county last with `changes`."""
    run = scoring(compound, manager, *others, to="county")
    for one in run.compounds:
        run.score(Scorer.COUNTY, run.entry_of(one), **changes)
    return run


def posted(compound: Compound, manager: User, *others: Compound, **changes) -> Run:
    """The results are posted, and wait to be live."""
    run = scored(compound, manager, *others, **changes)
    by = run.officers[Scorer.COUNTY].pk
    run.campaign = actions.publish_results(run.campaign, by=by, at=ENTRY_CLOSED)
    return run
