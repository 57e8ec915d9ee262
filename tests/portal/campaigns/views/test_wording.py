"""Every refusal and every obstacle has its sentence: what is wrong, and what to do about it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from portal.campaigns import actions
from portal.campaigns.actions import refusals
from portal.campaigns.models import Attachment, Campaign, Entry
from portal.campaigns.queries import steering
from portal.campaigns.queries.standards import standard_in
from portal.campaigns.queries.steering import Why
from portal.campaigns.rules.standard import Scorer
from portal.campaigns.views import wording
from tests.factories import campaigns, places
from tests.factories.campaigns import ENTRY_CLOSED, OPENED

FACTS = {
    refusals.StageBlocked: ((),),
    refusals.WrongStage: ("entry",),
    refusals.NotFinished: ([("fire.drill", "bare")],),
    refusals.BadMarks: ([("fire.drill", "outside")],),
    refusals.DaysOutside: (5, 7),
    refusals.SavedMeanwhile: (["fire.drill"],),
}


def sentences(run):
    return [wording.obstacle(one) for one in steering.obstacles(run.campaign, ENTRY_CLOSED)]


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def address(run, name, **more):
    place = {"code": run.campaign.code, "compound": run.compounds[0].code}
    return reverse(f"campaigns:{name}", kwargs=place | more)


@pytest.mark.parametrize("kind", refusals.Refusal.__subclasses__())
def test_every_refusal_has_words_but_one_that_names_obstacles(cast, kind):
    run = campaigns.opened(cast.compound, cast.wang)
    said = wording.refusal(kind(*FACTS.get(kind, ())), standard_in(run.campaign))
    assert [bool(one) for one in said] == ([] if kind is refusals.StageBlocked else [True])


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("unscored", "还没有自评分"),
        ("bare", "没有说明也没有材料"),
        ("missing", "还没有评分"),
        ("outside", "超出了该项的分值"),
    ],
)
def test_a_fault_names_its_item_by_its_title(cast, what, words):
    run = campaigns.opened(cast.compound, cast.wang)
    standard = standard_in(run.campaign)
    (said,) = wording.refusal(refusals.BadMarks([("fire.drill", what)]), standard)
    title = next(one.title for one in standard.items if one.code == "fire.drill")
    assert title in said
    assert words in said


def test_an_item_that_the_standard_has_not_is_told_by_its_code(cast):
    run = campaigns.opened(cast.compound, cast.wang)
    faults = [("no.such", "unknown"), ("fire.drill", "outside")]
    said = wording.refusal(refusals.BadMarks(faults), standard_in(run.campaign))
    assert said[0] == "评价标准中没有“no.such”这一项。"
    assert len(said) == 2


def test_until_the_last_day_of_entry_the_console_says_when_it_ends(cast):
    run = campaigns.opened(cast.compound, cast.wang)
    found = [wording.obstacle(one) for one in steering.obstacles(run.campaign, OPENED)]
    assert found == [
        "申报到 2026年9月30日 24:00 才截止。请等截止后再进入下一阶段。",
        "还没有小区提交申报。请通知各小区填写并提交。",
    ]


def test_each_compound_that_lacks_a_score_is_named_with_its_level(cast):
    others = [places.compound(cast.compound.region, name=name) for name in ("甲苑", "乙苑")]
    run = campaigns.scoring(cast.compound, cast.wang, *others, to="street")
    run.score(Scorer.STREET, run.entry_of(others[0]))
    assert [one.split("：")[0] for one in sentences(run)] == ["幸福花园", "乙苑"]
    assert all("街道" in one and "还没有评分" in one for one in sentences(run))


def test_a_publicity_is_waited_for_to_the_end_of_its_last_day(cast, letters):
    run = campaigns.posted(cast.compound, cast.wang)
    assert "结果公示还没有上线" in sentences(run)[0]
    with time_machine.travel(ENTRY_CLOSED, tick=False):
        letters.deliver()
    run.refresh()
    assert sentences(run) == ["幸福花园：结果公示到 2026年10月6日 24:00 才期满。请等期满后再命名。"]
    over = ENTRY_CLOSED + timedelta(days=6)
    assert steering.obstacles(run.campaign, over) == ()


def test_after_the_names_are_given_nothing_follows(cast, letters):
    run = campaigns.posted(cast.compound, cast.wang)
    with time_machine.travel(ENTRY_CLOSED, tick=False):
        letters.deliver()
    over, by = ENTRY_CLOSED + timedelta(days=6), run.officers[Scorer.COUNTY].pk
    run.campaign = actions.award(run.refresh().campaign, by=by, at=over)
    assert [one.why for one in steering.obstacles(run.campaign, over)] == [Why.AWARDED]
    assert steering.next_stage(run.campaign) is None
    assert sentences(run) == ["评选已经结束。"]
    page = Client().get(run.campaign.get_absolute_url()).content.decode()
    assert page.count("（已完成）") == len(Campaign.Stage) and "（进行中）" not in page


def test_a_compound_that_may_not_enter_is_told_why(cast):
    run = campaigns.opened(places.compound(), cast.wang)
    run.compounds = [cast.compound]
    with time_machine.travel(OPENED, tick=False):
        page = signed_in(cast.wang).post(address(run, "enter"), follow=True).content.decode()
    assert "该小区不在本次评选的县（市、区）内" in page
    with time_machine.travel(ENTRY_CLOSED, tick=False):
        page = signed_in(cast.wang).post(address(run, "enter"), follow=True).content.decode()
    assert "申报已经截止" in page
    assert not Entry.objects.exists()


def test_a_file_is_not_taken_out_after_the_submission(cast):
    run = campaigns.entered(cast.compound, cast.wang)
    with time_machine.travel(OPENED, tick=False):
        kept = campaigns.attach(cast.compound, cast.wang).file_id
        actions.submit_entry(run.entry, by=cast.wang.pk, at=OPENED)
        answer = signed_in(cast.wang).post(address(run, "draft"), {"drop": str(kept)})
    assert answer.status_code == 422
    assert "申报已经提交，内容不能再修改。" in answer.content.decode()
    assert Attachment.objects.count() == 1


def test_a_level_whose_turn_it_is_not_is_told_so(cast):
    run = campaigns.scoring(cast.compound, cast.wang, to="street")
    client = signed_in(run.officers[Scorer.COMMUNITY])
    with time_machine.travel(ENTRY_CLOSED, tick=False):
        client.force_login(run.officers[Scorer.COMMUNITY])
        page = client.get(address(run, "score"), follow=True).content.decode()
        assert "现在不是您评分的阶段" in page
        said = {"veto": "funds", "reason": "挪用", "document": "通报1号"}
        page = client.post(address(run, "veto"), said, follow=True).content.decode()
    assert "评选现在处于“街道初评”阶段，不能进行这一步" in page


def test_a_veto_said_twice_stands_once_and_says_so(cast):
    run = campaigns.scoring(cast.compound, cast.wang, to="street")
    said = {"veto": "funds", "reason": "挪用", "document": "通报1号"}
    with time_machine.travel(ENTRY_CLOSED, tick=False):
        client = signed_in(cast.zhao)
        client.post(address(run, "veto"), said)
        page = client.post(address(run, "veto"), said, follow=True).content.decode()
    assert "这一否决事项已经是这个状态，没有重复记录。" in page
    assert run.entry.vetoes.count() == 1
