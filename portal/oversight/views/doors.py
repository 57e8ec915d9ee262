"""Where a user's offices lead in a compound: the pages that person may open, and no other."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from cms.permissions import may_write_notices
from committees.permissions import may_anyone_read_committee, may_anyone_read_meetings
from portal.accounts.permissions import Asker, may_see_offices
from portal.fire.permissions import may_keep_buildings, may_read_fire
from portal.owners.permissions import may_read_roll
from portal.places.models import Compound


@dataclass(frozen=True, slots=True)
class Door:
    """A link of the desk: its words and its address."""

    words: str
    address: str


Right = Callable[[Asker, Compound], bool]
DOORS: tuple[tuple[Right, str, str], ...] = (
    (may_anyone_read_meetings, gettext_noop("业主大会会议"), "committees:meetings"),
    (may_anyone_read_committee, gettext_noop("业主委员会"), "committees:committee"),
    (may_read_roll, gettext_noop("业主名册"), "owners:roll"),
    (may_read_fire, gettext_noop("消防状况"), "fire:status"),
    (may_keep_buildings, gettext_noop("楼幢高度与层数"), "fire:buildings"),
    (may_write_notices, gettext_noop("发布公告"), "cms:write-notice"),
    (may_see_offices, gettext_noop("任职人员"), "accounts:offices"),
)


def doors_of(user: Asker, compound: Compound) -> list[Door]:
    """The pages of a compound that `user` may open, in the order of DOORS."""
    return [
        Door(str(_(words)), reverse(name, args=[compound.code]))
        for right, words, name in DOORS
        if right(user, compound)
    ]
