"""The papers that are posted: what is asked and by which rules, who stands, what came of it."""

from datetime import timedelta

import pytest

from committees import actions, documents
from committees.documents import wording
from committees.models import AnnouncedPlan, Candidate, Matter
from committees.rules.timetable import Step
from portal.publicity.documents import Facts, Heading, Paragraph, Signature, Table, from_json
from portal.publicity.models import Publicity
from tests.factories import meetings
from tests.factories.meetings import CLOSED, PREPARED, PUBLISHED

PLAN = AnnouncedPlan(sha256="5e" * 32)


def blocks(document, kind):
    return [block for block in document.blocks if isinstance(block, kind)]


def facts(document):
    return {label: value for block in blocks(document, Facts) for label, value in block.pairs}


def words(document):
    return "".join(block.text for block in blocks(document, Paragraph))


def table(document, first):
    """The rows of the table whose first column is called `first`."""
    (found,) = [block for block in blocks(document, Table) if block.header[0] == first]
    return list(found.rows)


def posted(held, kind):
    row = Publicity.objects.get(compound=held.compound, kind=kind)
    return from_json({"title": row.title, "blocks": row.body})


def nominate(held, place, **said):
    usual = {"is_party_member": False, "agrees_to_publish": True, "channel": "self"}
    nomination = actions.Nomination(owner=held.owners[place], **usual | said)
    return actions.nominate(held.matter(2), nomination, by=held.clerk.pk, at=PREPARED)


def count(held, *ballots):
    for place, choices in enumerate(ballots):
        held.cast(place, choices)
    held.meeting = actions.close_voting(held.meeting, by=held.clerk.pk, at=CLOSED)
    actions.count_ballots(held.meeting, by=held.clerk.pk, at=CLOSED)
    return posted(held, Publicity.Kind.RESULT)


def test_the_notice_says_when_on_which_roll_and_by_which_rules(nominating):
    notice = documents.meeting_notice(nominating.meeting, PLAN, at=PUBLISHED)
    told = facts(notice)
    assert notice.title == "第一次会议公告"
    assert told["投票开始"] == "2026年10月1日 09:00"
    assert told["投票截止"] == "2026年10月15日 09:00"
    assert told["公告内容校验值（SHA-256）"] == "5e" * 32
    assert told["业主名册"] == "第 1 版，2026年9月1日冻结"
    area = 8932 + sum(range(8000, 8900, 100))
    assert told["名册合计"] == f"10 个专有部分，10 人，{area // 100}.{area % 100:02} ㎡"
    sources = nominating.meeting.sources
    assert told["参与表决"] == f"不少于 2/3（{sources['participation']}）"
    assert told["一般事项同意"] == f"超过 1/2（{sources['ordinary']}）"
    assert told["特别事项同意"] == f"不少于 3/4（{sources['special']}）"
    assert blocks(notice, Signature) == [Signature("幸福花园业主大会会议会务组", "2026年9月11日")]


def test_the_notice_lists_every_matter_with_its_bar_and_its_scope(prepared, cast):
    special = actions.DecisionPlan("更新电梯", "", Matter.Bar.SPECIAL, scope="b-2")
    actions.put_matter(prepared.meeting, special, by=cast.li.pk, at=PREPARED)
    parking = actions.DecisionPlan("车位收费", "每月", Matter.Bar.ORDINARY, scope="all")
    actions.put_matter(prepared.meeting, parking, by=cast.li.pk, at=PREPARED)
    meeting = actions.freeze_roll(prepared.meeting, by=cast.li.pk, at=PREPARED)
    homes = "全体业主（不含车位、储藏室）"
    assert table(documents.meeting_notice(meeting, PLAN, at=PUBLISHED), "序号") == [
        ("1", "续聘物业：三年", "一般事项", homes),
        ("2", "选举委员", "一般事项", homes),
        ("3", "更新电梯", "特别事项", "2幢业主"),
        ("4", "车位收费：每月", "一般事项", "全体业主（含车位、储藏室）"),
    ]


def test_the_list_names_who_stands_in_order_and_leaves_out_who_withdrew(cast, letters):
    held = meetings.nominating(cast.compound, cast.li, candidates=0)
    for place in range(4):
        nominate(held, place, statement="愿意服务" if place == 3 else "")
    gone = Candidate.objects.get(position=2)
    actions.withdraw(gone, by=cast.li.pk, at=PREPARED)
    rows = table(documents.candidate_list(held.meeting, at=PUBLISHED), "序号")
    assert [(row[0], row[1], row[4]) for row in rows] == [
        ("1", "业主0", "—"),
        ("2", "业主2", "—"),
        ("3", "业主3", "愿意服务"),
    ]


def test_political_status_is_told_only_of_who_agreed(cast, letters):
    held = meetings.nominating(cast.compound, cast.li, candidates=0)
    nominate(held, 0, is_party_member=True)
    nominate(held, 1, is_party_member=True, agrees_to_publish=False)
    nominate(held, 2, agrees_to_publish=False)
    nominate(held, 3)
    document = documents.candidate_list(held.meeting, at=PUBLISHED)
    assert [row[2] for row in table(document, "序号")] == ["中共党员", "—", "—", "非中共党员"]


@pytest.mark.parametrize(
    ("members", "said"),
    [
        (1, "中共党员 1 人，占 1/4（25.00%）；引导目标为超过 1/2"),
        (2, "中共党员 2 人，占 2/4（50.00%）；引导目标为超过 1/2"),
        (3, "中共党员 3 人，占 3/4（75.00%）；引导目标为超过 1/2"),
    ],
)
def test_the_party_share_of_the_candidates_is_told_against_its_target(cast, letters, members, said):
    held = meetings.nominating(cast.compound, cast.li, candidates=0)
    for place in range(4):
        nominate(held, place, is_party_member=place < members)
    told = words(documents.candidate_list(held.meeting, at=PUBLISHED))
    assert said in told
    assert ("），达到。" in told) is (members == 3)
    assert "不影响任何候选人的资格、得票和当选" in told


def test_each_election_has_its_own_list(prepared, cast):
    second = actions.ElectionPlan("选举监督委员", "", 1, 0, 1, elects=Matter.Body.OTHER)
    actions.put_matter(prepared.meeting, second, by=cast.li.pk, at=PREPARED)
    prepared.meeting = actions.freeze_roll(prepared.meeting, by=cast.li.pk, at=PREPARED)
    nominate(prepared, 0)
    nomination = actions.Nomination(prepared.owners[1], True, True, "self")
    actions.nominate(prepared.matter(3), nomination, by=cast.li.pk, at=PREPARED)
    document = documents.candidate_list(prepared.meeting, at=PUBLISHED)
    assert [block.text for block in blocks(document, Heading)] == ["选举委员", "选举监督委员"]
    assert [[row[1] for row in one.rows] for one in blocks(document, Table)] == [
        ["业主0"],
        ["业主1"],
    ]


def test_the_result_shows_every_gate_with_its_figures_and_its_bar(opened):
    ballots = [{"m1": [1, 0, 0, 0], "m2": [1, 1, 0]}] * 5
    ballots += [{"m1": [0, 1, 0, 0], "m2": [1, 0, 1]}] * 2
    sheet = count(opened, *ballots)
    gates = [block for block in blocks(sheet, Table) if block.header[0] == "项目"]
    assert gates[0].rows == (
        ("参与人数", "7 / 10 人", "70.00%", "须达到 2/3，即至少 7 人", "已达到"),
        (
            "参与面积",
            "581.00 / 845.32 ㎡",
            "68.73%",
            "须达到 2/3，即至少 563.55 ㎡",
            "已达到",
        ),
        ("同意人数（占参与）", "5 / 7 人", "71.43%", "须超过 1/2，即至少 4 人", "已达到"),
        (
            "同意面积（占参与）",
            "410.00 / 581.00 ㎡",
            "70.57%",
            "须超过 1/2，即至少 290.51 ㎡",
            "已达到",
        ),
    )
    assert gates[1].rows == gates[0].rows[:2]
    assert table(sheet, "意见") == [
        ("同意", "5", "410.00 ㎡"),
        ("反对", "2", "171.00 ㎡"),
        ("弃权", "0", "0.00 ㎡"),
        ("从多", "0", "0.00 ㎡"),
    ]
    assert "本事项通过。" in words(sheet)
    assert "如不计“从多”" not in words(sheet)


def test_the_result_names_the_elected_the_alternate_and_their_party_share(opened):
    ballots = [{"m2": [1, 1, 0]}] * 4 + [{"m2": [1, 0, 1]}] * 3
    sheet = count(opened, *ballots)
    assert table(sheet, "候选人") == [
        ("业主0", "7（100.00%）", "581.00 ㎡（100.00%）", "达到", "当选"),
        ("业主1", "4（57.14%）", "326.00 ㎡（56.11%）", "达到", "当选"),
        ("业主2", "3（42.86%）", "255.00 ㎡（43.89%）", "未达到", "未当选"),
    ]
    told = words(sheet)
    assert "应选 2 人，当选 2 人：业主0、业主1。" in told
    assert "候补" not in told
    assert "空缺" not in told
    assert "当选人中中共党员 1 人，占 1/2（50.00%）；引导目标为超过 1/2" in told
    assert "该比例由当选结果得出，不改变任何人的当选" in told


def test_who_is_next_in_line_is_named_as_the_alternate(cast, letters):
    held = meetings.opened(cast.compound, cast.li, candidates=3)
    ballots = [{"m2": [1, 1, 0]}] * 3 + [{"m2": [1, 0, 1]}] * 2 + [{"m2": [0, 1, 1]}] * 2
    sheet = count(held, *ballots)
    assert [row[4] for row in table(sheet, "候选人")] == ["当选", "当选", "候补"]
    assert "候补：业主2。" in words(sheet)


def test_a_tie_for_the_last_seat_is_told_and_nobody_takes_it(opened):
    """c2 has the homes of 80, 84, 85 and c3 those of 81, 82, 86 m²: as many heads, as much area."""
    by_place = {0: [1, 1, 0], 4: [1, 1, 0], 5: [1, 1, 0], 3: [0, 1, 1]}
    sheet = count(opened, *[{"m2": by_place.get(place, [1, 0, 1])} for place in range(7)])
    rows = [(row[0], row[1][0], row[4]) for row in table(sheet, "候选人")]
    assert rows == [
        ("业主0", "6", "当选"),
        ("业主1", "4", "末位得票相同，待定"),
        ("业主2", "4", "末位得票相同，待定"),
    ]
    told = words(sheet)
    assert "应选 2 人，当选 1 人：业主0。" in told
    assert "末位得票相同、待另行表决：业主1、业主2。空缺 1 席。" in told


def test_without_enough_voters_nobody_is_elected_and_the_paper_says_why(opened):
    sheet = count(opened, *[{"m1": [1, 0, 0, 0], "m2": [1, 1, 0]}] * 5)
    told = words(sheet)
    assert "应选 2 人，当选 0 人：无。空缺 2 席。参与表决未达到法定标准，本次选举无人当选。" in told
    assert "本事项未通过。" in told
    assert "0/0" not in told


def test_where_following_decides_the_paper_says_so(opened):
    """Three agree, two object, two follow: with them 5 of 7 agree, without them 3 of 7 do."""
    marks = [[1, 0, 0, 0]] * 3 + [[0, 1, 0, 0]] * 2 + [[0, 0, 0, 1]] * 2
    sheet = count(opened, *[{"m1": one} for one in marks])
    told = words(sheet)
    assert "本事项通过。" in told
    assert "同意 3 人（243.00 ㎡），加上从多 2 人（171.00 ㎡），共 5 人（414.00 ㎡）。" in told
    assert "如不计“从多”，本事项的结论不同。" in told


def test_what_was_waived_is_printed_with_its_step_its_rules_and_its_reason(published, cast):
    late = CLOSED - timedelta(days=3)
    meetings.waive(published, at=late, reason="台风后急需修复")
    published.meeting = actions.open_voting(published.meeting, by=cast.li.pk, at=late)
    sheet = count(published)
    assert table(sheet, "日期") == [
        ("2026年10月12日", "开始投票", "投票时间不少于 5 日（平台默认）", "台风后急需修复")
    ]


def test_without_a_waiver_no_table_of_them_is_printed(counted):
    sheet = posted(counted, Publicity.Kind.RESULT)
    assert "例外办理的步骤及理由" not in [block.text for block in blocks(sheet, Heading)]


def test_every_step_has_its_words():
    assert wording.STEPS.keys() == set(Step)


def test_the_paper_bears_the_hashes_that_the_record_has(counted):
    sheet, result = posted(counted, Publicity.Kind.RESULT), counted.meeting.results.get()
    told = facts(sheet)
    assert told["会议文件哈希"] == result.manifest_sha256
    assert told["账本末条哈希"] == result.last_hash
    assert told["投票时间"] == "2026年10月1日 09:00 至 2026年10月15日 09:00"
