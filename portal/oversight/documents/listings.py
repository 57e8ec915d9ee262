"""Every list of the county's page by the name of its address."""

from . import campaigns, committees, compounds, fire, meetings, publicities, re_elections
from .listing import Make

LISTINGS: dict[str, Make] = {
    "compounds": compounds.listing,
    "committees": committees.listing,
    "re-elections": re_elections.listing,
    "meetings": meetings.listing,
    "publicities": publicities.listing,
    "fire": fire.standings,
    "duties": fire.duties,
    "defects": fire.defects,
    "campaigns": campaigns.listing,
}
