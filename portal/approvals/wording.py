"""Refusals of this package in words, for whoever asks or answers."""

from django.utils.translation import gettext as _

from portal.tools.ui.words import moment_words

from .actions import refusals
from .models import Answer


def refusal(one: refusals.Refusal) -> list[str]:
    """Every reason of a refusal, a sentence each."""
    if isinstance(one, refusals.CarriedOutNot):
        return one.sentences
    if isinstance(one, refusals.AnsweredAlready):
        return [_("这项申请已经办结：%s。") % Answer.Outcome(one.outcome).label]
    if isinstance(one, refusals.TimeIsOver):
        words = _("答复期限 %s 已过，视为未同意。需要的，请重新申请。")
        return [words % moment_words(one.lapses_at)]
    return [PLAIN[type(one)]()]


PLAIN = {
    refusals.NoOfficeHere: lambda: _("您在这里没有可以办理这项申请的职务。"),
    refusals.NobodyAnswers: lambda: _(
        "这里还没有另一位有权同意的人。请先由社区、街道或县级增加一位工作人员。"
    ),
    refusals.AskedAlready: lambda: _("另一位工作人员已经提出同样的申请，正在等待答复。"),
    refusals.Oneself: lambda: _("申请人不能同意自己的申请，换一个职务或换一个账号也不能。"),
    refusals.SameOffice: lambda: _("须由两种不同职务的两个人办理，您与申请人的职务相同。"),
    refusals.AskerLeft: lambda: _("申请人已不再担任提出申请时的职务。请由现任人员重新申请。"),
    refusals.NeverAlone: lambda: _("这类事项在任何情况下都不能一个人办理。"),
}
