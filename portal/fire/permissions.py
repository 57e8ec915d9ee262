"""Who may, in fire safety: one line per right."""

from portal.accounts.models import CompoundOffice, User
from portal.accounts.permissions import ADMINISTRATORS, AUTHORITIES, FIRMS_PEOPLE, Asker, holds
from portal.owners.queries import compounds_of
from portal.places.models import Compound

MANAGERS = frozenset({CompoundOffice.Role.MANAGER})
CHECKERS = MANAGERS | {CompoundOffice.Role.INSPECTOR}
REPAIRERS = CHECKERS | {CompoundOffice.Role.REPAIRER}
READERS = FIRMS_PEOPLE | AUTHORITIES | {CompoundOffice.Role.MEMBER, CompoundOffice.Role.CLERK}


def may_anyone_find_a_place(user: Asker, compound: Compound) -> bool:
    """A QR code on the wall is read by everybody: the place's name, and whom to tell."""
    return True


def may_log(user: Asker, compound: Compound) -> bool:
    """Open a place and log a check: the firm's inspectors and its manager."""
    return holds(user, CHECKERS, compound)


def may_repair(user: Asker, compound: Compound) -> bool:
    """Say what was done about a defect: the firm's repairers, its inspectors and its manager."""
    return holds(user, REPAIRERS, compound)


def may_recheck(user: Asker, compound: Compound) -> bool:
    """Look at a repair: the firm's inspectors and its manager; the action refuses who made it."""
    return holds(user, CHECKERS, compound)


def may_keep_register(user: Asker, compound: Compound) -> bool:
    """Enter, change and retire places and equipment: the firm's manager."""
    return holds(user, MANAGERS, compound)


def may_keep_buildings(user: Asker, compound: Compound) -> bool:
    """Say how tall a building is: the firm's manager, and who keeps the registry."""
    return holds(user, MANAGERS | ADMINISTRATORS, compound)


def may_read_fire(user: Asker, compound: Compound) -> bool:
    """Read duties, logs and defects with their photos: firm, committee and authorities."""
    return holds(user, READERS, compound)


def may_see_fire_status(user: Asker, compound: Compound) -> bool:
    """The status in plain words: whoever reads the rest, and the compound's owners."""
    return may_read_fire(user, compound) or (
        isinstance(user, User) and compound.pk in compounds_of(user)
    )
