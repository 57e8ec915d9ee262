"""The result sheet: every fraction against its bar, who is elected, and the hashes."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import override

from committees.models import AnnouncedPlan, Meeting, Result
from committees.queries.slips import voided_count
from committees.rules import tally
from portal.publicity.documents import Block, Document, Facts, Heading, Paragraph, Signature, Table
from portal.tools.ui.gauges import Gauge

from . import wording
from .counted import Counted, CountedDecision, CountedElection, counted_matters
from .waivers import waivers_of


@override("zh-hans")  # what is frozen is Chinese, whatever its writer reads
def result_sheet(
    meeting: Meeting, result: Result, results: Iterable[tally.Result], announced: AnnouncedPlan
) -> Document:
    """The result as it is posted; exact areas of homes are not in it."""
    blocks: list[Block] = [
        Facts(
            (
                (_("会议"), meeting.title),
                (_("投票时间"), _span(meeting)),
                (_("业主名册"), _("第 %s 版") % (meeting.roll.number if meeting.roll else "—")),
                (_("作废的选票"), _("%s 张") % voided_count(meeting)),
            )
        )
    ]
    counted = counted_matters(meeting, results)
    for one in counted:
        blocks += [Heading(one.matter.title), *_counted(one)]
    blocks += _unopenable(result, {one.matter.code: one.matter.title for one in counted})
    blocks += waivers_of(meeting)
    blocks += [
        Heading(_("核对")),
        Paragraph(
            _(
                "凭投票回执可以查询本人选票已计入；任何人取得计票记录后都可以用公开的复核程序重新计票。"
            )
        ),
        Facts(
            (
                (_("公告内容校验值（SHA-256）"), announced.sha256),
                (_("会议文件哈希"), result.manifest_sha256),
                (_("账本末条哈希"), result.last_hash),
            )
        ),
        Signature(
            _("%s业主大会会议会务组") % meeting.compound.name, wording.day(result.counted_at)
        ),
    ]
    return Document(_("%s表决结果公示") % meeting.title, tuple(blocks))


def _unopenable(result: Result, titles: dict[str, str]) -> list[Block]:
    """How many ballots could not be opened, and which verdicts they could have changed."""
    if not result.unopenable:
        return []
    changed = "、".join(titles[code] for code in result.unopenable["could_change"])
    said = (
        _("这些选票如果能够拆封，可能改变结论的事项：%s。") % changed
        if changed
        else _("这些选票不论怎样投，都不改变任何一项的结论。")
    )
    count = _("有 %s 张选票无法拆封，经两个不同职务的人确认作废。") % result.unopenable["ballots"]
    return [Heading(_("无法拆封的选票")), Paragraph(count + said)]


def _span(meeting: Meeting) -> str:
    return _("%(opens)s 至 %(closes)s") % {
        "opens": wording.moment(meeting.opens_at),
        "closes": wording.moment(meeting.closes_at),
    }


def _counted(one: Counted) -> list[Block]:
    return _decision(one) if isinstance(one, CountedDecision) else _election(one)


def _decision(one: CountedDecision) -> list[Block]:
    said = _("本事项通过。") if one.passed else _("本事项未通过。")
    rows = tuple((line.name, line.heads, line.area) for line in one.options)
    return [
        Table((_("意见"), _("人数"), _("面积")), rows),
        _gauges(one.gauges),
        Paragraph(said),
        *map(Paragraph, one.notes),
    ]


def _gauges(gauges: Iterable[Gauge]) -> Table:
    header = (_("项目"), _("实际 / 基数"), _("比例"), _("标准"), _("结论"))
    return Table(
        header,
        tuple(
            (one.label, one.figure_words, one.share_words, one.rule_words, one.verdict_words)
            for one in gauges
        ),
    )


def _election(one: CountedElection) -> list[Block]:
    rows = tuple(
        (who.name, who.heads, who.area, who.verdict, who.standing_words) for who in one.candidates
    )
    header = (_("候选人"), _("得票人数"), _("得票面积"), _("双过半"), _("结果"))
    return [
        _gauges(one.gauges),
        Table(header, rows),
        Paragraph(_seats(one)),
        *([Paragraph(one.party)] if one.party else []),
    ]


def _seats(one: CountedElection) -> str:
    words = _("应选 %(seats)s 人，当选 %(count)s 人：%(elected)s。") % {
        "seats": one.matter.seats,
        "count": len(one.elected),
        "elected": "、".join(one.elected) or _("无"),
    }
    if one.alternates:
        words += _("候补：%s。") % "、".join(one.alternates)
    if one.tied:
        words += _("末位得票相同、待另行表决：%s。") % "、".join(one.tied)
    if one.open_seats:
        words += one.vacant_words + _("。")
    if not one.has_quorum:
        words += _("参与表决未达到法定标准，本次选举无人当选。")
    return words
