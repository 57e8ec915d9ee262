"""What two people decide in a meeting: registered with `portal.approvals`."""

from django.utils.translation import gettext_lazy as _

from portal.accounts.models import CompoundOffice, RegionOffice
from portal.approvals.kinds import Kind, register
from portal.approvals.models import Subject

from . import actions, documents
from .actions.refusals import Refusal
from .actions.unopenable import KIND as VOID_UNOPENABLE
from .queries.slips import VOID
from .queries.waiving import KIND as WAIVE
from .views.wording import refusal

SUPERVISING = frozenset({RegionOffice.Role.COMMUNITY, RegionOffice.Role.STREET})


def register_all() -> None:
    register(
        Kind(
            name=WAIVE,
            subject=Subject.WAIVER,
            title=_("例外办理会议的一步"),
            askers=(CompoundOffice.Role.CLERK,),
            answerers=SUPERVISING,
            rule="approvals.waiver.hours",
            carry_out=actions.waive,
            describe=documents.waiver_lines,
            refusals=(Refusal,),
            explain=lambda one: refusal(one) if isinstance(one, Refusal) else [],
        )
    )
    register(
        Kind(
            name=VOID_UNOPENABLE,
            subject=Subject.BALLOT,
            title=_("作废无法拆封的选票"),
            askers=(
                CompoundOffice.Role.CLERK,
                RegionOffice.Role.COMMUNITY,
                RegionOffice.Role.STREET,
                RegionOffice.Role.COUNTY,
            ),
            answerers=SUPERVISING | {RegionOffice.Role.COUNTY},
            rule="approvals.ballot.hours",
            carry_out=actions.void_unopenable,
            describe=documents.unopenable_lines,
            refusals=(Refusal,),
            explain=lambda one: refusal(one) if isinstance(one, Refusal) else [],
            other_office=True,
        )
    )
    register(
        Kind(
            name=VOID,
            subject=Subject.BALLOT,
            title=_("作废一张纸质票"),
            askers=(CompoundOffice.Role.CLERK,),
            answerers=SUPERVISING,
            rule="approvals.ballot.hours",
            carry_out=actions.void_as_asked,
            describe=documents.voiding_lines,
            refusals=(Refusal,),
            explain=lambda one: refusal(one) if isinstance(one, Refusal) else [],
        )
    )
