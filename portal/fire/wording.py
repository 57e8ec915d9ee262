"""Refusals of this package in words: why it was not done, and what to do."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.tools.ui.words import day_words

from .actions import refusals


def sentence(refusal: refusals.Refusal) -> str:
    """Why it was not done, and what to do."""
    if isinstance(refusal, refusals.Dated):
        return str(DATED[type(refusal)]) % day_words(refusal.day)
    return SENTENCES[type(refusal)]()


SENTENCES: dict[type[refusals.Refusal], Callable[[], str]] = {
    refusals.LogIncomplete: lambda: _("检查没有填完，请逐项补全。"),
    refusals.NotADuty: lambda: _("这种设备没有这项检查。请从点位页面重新打开。"),
    refusals.NotInUse: lambda: _("这件设备或点位已停用，不能再登记检查。"),
    refusals.PageSpent: lambda: _("这一页已经用过。请从点位页面重新打开。"),
    refusals.CodeTaken: lambda: _("本小区已有这个编号，请换一个。"),
    refusals.ElsewhereBuilding: lambda: _("所选单元不在所选幢内，请重新选择。"),
    refusals.KindIsFixed: lambda: _("这件设备已有检查记录，不能改种类。请停用后另行登记。"),
    refusals.StillInUse: lambda: _("点位上还有在用的设备，请先停用设备。"),
    refusals.RetirementWaits: lambda: _("这件设备已有停用申请在等待确认，请先等答复或撤回。"),
    refusals.DefectClosed: lambda: _("这条隐患已经闭环。"),
    refusals.NotRepaired: lambda: _("还没有等待复查的整改。"),
    refusals.AlreadyRepaired: lambda: _("已有整改在等待复查，请先复查。"),
    refusals.SamePerson: lambda: _("整改人不能复查自己的整改，请由另一人复查。"),
    refusals.WordsMissing: lambda: _("请写明情况。"),
}

DATED = {
    refusals.RetiredAlready: gettext_lazy("这件设备自%s起已停用。"),
    refusals.DayUnfit: gettext_lazy("停用日不能早于起检日（%s），也不能晚于今天。"),
    refusals.CheckedSince: gettext_lazy("这件设备%s还检查过，停用日不能早于这一天。"),
}
