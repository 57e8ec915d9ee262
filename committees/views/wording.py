"""Obstacles and refusals in the clerk's words, each with its cure."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from committees.actions import refusals
from committees.documents.waivers import all_skipped
from committees.documents.wording import STEPS, bar
from committees.models import Ballot, Meeting, Waiver
from committees.rules.roster import RosterFault
from committees.rules.timetable import Code, Obstacle, Step
from portal.approvals import actions as approvals
from portal.approvals import wording as approving
from portal.tools.ui.words import day_words, deadline_words, moment_words

from .finding_words import stopped

SENTENCES = {
    Code.NO_MATTERS: lambda: _("还没有表决事项。请先添加至少一个事项。"),
    Code.ROLL_EMPTY: lambda: _("本小区还没有业主名册。请先导入名册。"),
    Code.NOBODY_STANDS: lambda: _("“%(title)s”还没有候选人。请先登记提名。"),
    Code.FEWER_THAN_SEATS: lambda: _(
        "“%(title)s”应选 %(seats)s 人，候选人只有 %(candidates)s 人。请继续征集提名。"
    ),
    Code.NOT_CONTESTED: lambda: _(
        "“%(title)s”候选人 %(candidates)s 人，与应选人数相同，不是差额选举。请再征集提名。"
    ),
    Code.NOTICE_NOT_LIVE: lambda: _(
        "会议公告尚未发布上线，请稍候刷新；如长时间未上线请联系管理员。"
    ),
    Code.NOTICE_TOO_SHORT: lambda: _(
        "会议公告须提前 %(needed)s 日，目前只过了 %(days)s 日，%(due_on)s 起可以开始投票。"
    ),
    Code.CANDIDATES_TOO_SHORT: lambda: _("候选人名单须公示满 %(needed)s 日。请等公示期满。"),
    Code.OPENS_LATER: lambda: _("公告的投票开始时间是 %(opens_at)s，请到时再开始。"),
    Code.WINDOW_TOO_SHORT: lambda: _("投票时间不足 %(needed)s 日。请把截止时间改晚。"),
    Code.WINDOW_TOO_LONG: lambda: _("投票时间超过 %(most)s 日。请把截止时间改早。"),
    Code.ENDS_IN_THE_PAST: lambda: _("截止时间 %(closes_at)s 已经过去。请改为将来的时间。"),
    Code.ENDS_BEFORE_IT_OPENS: lambda: _("投票于 %(opens_at)s 开始，截止时间须在其后。"),
    Code.CLOSES_LATER: lambda: _(
        "投票于 %(closes_at)s 截止，尚不能结束。如需改变，请先调整截止时间。"
    ),
}


def obstacle(one: Obstacle) -> str:
    """What stands in the way, and what to do about it."""
    sentence = SENTENCES[one.code]() % {name: _fact(fact) for name, fact in one.facts.items()}
    ends_at = one.facts.get("ends_at")
    if isinstance(ends_at, datetime):
        sentence += _("公示期至 %s 届满。") % deadline_words(ends_at)
    return sentence


def _fact(fact: int | str | date | datetime) -> int | str:
    if isinstance(fact, datetime):
        return moment_words(fact)
    return day_words(fact) if isinstance(fact, date) else fact


def waived(rows: Iterable[Waiver]) -> list[tuple[Waiver, str, str]]:
    """Each step out of the ordinary, with its name and the rules that were not kept."""
    return [(one, str(STEPS[Step(one.step)]), all_skipped(one)) for one in rows]


def any_refusal(one: refusals.Refusal | approvals.Refusal) -> list[str]:
    """Every reason of a refusal, of ours or of who must agree."""
    return approving.refusal(one) if isinstance(one, approvals.Refusal) else refusal(one)


def refusal(one: refusals.Refusal) -> list[str]:
    """Every reason of a refusal, a sentence each."""
    if isinstance(one, refusals.StepBlocked):
        return [obstacle(each) for each in one.obstacles]
    if isinstance(one, refusals.VotingNotOpen):
        words = _("投票时间是 %(opens)s 至 %(closes)s，现在不能投票。")
        opens, closes = moment_words(one.opens_at), moment_words(one.closes_at)
        return [words % {"opens": opens, "closes": closes}]
    if isinstance(one, refusals.WrongStage):
        return [_("会议现在处于“%s”，不能进行这一步。") % Meeting.Stage(one.stage).label]
    if isinstance(one, refusals.BallotsUnopenable | refusals.RecordUnsound):
        return stopped(one)
    if isinstance(one, refusals.AlreadyVoted):
        words = _("这张票已经投过（%s），每票只计一次，先收到的有效。")
        return [words % Ballot.Channel(one.channel).label]
    if isinstance(one, refusals.CommitteeElectedAlready):
        words = _(
            "本次会议已有选举业主委员会的事项“%s”，一次会议只选举一届。"
            "候补委员在那一场选举里填“候补人数”；补选委员或选举别的机构的，请在“选举的机构”里另选。"
        )
        return [words % one.title]
    return _about_seats(one) or [PLAIN[type(one)]()]


def _about_seats(one: refusals.Refusal) -> list[str]:
    """Why those elected cannot take their seats so; nothing of another refusal."""
    if isinstance(one, refusals.SeatedAlready):
        words = _("%s 在这一天已经是委员。请改日期，或核对当选人。")
        return [words % "、".join(one.names)]
    if isinstance(one, refusals.TooFewElected):
        words = _(
            "应选 %(seats)s 人，当选 %(elected)s 人，业主委员会须%(bar)s当选方可成立。请重新选举。"
        )
        return [words % {"seats": one.seats, "elected": one.elected, "bar": bar(one.bar)}]
    if isinstance(one, refusals.BeforeTheElection):
        words = _("选票于 %s 计出，任职不能早于这一天。请改晚任职日期。")
        return [words % day_words(one.first_on)]
    if isinstance(one, refusals.NoVacancy):
        words = _("本届 %s 个席位在这一天已经没有空缺，补选的人不能就任。请核对委员名单。")
        return [words % one.seats]
    return []


def paper_refusal(one: refusals.Refusal) -> list[str]:
    """Why a term from paper is not taken over, a sentence for each fault."""
    if isinstance(one, refusals.RosterUnfit):
        return [str(ROSTER[fault]()) for fault in one.faults]
    if isinstance(one, refusals.TermOverlaps):
        words = _("记录中已有一届业主委员会（%s 起），不能再补录。以后的任期由选举产生后就任。")
        return [words % day_words(one.starts_on)]
    return [_("单位或开发建设单位不能任委员。请填个人业主。")]


ROSTER = {
    RosterFault.NOBODY_SITS: lambda: _("请至少填一位委员。"),
    RosterFault.SEVERAL_CHAIRS: lambda: _("主任只能有一位。"),
    RosterFault.SEATED_TWICE: lambda: _("同一位业主填了两次。"),
}
PLAIN = {
    refusals.KeyDiffers: lambda: _(
        "会议的投票文件与投票开始时保存的不一致，暂停收票，您的选票没有投出。请联系会务人员。"
    ),
    refusals.NothingToWaive: lambda: _("这一步现在没有需要例外办理的条件，或条件已经变化。"),
    refusals.RequestSpent: lambda: _("这一页已经用过，请重新打开选票。"),
    refusals.BallotMalformed: lambda: _("选票填写有误，请返回修改。"),
    refusals.NotAnOwner: lambda: _("名册上没有这位业主，不能提名。请核对房号和姓名。"),
    refusals.AlreadyStands: lambda: _("这位业主已经是本次选举的候选人。"),
    refusals.SeatStands: lambda: _("这次离任不能撤销：已有下一届，或递补的人已离任或担任了职务。"),
    refusals.TermStands: lambda: _("这一届不能撤销：由本站的选举产生，或已有后续的记录。"),
    refusals.NotTheCommittee: lambda: _("这一项选举的不是业主委员会，不能就任。"),
    refusals.NoTermToFill: lambda: _(
        "所填日期不在现任一届的任期内（任期第二天至届满日）。请核对日期。"
    ),
    refusals.NobodyElected: lambda: _("本次选举无人当选，没有可以就任的人。"),
    refusals.TermOverlaps: lambda: _("上一届任期的起始日不早于所填日期。请改晚任期起始日。"),
    refusals.EveryBallotOpens: lambda: _("没有无法拆封的选票：每一张都能拆开。请直接计票。"),
    refusals.ReasonTaken: lambda: _("“unopenable”只用于无法拆封的选票，请另写作废的理由。"),
    refusals.AlreadyVoided: lambda: _("这张票已经作废。"),
    refusals.ChainBroken: lambda: _("选票账本校验未通过，计票已停止。请立即联系街道和系统管理员。"),
}
