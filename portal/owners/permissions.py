"""Who may, on the roll: one line per right."""

from portal.accounts.models import CompoundOffice, RegionOffice
from portal.accounts.permissions import AUTHORITIES, Asker, holds
from portal.places.models import Compound

ROLL_KEEPERS = frozenset({CompoundOffice.Role.CLERK})
DESKS = ROLL_KEEPERS | {RegionOffice.Role.COMMUNITY}
ROLL_READERS = AUTHORITIES | {CompoundOffice.Role.CLERK, CompoundOffice.Role.MEMBER}


def may_import_roll(user: Asker, compound: Compound) -> bool:
    return holds(user, ROLL_KEEPERS, compound)


def may_name_delegate(user: Asker, compound: Compound) -> bool:
    """Record whom the co-owners of a part named in writing: the roll's keeper."""
    return holds(user, ROLL_KEEPERS, compound)


def may_bind_at_desk(user: Asker, compound: Compound) -> bool:
    """Bind an account to an owner whose papers were seen, or end a binding: clerk, community."""
    return holds(user, DESKS, compound)


def may_read_roll(user: Asker, compound: Compound) -> bool:
    """Rooms, areas and masked names; full names stay with the file's keeper."""
    return holds(user, ROLL_READERS, compound)


def may_bind_own_home(user: Asker) -> bool:
    """Anyone signed in may say which home is theirs; the roll decides."""
    return user.is_authenticated
