"""The notice of a result: what is frozen and hung is Chinese, complete, and says who to turn to."""

from decimal import Decimal

import pytest
from django.utils import translation

from portal.campaigns import actions
from portal.campaigns.documents import issuer, outcome_words
from portal.campaigns.models import Result, Submission
from portal.campaigns.queries.standards import standard_in, standard_values
from portal.campaigns.rules.record import recomputed
from portal.campaigns.rules.standard import Scorer
from portal.publicity.documents import Table, from_json
from portal.publicity.models import Publicity
from tests.factories import campaigns
from tests.factories.campaigns import ENTRY_CLOSED, OPENED

LOSE = ["party__share", "committee__term", "fire__checks", "firm__complaints", "firm__disclosure"]
LEVELS = [
    ({}, "拟命名为五星级"),
    ({"fire__drill": 0, "party__share": 0}, "拟命名为四星级"),
    ({"fire__checks": 0, "party__share": 0, "fire__drill": 0}, "拟命名为四星级"),
    (dict.fromkeys(LOSE, 0), "不予命名：低于最低等次三星级的 70 分"),
]


def by(run):
    return run.officers[Scorer.COUNTY].pk


def notice_of(run):
    posted = run.entry.result.get().publicity
    return from_json({"title": posted.title, "blocks": posted.body})


def texts_of(document):
    return str(document.as_json())


def test_the_notice_has_the_compound_the_points_every_heading_and_every_record(cast, letters):
    run = campaigns.posted(cast.compound, cast.wang, fire__drill=5)
    told, standard = texts_of(notice_of(run)), standard_in(run.campaign)
    records = Submission.objects.get().body["records"]
    expected = [
        cast.compound.name,
        run.campaign.name,
        "94.5 / 100",
        "拟命名为五星级",
        *(one.title for one in standard.headings),
        *(record["words"] for record in records.values()),
        "2026年9月1日",
        f"{run.region.name}美丽小区评选办公室",
        run.entry.result.get().sha256,
    ]
    assert [words for words in expected if words not in told] == []


def test_the_headings_of_the_notice_add_up_to_its_total(cast, letters):
    run = campaigns.posted(cast.compound, cast.wang, fire__drill=5, party__share=13)
    headings, _records = (block for block in notice_of(run).blocks if isinstance(block, Table))
    points = [Decimal(row[2]) for row in headings.rows]
    assert sum(points) * 10 == recomputed(Result.objects.get().value).tenths


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_is_frozen_and_posted_is_chinese_whatever_its_writer_reads(cast, letters, language):
    run = campaigns.entered(cast.compound, cast.wang)
    with translation.override(language):
        actions.submit_entry(run.entry, by=cast.wang.pk, at=OPENED)
        for stage in Scorer:
            run.campaign = actions.advance(run.campaign, stage, by=by(run), at=ENTRY_CLOSED)
            run.score(stage)
        actions.publish_results(run.campaign, by=by(run), at=ENTRY_CLOSED)
    records = Submission.objects.get().body["records"]
    assert records["committee.term"]["words"] == "记录中没有业主委员会"
    assert records["fire.overdue_defects"]["title"] == "超期未闭环的消防隐患（当日）"
    notice = Publicity.objects.get()
    assert notice.title == f"{run.campaign.name}评价结果公示（{cast.compound.name}）"
    told = str(notice.body)
    assert "拟命名为五星级" in told
    assert "各项得分" in told


@pytest.mark.parametrize(("lost", "words"), LEVELS)
def test_the_outcome_is_the_level_by_name_or_why_there_is_none(cast, lost, words):
    run = campaigns.scored(cast.compound, cast.wang, **lost)
    value = actions.publish_results(run.campaign, by=by(run), at=ENTRY_CLOSED)
    standard = standard_in(value)
    assert outcome_words(recomputed(Result.objects.get().value), standard) == words


def test_an_unscored_entry_that_is_vetoed_hangs_without_points_and_names_its_veto(cast, letters):
    run = campaigns.scoring(cast.compound, cast.wang, to="county")
    for veto in ("funds", "accident"):
        words = actions.VetoWords(veto, True, "张某举报", "内部1号")
        actions.say_veto(run.entry, words, by=by(run), at=ENTRY_CLOSED)
    actions.publish_results(run.campaign, by=by(run), at=ENTRY_CLOSED)
    told = texts_of(notice_of(run))
    titles = {one["code"]: one["title"] for one in standard_values()["default"]["veto"]}
    assert f"不予命名：一票否决（{titles['accident']}、{titles['funds']}）" in told
    assert "未评分" in told
    assert ["张某举报" in told, "内部1号" in told] == [False, False]


def test_the_office_that_posts_is_the_countys(cast):
    run = campaigns.opened(cast.compound, cast.wang)
    assert issuer(run.campaign) == f"{run.region.name}美丽小区评选办公室"
