"""Waivers in words: on the page of who must agree, in their notice, in notice and result."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from committees.models import Meeting, Waiver
from committees.rules.timetable import Code, Step
from portal.approvals.models import Request
from portal.publicity.documents import Block, Document, Facts, Heading, Paragraph, Signature, Table

from . import wording

SKIPPED = {
    Code.NOTICE_TOO_SHORT: lambda: _("会议公告须提前 %(needed)s 日"),
    Code.CANDIDATES_TOO_SHORT: lambda: _("候选人名单须公示满 %(needed)s 日"),
    Code.WINDOW_TOO_SHORT: lambda: _("投票时间不少于 %(needed)s 日"),
    Code.WINDOW_TOO_LONG: lambda: _("投票时间不超过 %(most)s 日"),
    Code.FEWER_THAN_SEATS: lambda: _(
        "“%(title)s”候选人多于应选人数（应选 %(seats)s 人，候选 %(candidates)s 人）"
    ),
    Code.NOT_CONTESTED: lambda: _(
        "“%(title)s”差额选举（应选 %(seats)s 人，候选 %(candidates)s 人）"
    ),
}


def skipped(written: Mapping[str, Any]) -> str:
    """The rule that is not kept, with its source."""
    words = SKIPPED[Code(written["code"])]() % written["facts"]
    source = written.get("source")
    return _("%(rule)s（%(source)s）") % {"rule": words, "source": source} if source else words


def all_skipped(waiver: Waiver) -> str:
    return "；".join(skipped(one) for one in waiver.obstacles)


def waiver_lines(asked: Request) -> list[tuple[str, str]]:
    """Everything that agreeing to a waiver brings about."""
    meeting = Meeting.objects.get(compound=asked.compound, pk=asked.target)
    step = str(wording.STEPS[Step(asked.facts["step"])])
    rules = [
        (_("不按规定办理的第 %s 项") % place, skipped(one))
        for place, one in enumerate(asked.facts["obstacles"], start=1)
    ]
    return [
        (_("会议"), meeting.title),
        (_("投票时间"), _times(meeting)),
        (_("步骤"), step),
        *rules,
        (_("随后"), _("会务人员可以进行“%s”，须在同意后的有效时间内办理。") % step),
        (_("公开"), _("例外办理公示立即发布，并写入会议公告和结果公示。")),
    ]


@override("zh-hans")  # what is frozen is Chinese, whatever its writer reads
def waiver_notice(meeting: Meeting, waiver: Waiver) -> Document:
    """The notice of one waiver: each rule that is not kept, the reason, that two offices did it."""
    step = str(wording.STEPS[Step(waiver.step)])
    return Document(
        _("例外办理公示：%s") % meeting.title,
        (
            Paragraph(
                _(
                    "本次业主大会会议的下列步骤没有按规定的条件办理。由会务人员申请，"
                    "经社区或街道的另一位工作人员同意，现予公示。"
                )
            ),
            Facts(
                (
                    (_("会议"), meeting.title),
                    (_("步骤"), step),
                    (_("投票时间"), _times(meeting)),
                    (_("理由"), waiver.reason),
                )
            ),
            Heading(_("没有按规定办理的各项")),
            Table((_("规定"),), tuple((skipped(one),) for one in waiver.obstacles)),
            Signature(meeting.compound.name, wording.day(waiver.at)),
        ),
    )


def waivers_of(meeting: Meeting) -> list[Block]:
    """The section of a notice or a result that lists them; nothing where there are none."""
    waivers = list(
        Waiver.objects.filter(compound_id=meeting.compound_id, meeting=meeting).order_by("at")
    )
    if not waivers:
        return []
    rows = tuple(
        (
            wording.day(one.at),
            str(wording.STEPS[Step(one.step)]),
            all_skipped(one) or _("无"),
            one.reason,
        )
        for one in waivers
    )
    return [
        Heading(_("例外办理的步骤及理由")),
        Table((_("日期"), _("步骤"), _("没有按规定办理的各项"), _("理由")), rows),
    ]


def _times(meeting: Meeting) -> str:
    between: tuple[datetime, datetime] = (meeting.opens_at, meeting.closes_at)
    return _("%(opens)s 至 %(closes)s") % {
        "opens": wording.moment(between[0]),
        "closes": wording.moment(between[1]),
    }
