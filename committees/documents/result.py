"""The result sheet: every fraction against its bar, who is elected, and the hashes."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import override

from committees.models import AnnouncedPlan, Candidate, Matter, Meeting, Result
from committees.queries.slips import voided_count
from committees.rules import tally
from committees.rules.seats import Standing
from committees.rules.thresholds import Gate
from portal.publicity.documents import Block, Document, Facts, Heading, Paragraph, Signature, Table

from . import wording
from .waivers import waivers_of

OPTIONS = {
    "agree": lazy("同意"),
    "against": lazy("反对"),
    "abstain": lazy("弃权"),
    "follow": lazy("从多"),
}
STANDINGS = {
    Standing.ELECTED: lazy("当选"),
    Standing.ALTERNATE: lazy("候补"),
    Standing.UNDECIDED_SEAT: lazy("末位得票相同，待定"),
    Standing.UNDECIDED_ALTERNATE: lazy("候补末位相同，待定"),
    Standing.NOT_ELECTED: lazy("未当选"),
}


@override("zh-hans")  # what is frozen is Chinese, whatever its writer reads
def result_sheet(
    meeting: Meeting, result: Result, results: Iterable[tally.Result], announced: AnnouncedPlan
) -> Document:
    """The result as it is posted; exact areas of homes are not in it."""
    matters = {
        matter.code: matter
        for matter in Matter.objects.filter(compound_id=meeting.compound_id, meeting=meeting)
    }
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
    for one in results:
        blocks.append(Heading(matters[one.id].title))
        if isinstance(one, tally.DecisionResult):
            blocks += _decision(matters[one.id], one)
        else:
            blocks += _election(meeting, matters[one.id], one)
    blocks += _unopenable(result, matters)
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


def _unopenable(result: Result, matters: dict[str, Matter]) -> list[Block]:
    """How many ballots could not be opened, and which verdicts they could have changed."""
    if not result.unopenable:
        return []
    changed = "、".join(matters[code].title for code in result.unopenable["could_change"])
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


def _decision(matter: Matter, one: tally.DecisionResult) -> list[Block]:
    rows = tuple(
        (str(OPTIONS[name]), str(weight.heads), wording.area(weight.area))
        for name, weight in zip(matter.options, one.options, strict=True)
    )
    verdict = one.verdict
    said = _("本事项通过。") if verdict.passed else _("本事项未通过。")
    blocks: list[Block] = [
        Table((_("意见"), _("人数"), _("面积")), rows),
        _gates([(_("参与表决"), verdict.participation), (_("同意"), verdict.agreement)]),
        Paragraph(said),
    ]
    if one.strict.passed != verdict.passed:
        blocks.append(Paragraph(_("如不计“从多”，本事项的结论不同。")))
    return blocks


def _gates(gates: list[tuple[str, Gate]]) -> Table:
    rows = []
    for name, gate in gates:
        for measure, part, of, cleared in (
            (_("人数"), str(gate.part.heads), str(gate.of.heads), gate.heads),
            (_("面积"), wording.area(gate.part.area), wording.area(gate.of.area), gate.area),
        ):
            share = _share(gate, by_area=measure == _("面积"))
            rows.append(
                (
                    f"{name}·{measure}",
                    f"{part} / {of}",
                    share,
                    wording.bar(gate.bar),
                    wording.verdict(cleared),
                )
            )
    return Table((_("项目"), _("实际 / 基数"), _("比例"), _("标准"), _("结论")), tuple(rows))


def _share(gate: Gate, *, by_area: bool) -> str:
    if by_area:
        return wording.percent(gate.part.area, gate.of.area)
    return wording.percent(gate.part.heads, gate.of.heads)


def _election(meeting: Meeting, matter: Matter, one: tally.ElectionResult) -> list[Block]:
    names = {
        who.code: who.name
        for who in Candidate.objects.filter(compound_id=meeting.compound_id, matter=matter)
    }
    rows = tuple(
        (
            names[who.id],
            f"{who.agreement.part.heads}（{_share(who.agreement, by_area=False)}）",
            f"{wording.area(who.agreement.part.area)}（{_share(who.agreement, by_area=True)}）",
            wording.verdict(who.is_qualified),
            str(STANDINGS[who.standing]),
        )
        for who in one.candidates
    )
    header = (_("候选人"), _("得票人数"), _("得票面积"), _("双过半"), _("结果"))
    party = [Paragraph(_party(meeting, one))] if one.party.members else []
    return [
        _gates([(_("参与表决"), one.participation)]),
        Table(header, rows),
        Paragraph(_seats(matter, one, names)),
        *party,
    ]


def _seats(matter: Matter, one: tally.ElectionResult, names: dict[str, str]) -> str:
    elected = "、".join(names[who] for who in one.seating.elected) or _("无")
    words = _("应选 %(seats)s 人，当选 %(count)s 人：%(elected)s。") % {
        "seats": matter.seats,
        "count": len(one.seating.elected),
        "elected": elected,
    }
    if one.seating.alternates:
        words += _("候补：%s。") % "、".join(names[who] for who in one.seating.alternates)
    if one.seating.tied:
        words += _("末位得票相同、待另行表决：%s。") % "、".join(
            names[who] for who in one.seating.tied
        )
    if one.open_seats:
        words += _("空缺 %s 席。") % one.open_seats
    if not one.participation.is_cleared:
        words += _("参与表决未达到法定标准，本次选举无人当选。")
    return words


def _party(meeting: Meeting, one: tally.ElectionResult) -> str:
    words = _(
        "当选人中中共党员 %(members)s 人，占 %(members)s/%(all)s；%(target)s"
        "该比例由当选结果得出，不改变任何人的当选。"
    )
    return words % {
        "members": one.party.party_members,
        "all": one.party.members,
        "target": wording.party_target(one.party, meeting.sources.get("party_target", "")),
    }
