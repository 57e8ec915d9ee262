"""What takes two people in fire safety, and what each is told of it."""

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import CompoundOffice
from portal.accounts.permissions import AUTHORITIES
from portal.approvals.kinds import Kind, Lines, register
from portal.approvals.models import Request, Subject
from portal.tools.ui.words import day_words

from .actions import refusals
from .actions.retiring import confirm_retirement
from .models import Equipment
from .queries.retirements import RETIRE, misses_lifted, open_defects_of
from .wording import sentence


def describe_retirement(asked: Request) -> Lines:
    """Everything that a confirmation does; read by who confirms."""
    rows = Equipment.objects.select_related("compound", "place")
    equipment = rows.get(compound=asked.compound, pk=asked.target)
    photo = reverse("fire:photo", args=[equipment.compound.code, asked.facts["photo"]])
    link = format_html('<a href="{}">{}</a>', photo, _("查看照片"))
    return [
        *retirement_lines(equipment, date.fromisoformat(asked.facts["on"])),
        (_("停用时的照片"), link),
    ]


def retirement_lines(equipment: Equipment, on: date) -> Lines:
    """What happens when a piece is out of use from that day on."""
    at = timezone.now()
    today = timezone.localdate(at)
    lines = [
        (_("设备"), f"{equipment} × {equipment.quantity}"),
        (_("点位"), f"{equipment.place.name}（{equipment.place.code}）"),
        (_("停用日"), _("%s起不再有检查任务，检查记录保留，不能撤回。") % day_words(on)),
    ]
    if on < today:
        lifted = misses_lifted(equipment, on=on, today=today)
        words = _("停用日早于今天：这之后的 %d 次漏检不再计入，按确认之前已知的数字不变。")
        lines.append((_("补录"), words % lifted))
    numbers = "、".join(one.number for one in open_defects_of(equipment, at))
    if numbers:
        lines.append((_("未闭环隐患"), _("%s，停用后仍须整改和复查。") % numbers))
    return lines


def explain(refusal: Exception) -> list[str]:
    """A refusal of this package in words."""
    return [sentence(refusal)] if isinstance(refusal, refusals.Refusal) else []


RETIREMENT = Kind(
    name=RETIRE,
    subject=Subject.EQUIPMENT,
    title=gettext_lazy("停用消防设备"),
    askers=(CompoundOffice.Role.MANAGER,),
    answerers=AUTHORITIES,
    rule="approvals.equipment.days",
    carry_out=confirm_retirement,
    describe=describe_retirement,
    refusals=(refusals.Refusal,),
    explain=explain,
)


def register_kinds() -> None:
    register(RETIREMENT)
