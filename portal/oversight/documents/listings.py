"""Every list of the county's page by the name of its address."""

from . import committees, compounds, meetings, publicities, re_elections
from .listing import Make

LISTINGS: dict[str, Make] = {
    "compounds": compounds.listing,
    "committees": committees.listing,
    "re-elections": re_elections.listing,
    "meetings": meetings.listing,
    "publicities": publicities.listing,
}
