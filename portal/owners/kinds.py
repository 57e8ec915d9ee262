"""What two people decide about the roll while a meeting runs."""

from django.utils.translation import gettext_lazy as _

from portal.accounts.models import CompoundOffice, RegionOffice
from portal.approvals.kinds import Kind, register
from portal.approvals.models import Subject

from . import actions, wording
from .queries import BIND


def register_all() -> None:
    register(
        Kind(
            name=BIND,
            subject=Subject.BINDING,
            title=_("会议期间为业主绑定账户"),
            askers=(CompoundOffice.Role.CLERK, RegionOffice.Role.COMMUNITY),
            answerers=frozenset({RegionOffice.Role.COMMUNITY, RegionOffice.Role.STREET}),
            rule="approvals.binding.hours",
            carry_out=actions.bind_as_asked,
            describe=wording.binding_lines,
            refusals=(actions.BoundAlready, actions.Oneself),
            explain=wording.binding_refusal,
        )
    )
