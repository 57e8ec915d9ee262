"""Bars, days and scopes in words, for papers that are read in court."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from committees.queries.rules import local
from committees.rules.ratio import PartyShare
from committees.rules.thresholds import Bar
from committees.rules.timetable import Step

STEPS = {
    Step.FREEZE: lazy("冻结业主名册"),
    Step.PUBLISH: lazy("发布会议公告和候选人名单"),
    Step.OPEN: lazy("开始投票"),
    Step.RESCHEDULE: lazy("调整截止时间"),
    Step.CLOSE: lazy("结束投票"),
    Step.COUNT: lazy("计票"),
}


def bar(bar_: Bar) -> str:
    """2/3 inclusive → 不少于 2/3; 1/2 exclusive → 超过 1/2."""
    words = _("不少于 %s") if bar_.inclusive else _("超过 %s")
    return words % f"{bar_.share.numerator}/{bar_.share.denominator}"


def verdict(cleared: bool) -> str:
    return _("达到") if cleared else _("未达到")


def party_target(share: PartyShare, source: str) -> str:
    """The target, its source and whether the share meets it; that there is none where none is."""
    if share.target is None:
        return _("规则库中没有适用于本小区的党员占比引导目标。")
    words = _("引导目标为%(bar)s（%(source)s），%(verdict)s。")
    said = verdict(cleared=share.met is True)
    return words % {"bar": bar(share.target), "source": source, "verdict": said}


def moment(at: datetime) -> str:
    return f"{day(at)} {local(at):%H:%M}"


def day(at: datetime) -> str:
    here = local(at)
    return f"{here.year}年{here.month}月{here.day}日"


def parking(counts: bool) -> str:
    return _("计入人数和面积") if counts else _("不计入人数和面积")


def scope(name: str, *, counts_parking: bool) -> str:
    """The scope in words, on a roll whose default scope counts parking and storage or not."""
    if name == "homes" and not counts_parking:
        return _("全体业主（不含车位、储藏室）")
    if name in {"homes", "all"}:
        return _("全体业主（含车位、储藏室）")
    return _("%s幢业主") % name.removeprefix("b-")
