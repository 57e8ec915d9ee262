"""The notice of an entry's proposed result: outcome, points by heading, records, who to tell."""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.campaigns.models import Campaign, Entry
from portal.campaigns.queries.standards import standard_in
from portal.campaigns.rules.record import recomputed
from portal.campaigns.rules.standard import Standard
from portal.campaigns.rules.total import Outcome, Total
from portal.campaigns.rules.words import points_words
from portal.publicity.documents import Document, Facts, Heading, Paragraph, Signature, Table
from portal.tools.ui.words import day_words


@override("zh-hans")  # what is frozen is Chinese, whatever its writer reads
def result_notice(entry: Entry, value: Mapping[str, Any], sha256: str, *, at: datetime) -> Document:
    """What is posted in the compound before anybody is named."""
    campaign, standard = entry.campaign, standard_in(entry.campaign)
    reckoned = recomputed(value)
    blocks = (
        Paragraph(
            _("%(campaign)s评审已经结束，现将%(compound)s的拟定结果公示如下。")
            % {"campaign": campaign.name, "compound": entry.compound.name}
        ),
        Facts(
            (
                (_("小区"), entry.compound.name),
                (_("得分"), _points(reckoned, standard)),
                (_("拟定结果"), outcome_words(reckoned, standard)),
            )
        ),
        Heading(_("各项得分")),
        _headings(reckoned, standard),
        Heading(_("取自记录的依据")),
        _records(value["records"], standard),
        Paragraph(
            _(
                "对结果有异议的，请在公示期内向%(issuer)s实名提出。"
                "得分可由公开的评分数据重新算出，数据的校验值为 %(sha256)s。"
            )
            % {"issuer": issuer(campaign), "sha256": sha256}
        ),
        Signature(issuer(campaign), day_words(at)),
    )
    title = _("%(campaign)s评价结果公示（%(compound)s）")
    names = {"campaign": campaign.name, "compound": entry.compound.name}
    return Document(title % names, blocks)


def outcome_words(reckoned: Total, standard: Standard) -> str:
    """The outcome with its reason: a level to be named, below the lowest, vetoed, unfinished."""
    if reckoned.outcome is Outcome.VETOED:
        titles = {veto.code: veto.title for veto in standard.vetoes}
        reasons = _("、").join(titles[code] for code in reckoned.vetoes)
        return _("不予命名：一票否决（%s）") % reasons
    if reckoned.outcome is Outcome.INCOMPLETE:
        return _("评分未完成")
    if reckoned.level is None:
        lowest = standard.levels[-1]
        return _("不予命名：低于最低等次%(title)s的 %(points)s 分") % {
            "title": lowest.title,
            "points": lowest.at_least,
        }
    return _("拟命名为%s") % reckoned.level.title


def issuer(campaign: Campaign) -> str:
    return _("%s美丽小区评选办公室") % campaign.region.name


def _points(reckoned: Total, standard: Standard) -> str:
    if reckoned.tenths is None:
        return _("未评分")
    return f"{points_words(reckoned.tenths)} / {standard.points}"


def _headings(reckoned: Total, standard: Standard) -> Table:
    rows = tuple(
        (one.title, str(one.points), _heading_points(reckoned, one.code))
        for one in standard.headings
    )
    return Table((_("项目"), _("满分"), _("得分")), rows)


def _heading_points(reckoned: Total, code: str) -> str:
    """A heading's points; a vetoed entry may never have been scored."""
    return "—" if reckoned.tenths is None else points_words(Fraction(reckoned.headings[code]))


def _records(records: Mapping[str, Any], standard: Standard) -> Table:
    rows = tuple(
        (item.title, str(records[item.source]["words"]), _day(records[item.source]))
        for item in standard.items
        if item.source
    )
    return Table((_("项目"), _("记录"), _("取数日期")), rows)


def _day(record: Mapping[str, Any]) -> str:
    return day_words(date.fromisoformat(record["on"]))
