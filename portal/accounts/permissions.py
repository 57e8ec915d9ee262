"""Who may: the offices asked by every package above, one line per right."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from portal.places.models import Compound

from .models import CompoundOffice, RegionOffice, User
from .queries import offices_of

Asker = User | AnonymousUser
AUTHORITIES = frozenset(
    {RegionOffice.Role.COMMUNITY, RegionOffice.Role.STREET, RegionOffice.Role.COUNTY}
)


def holds(user: Asker, roles: set[str] | frozenset[str], compound: Compound) -> bool:
    """Does `user` hold one of `roles` over this compound today?"""
    held = offices_of(user, _today())
    return any(office.role in roles and office.covers(compound) for office in held)


def holds_anywhere(user: Asker, roles: set[str] | frozenset[str]) -> bool:
    return any(office.role in roles for office in offices_of(user, _today()))


def may_operate(user: Asker) -> bool:
    """See the queue, its dead letters and the state of the machine."""
    return holds_anywhere(user, {RegionOffice.Role.ADMINISTRATOR})


def may_supervise(user: Asker, compound: Compound) -> bool:
    """Read all of a compound's proceedings as its community, street or county."""
    return holds(user, AUTHORITIES, compound)


def may_see_offices(user: Asker, compound: Compound) -> bool:
    return holds(user, AUTHORITIES | {CompoundOffice.Role.CLERK}, compound)


def _today() -> date:
    return timezone.localdate()
