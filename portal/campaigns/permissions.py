"""Who may, in campaigns: one line per right."""

from portal.accounts.models import CompoundOffice, RegionOffice
from portal.accounts.permissions import AUTHORITIES, Asker, holds, holds_over
from portal.places.models import Compound, Region

from .models import Campaign, Entry
from .rules.standard import Scorer

ENTRANTS = frozenset({CompoundOffice.Role.MANAGER, CompoundOffice.Role.MEMBER})
COUNTY = frozenset({RegionOffice.Role.COUNTY})
OFFICERS: dict[Scorer, str] = {
    Scorer.COMMUNITY: RegionOffice.Role.COMMUNITY,
    Scorer.STREET: RegionOffice.Role.STREET,
    Scorer.COUNTY: RegionOffice.Role.COUNTY,
}


def may_anyone_read_campaigns(user: Asker) -> bool:
    """Campaigns, their standards, who entered, and results once posted are public."""
    return True


def may_open(user: Asker, region: Region) -> bool:
    """Open a campaign in a county: its officers."""
    return holds_over(user, COUNTY, region)


def may_steer(user: Asker, campaign: Campaign) -> bool:
    """Take a campaign to its next stage, post results, name: the county's officers."""
    return may_open(user, campaign.region)


def may_enter(user: Asker, compound: Compound) -> bool:
    """Enter a compound, fill in and submit: the firm's manager or a committee member."""
    return holds(user, ENTRANTS, compound)


def may_score(user: Asker, entry: Entry, scorer: Scorer) -> bool:
    """Score an entry for one level: the officers of that level over the compound."""
    return holds(user, frozenset({OFFICERS[scorer]}), entry.compound)


def may_judge(user: Asker, compound: Compound) -> bool:
    """See a submitted entry with its files and scores, and say a veto: the offices over it."""
    return holds(user, AUTHORITIES, compound)


def may_read_entry(user: Asker, entry: Entry) -> bool:
    """Read what an entry says, with its files: who entered it and who judges it."""
    return may_enter(user, entry.compound) or may_judge(user, entry.compound)
