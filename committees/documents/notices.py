"""The meeting's notice, and the list of candidates with the party share explained."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from committees import queries
from committees.models import AnnouncedPlan, CalledOff, Candidate, Matter, Meeting
from committees.rules.ratio import PartyShare
from portal.publicity.documents import Block, Document, Facts, Heading, Paragraph, Signature, Table
from portal.tools.ui.words import area_words, percent_words

from . import wording
from .waivers import waivers_of


@override("zh-hans")  # what is frozen is Chinese, whatever its writer reads
def meeting_notice(meeting: Meeting, announced: AnnouncedPlan, *, at: datetime) -> Document:
    """What is asked, when, by whom it may be answered, on which roll and by which rules, with the
    hash of all that; signed with the day of its publication."""
    rules = queries.rules_of(meeting)
    roll = meeting.roll
    blocks: list[Block] = [
        Paragraph(
            _(
                "根据《民法典》第二百七十八条和《物业管理条例》第十四条，现将本次业主大会会议有关事项公告如下。"
            )
        ),
        Facts(
            (
                (_("会议"), meeting.title),
                (_("形式"), _("书面征求意见（网上投票与纸质票并行）")),
                (_("投票开始"), wording.moment(meeting.opens_at)),
                (_("投票截止"), wording.moment(meeting.closes_at)),
            )
        ),
    ]
    if roll is not None:
        version = _("第 %(number)s 版，%(day)s冻结") % {
            "number": roll.number,
            "day": wording.day(roll.frozen_at),
        }
        weight = _("%(parts)s 个专有部分，%(heads)s 人，%(area)s") % {
            "parts": roll.parts,
            "heads": roll.heads,
            "area": area_words(roll.area),
        }
        parking = _rule(meeting, "parking", wording.parking(roll.counts_parking))
        facts = ((_("业主名册"), version), (_("名册合计"), weight), (_("车位、储藏室"), parking))
        blocks.append(Facts(facts))
    blocks += [Heading(_("表决事项")), _matters(meeting), Heading(_("计票规则"))]
    blocks += [
        Facts(
            (
                (_("参与表决"), _rule(meeting, "participation", wording.bar(rules.participation))),
                (_("一般事项同意"), _rule(meeting, "ordinary", wording.bar(rules.ordinary))),
                (_("特别事项同意"), _rule(meeting, "special", wording.bar(rules.special))),
                (_("重复投票"), _("同一业主以先收到的有效票为准")),
                (_("得票相同"), _("末位得票相同的，均不当选，另行表决")),
            )
        ),
        Paragraph(
            _(
                "各项均按人数和专有部分面积分别计算，两项都达到方为通过。拥有多个专有部分的，人数计一人，面积合并计算。需要纸质票的，请联系会务人员。"
            )
        ),
        Heading(_("核对")),
        Paragraph(
            _(
                "小区、会议名称和截止时间、表决事项、候选人和计票规则自本公告起固定，校验值如下。"
                "计票后，用计票记录和公开的复核程序（recount.py 加 --announced）可以核对没有改过。"
            )
        ),
        Facts(((_("公告内容校验值（SHA-256）"), announced.sha256),)),
        *waivers_of(meeting),
        Signature(_issuer(meeting), wording.day(at)),
    ]
    return Document(_("%s公告") % meeting.title, tuple(blocks))


@override("zh-hans")  # what is frozen is Chinese, whatever its writer reads
def candidate_list(meeting: Meeting, *, at: datetime) -> Document:
    """Every candidate in order, and what share of them are party members, by which rule."""
    blocks: list[Block] = []
    elections = Matter.objects.filter(
        compound_id=meeting.compound_id, meeting=meeting, kind=Matter.Kind.ELECTION
    ).order_by("position")
    for matter in elections:
        standing = list(
            Candidate.objects.standing()
            .filter(compound_id=meeting.compound_id, matter=matter)
            .order_by("position")
        )
        blocks += [
            Heading(matter.title),
            Paragraph(
                _(
                    "应选 %(seats)s 人，候补 %(alternates)s 人，每票最多选 %(most)s 人；"
                    "候选人 %(count)s 人，按提名先后排列。"
                )
                % {
                    "seats": matter.seats,
                    "alternates": matter.alternates,
                    "most": matter.max_choices,
                    "count": len(standing),
                }
            ),
            _candidates(standing),
            _party_share(meeting, standing),
        ]
    blocks.append(Signature(_issuer(meeting), wording.day(at)))
    return Document(_("%s候选人名单公示") % meeting.title, tuple(blocks))


@override("zh-hans")  # what is frozen is Chinese, whatever its writer reads
def called_off_notice(meeting: Meeting, row: CalledOff) -> Document:
    """That the meeting is off, why, and what becomes of ballots that were cast."""
    blocks: list[Block] = [
        Paragraph(_("本次业主大会会议现予取消，不计票，不形成决定，也不产生当选人。")),
        Facts(((_("会议"), meeting.title), (_("取消的理由"), row.reason))),
    ]
    if meeting.manifest:
        blocks.append(
            Paragraph(_("已经收到的选票保持封存，不拆封。需要另行召开会议的，另行公告，重新投票。"))
        )
    blocks.append(Signature(_issuer(meeting), wording.day(row.at)))
    return Document(_("关于取消%s的公告") % meeting.title, tuple(blocks))


def _matters(meeting: Meeting) -> Table:
    rows = []
    counts_parking = meeting.roll is not None and meeting.roll.counts_parking
    matters = Matter.objects.filter(compound_id=meeting.compound_id, meeting=meeting)
    for matter in matters.order_by("position"):
        scope = wording.scope(matter.scope, counts_parking=counts_parking)
        what = matter.title if not matter.text else f"{matter.title}：{matter.text}"
        rows.append((str(matter.position), what, matter.get_bar_display(), scope))
    return Table((_("序号"), _("事项"), _("通过标准"), _("表决范围")), tuple(rows))


def _rule(meeting: Meeting, name: str, words: str) -> str:
    source = meeting.sources.get(name, "")
    return f"{words}（{source}）" if source else words


def _candidates(standing: list[Candidate]) -> Table:
    rows = tuple(
        (
            str(place),
            who.name,
            _politics(who),
            who.get_channel_display(),
            who.statement or "—",
        )
        for place, who in enumerate(standing, start=1)
    )
    header = (_("序号"), _("姓名"), _("政治面貌"), _("推荐方式"), _("自我介绍"))
    return Table(header, rows)


def _politics(who: Candidate) -> str:
    """Political status is told only with the person's own consent (PIPL art. 25, law.md §8.3)."""
    if not who.agrees_to_publish:
        return "—"
    return _("中共党员") if who.is_party_member else _("非中共党员")


def _party_share(meeting: Meeting, standing: list[Candidate]) -> Paragraph:
    target = queries.rules_of(meeting).party_target
    share = PartyShare(target, len(standing), sum(who.is_party_member for who in standing))
    words = _(
        "候选人中中共党员 %(members)s 人，占 %(members)s/%(all)s（%(percent)s）；%(target)s"
        "该比例仅供了解，不影响任何候选人的资格、得票和当选。"
    )
    return Paragraph(
        words
        % {
            "members": share.party_members,
            "all": share.members,
            "percent": percent_words((share.party_members, share.members)),
            "target": wording.party_target(share, meeting.sources.get("party_target", "")),
        }
    )


def _issuer(meeting: Meeting) -> str:
    return _("%s业主大会会议会务组") % meeting.compound.name
