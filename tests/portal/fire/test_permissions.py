"""What each of the firm's people may do about fire safety, in the own compound and elsewhere."""

import pytest

from portal.accounts.models import CompoundOffice
from portal.fire import permissions
from tests.factories import people

Role = CompoundOffice.Role
RIGHTS = [
    permissions.may_read_fire,
    permissions.may_log,
    permissions.may_repair,
    permissions.may_recheck,
    permissions.may_keep_register,
]
HAS = {
    Role.MANAGER: {"may_read_fire", "may_log", "may_repair", "may_recheck", "may_keep_register"},
    Role.INSPECTOR: {"may_read_fire", "may_log", "may_repair", "may_recheck"},
    Role.REPAIRER: {"may_read_fire", "may_repair"},
    Role.DUTY: {"may_read_fire"},
    Role.MEMBER: {"may_read_fire"},
    Role.CLERK: {"may_read_fire"},
}


@pytest.mark.parametrize("role", list(Role))
def test_each_office_may_what_it_is_for_and_only_in_its_compound(cast, role):
    user = people.user()
    firms = role not in {Role.MEMBER, Role.CLERK}
    more = {"firm": cast.firm} if firms else {}
    people.compound_office(user, cast.compound, role, **more)
    assert {may.__name__ for may in RIGHTS if may(user, cast.compound)} == HAS[role]
    assert {may.__name__ for may in RIGHTS if may(user, cast.other_compound)} == set()
