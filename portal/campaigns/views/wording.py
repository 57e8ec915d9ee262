"""Refusals and obstacles in the reader's words: what is wrong, and what to do about it."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from portal.campaigns.actions import refusals
from portal.campaigns.models import Campaign, Scoring
from portal.campaigns.queries.steering import Obstacle, Why
from portal.campaigns.rules.standard import Standard
from portal.tools.ui.words import day_words, deadline_words


def obstacle(one: Obstacle) -> str:
    """Why the campaign cannot go on, and what would cure it."""
    return _OBSTACLES[one.why](one)


def refusal(found: refusals.Refusal, standard: Standard) -> list[str]:
    """Why an act was refused, a sentence each."""
    if isinstance(found, refusals.StageBlocked):
        return [obstacle(one) for one in found.obstacles]
    if isinstance(found, refusals.NotFinished | refusals.BadMarks):
        return [_fault(item, what, standard) for item, what in found.faults]
    if isinstance(found, refusals.SavedMeanwhile):
        return [_fault(item, "saved", standard) for item in found.items]
    if isinstance(found, refusals.WrongStage):
        stage = Campaign.Stage(found.stage).label
        return [_("评选现在处于“%s”阶段，不能进行这一步。请返回评选页面查看。") % stage]
    if isinstance(found, refusals.DaysOutside):
        facts = {"least": found.least, "most": found.most}
        return [_("公示天数应为 %(least)s 至 %(most)s 天。请修改后再公示。") % facts]
    return [_plain(found)]


def _plain(found: refusals.Refusal) -> str:
    words = {
        refusals.AlreadyOpen: _("本年度已经有同名的评选。请换一个名称，或返回查看已有的评选。"),
        refusals.OutsideCounty: _("该小区不在本次评选的县（市、区）内，请参加所在地的评选。"),
        refusals.EntryClosed: _("申报已经截止，不能再填写或提交。有疑问请联系主办单位。"),
        refusals.AlreadySubmitted: _("申报已经提交，内容不能再修改。"),
        refusals.NotSubmitted: _("该小区没有提交申报，不能评分。"),
        refusals.NoSuchVeto: _("评价标准中没有这一否决事项，请重新选择。"),
        refusals.ScoredMeanwhile: _(
            "这一级已经有保存的评分：是您先前保存的，或同级另一位工作人员在您填写期间保存的。"
            "请核对下面列出的评分，确需修改再保存。"
        ),
        refusals.DraftChanged: _("您核对期间，另一人又保存了申报。请核对现在的内容后再提交。"),
        refusals.NothingChanged: _("这一否决事项已经是这个状态，没有重复记录。"),
    }
    return words[type(found)]


def _fault(item: str, what: str, standard: Standard) -> str:
    titles = {one.code: one.title for one in standard.items}
    words = {
        "unscored": _("“%s”还没有自评分，请填写得分，没有的填 0。"),
        "bare": _("“%s”自评有分，但没有说明也没有材料，请补充说明或上传材料。"),
        "missing": _("“%s”还没有评分。"),
        "outside": _("“%s”的得分超出了该项的分值。"),
        "saved": _("您填写期间，另一人改过“%s”。请商定后改好，再保存一次。"),
        "unknown": _("评价标准中没有“%s”这一项。"),
    }
    return words[what] % titles.get(item, item)


def _compound(one: Obstacle) -> str:
    return one.compound.name if one.compound else ""


def _not_scored(one: Obstacle) -> str:
    facts = {"compound": _compound(one), "level": Scoring.By(one.facts["scorer"]).label}
    return _("%(compound)s：%(level)s还没有评分。请提醒负责的工作人员评分。") % facts


def _publicity_runs(one: Obstacle) -> str:
    facts = {"compound": _compound(one), "ends": deadline_words(one.facts["ends_at"])}
    return _("%(compound)s：结果公示到 %(ends)s 才期满。请等期满后再命名。") % facts


_OBSTACLES: dict[Why, Callable[[Obstacle], str]] = {
    Why.ENTRY_RUNS: lambda one: (
        _("申报到 %s 24:00 才截止。请等截止后再进入下一阶段。") % day_words(one.facts["until"])
    ),
    Why.NOBODY_SUBMITTED: lambda _one: _("还没有小区提交申报。请通知各小区填写并提交。"),
    Why.NOT_SCORED: _not_scored,
    Why.NOT_LIVE: lambda one: (
        _(
            "%s：结果公示还没有上线，公示期没有起算。请稍候刷新；长时间没有上线的，请联系系统管理员。"
        )
        % _compound(one)
    ),
    Why.PUBLICITY_RUNS: _publicity_runs,
    Why.AWARDED: lambda _one: _("评选已经结束。"),
}
