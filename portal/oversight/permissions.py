"""Who may, where packages are read together: one line per right."""

from portal.accounts.permissions import AUTHORITIES, Asker, holds_anywhere, holds_over
from portal.places.models import Region


def may_have_a_desk(user: Asker) -> bool:
    """Everyone signed in has a page of what waits for them."""
    return user.is_authenticated


def may_oversee(user: Asker) -> bool:
    """Read the figures of some region as its community, street or county officer."""
    return holds_anywhere(user, AUTHORITIES)


def may_oversee_region(user: Asker, region: Region) -> bool:
    """Read the figures of this region, which lies in one's own."""
    return holds_over(user, AUTHORITIES, region)
