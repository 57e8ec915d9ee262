"""The pages of campaigns: they work, refuse, keep what was typed, and cost the same for three."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portal.campaigns import actions
from portal.campaigns.models import (
    Attachment,
    Campaign,
    Result,
    Scoring,
    Submission,
    VetoSaid,
)
from portal.campaigns.rules.standard import Scorer
from portal.tools.chain.canonical import sha256
from portal.tools.keys import new_key
from tests.factories import campaigns, places
from tests.factories.campaigns import ENTRY_CLOSED, OPENED

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def address(run, name, **words):
    known = {"code": run.campaign.code, "compound": run.compounds[0].code}
    wanted = {"manage": ("code",), "publish": ("code",), "award": ("code",), "advance": ("code",)}
    facts = {key: known[key] for key in wanted.get(name, ("code", "compound"))}
    return reverse(f"campaigns:{name}", kwargs=facts | words)


def points(run, **changes):
    return {
        f"points-{code}": "" if mark.tenths is None else f"{mark.tenths / 10:.1f}"
        for code, mark in run.marks(**changes).items()
    }


def seen(run):
    """The page of the draft as a browser would send it back, nothing changed."""
    form = signed_in(run.manager).get(address(run, "draft")).context["form"]
    return {
        bound.html_name: bound.value() or "" for bound in form if "file-" not in bound.html_name
    }


@pytest.fixture
def at_entry():
    with time_machine.travel(OPENED, tick=False):
        yield


@pytest.fixture
def after_entry():
    with time_machine.travel(ENTRY_CLOSED, tick=False):
        yield


def plan_data(**changes):
    days = ("2026-09-30", "2026-10-10", "2026-10-20", "2026-10-31", "2026-10-31")
    names = ("entry_until", "community_until", "street_until", "county_until", "publicity_on")
    values = {"name": "美丽小区", "year": 2026, "standard": "default"}
    return values | dict(zip(names, days, strict=True)) | changes


def test_a_county_officer_opens_a_campaign_and_a_second_of_the_name_is_told_why(cast, at_entry):
    run = campaigns.opened(cast.compound, cast.wang)
    client = signed_in(run.officers[Scorer.COUNTY])
    new = reverse("campaigns:new", args=[run.region.code])
    assert client.post(new, plan_data()).status_code == 302
    assert Campaign.objects.get(name="美丽小区").code.endswith("-2026-2")
    again = client.post(new, plan_data())
    assert (again.status_code, Campaign.objects.count()) == (422, 2)
    assert "同名的评选" in again.content.decode()


def test_days_out_of_order_are_all_told_and_what_was_typed_stays(cast, at_entry):
    run = campaigns.opened(cast.compound, cast.wang)
    client = signed_in(run.officers[Scorer.COUNTY])
    data = plan_data(entry_until="2026-08-01", street_until="2026-10-10", county_until="2026-01-01")
    response = client.post(reverse("campaigns:new", args=[run.region.code]), data)
    assert set(response.context["form"].errors) == {"entry_until", "street_until", "county_until"}
    assert 'value="2026-08-01"' in response.content.decode()


def test_the_manager_enters_fills_in_with_a_file_and_submits(cast, at_entry):
    run = campaigns.opened(cast.compound, cast.wang)
    client = signed_in(cast.wang)
    assert "填写申报" in client.get("/my/").content.decode()
    client.post(address(run, "enter"))
    data = points(run) | {f"words-{code}": "见材料" for code in run.marks()}
    data["file-party.branch"] = SimpleUploadedFile("批复.pdf", PDF)
    assert client.post(address(run, "draft"), data).status_code == 302
    shown = client.get(address(run, "draft")).content.decode()
    assert ("批复.pdf" in shown, 'value="6"' in shown) == (True, True)
    file = Attachment.objects.get().file_id
    looked_at = client.get(address(run, "entry"))
    assert "批复.pdf" in looked_at.content.decode()
    assert b"".join(client.get(address(run, "file", file=file)).streaming_content) == PDF
    sent = {"seen": looked_at.context["seen"]}
    assert client.post(address(run, "submit"), sent).status_code == 302
    assert Submission.objects.count() == 1
    assert client.get(address(run, "draft")).status_code == 302
    assert "/score/" not in client.get(address(run, "entry")).content.decode()


def test_what_cannot_be_submitted_is_told_item_by_item(cast, at_entry):
    run = campaigns.opened(cast.compound, cast.wang)
    actions.enter(run.campaign, cast.compound, by=cast.wang.pk, at=OPENED)
    client = signed_in(cast.wang)
    shown = client.get(address(run, "entry"))
    assert shown.content.decode().count("还没有自评分") == len(run.marks())
    sent = {"seen": shown.context["seen"]}
    answer = client.post(address(run, "submit"), sent, follow=True)
    assert len(answer.context["messages"]) == len(run.marks())


def test_wrong_points_and_wrong_files_stand_beside_their_fields(cast, at_entry):
    run = campaigns.entered(cast.compound, cast.wang)
    data = seen(run) | points(run, party__share=61) | {"words-party.share": "写好的话"}
    data["file-party.branch"] = SimpleUploadedFile("坏.jpg", b"not a photo")
    response = signed_in(cast.li).post(address(run, "draft"), data)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"points-party.share", "file-party.branch"}
    assert "写好的话" in response.content.decode()


def score_data(run, **changes):
    return points(run, **changes) | {"request": str(new_key()), "follows": "0"}


def test_the_street_sees_what_the_community_gave_and_scores(cast, after_entry):
    run = campaigns.scoring(cast.compound, cast.wang, to="street")
    client = signed_in(cast.zhao)
    shown = client.get(address(run, "score")).content.decode()
    assert shown.count("社区：<strong>") == len(run.marks())
    assert "与" + cast.firm.name + "的合同有效" in shown
    assert "（当日有效），2026年9月1日" in shown
    data = score_data(run, fire__drill=25)
    assert client.post(address(run, "score"), data).status_code == 302
    assert client.post(address(run, "score"), data).status_code == 302
    kept = Scoring.objects.get(level="street")
    assert kept.marks["fire.drill"]["tenths"] == 25


def test_a_scoring_not_seen_is_shown_before_it_is_superseded(cast, after_entry):
    run = campaigns.scoring(cast.compound, cast.wang, to="street")
    run.score(Scorer.STREET)
    client = signed_in(cast.zhao)
    response = client.post(address(run, "score"), score_data(run, fire__drill=10))
    assert response.status_code == 422
    assert "这一级已经有保存的评分" in response.content.decode()
    form = response.context["form"]
    data = {name: value for name, value in form.data.items() if value is not None}
    assert client.post(address(run, "score"), data).status_code == 302
    assert Scoring.objects.filter(level="street").count() == 2


def test_a_score_left_out_is_named_and_the_rest_stays(cast, after_entry):
    run = campaigns.scoring(cast.compound, cast.wang)
    client = signed_in(run.officers[Scorer.COMMUNITY])
    response = client.post(address(run, "score"), score_data(run, fire__drill=None))
    assert (response.status_code, set(response.context["form"].errors)) == (
        422,
        {"points-fire.drill"},
    )


def test_a_veto_is_said_with_its_document_and_lifted(cast, after_entry):
    run = campaigns.scoring(cast.compound, cast.wang, to="street")
    client = signed_in(cast.zhao)
    words = {"veto": "funds", "reason": "挪用", "document": "通报1号"}
    assert client.post(address(run, "veto"), words | {"document": ""}).status_code == 422
    client.post(address(run, "veto"), words)
    assert "不予命名：一票否决" in client.get(address(run, "score")).content.decode()
    client.post(address(run, "veto"), words | {"lift": "1"})
    assert [one.stands for one in VetoSaid.objects.order_by("number")] == [True, False]


def test_the_console_says_every_obstacle_and_takes_the_step_once_it_is_clear(cast, after_entry):
    run = campaigns.scoring(cast.compound, cast.wang)
    client = signed_in(run.officers[Scorer.COUNTY])
    step = address(run, "advance", stage="street")
    assert "社区还没有评分" in client.post(step, follow=True).content.decode()
    run.score(Scorer.COMMUNITY)
    assert client.post(step).status_code == 302
    assert run.refresh().campaign.stage == "street"


def test_results_are_posted_by_the_console_for_the_days_of_the_rulebook(cast, letters, after_entry):
    run = campaigns.scored(cast.compound, cast.wang)
    client = signed_in(run.officers[Scorer.COUNTY])
    assert client.post(address(run, "publish"), {"days": 3}).status_code == 422
    assert client.post(address(run, "publish"), {"days": 6}).status_code == 302
    assert Result.objects.get().publicity.days == 6
    told = client.post(address(run, "award"), follow=True).content.decode()
    assert "公示期没有起算" in told


def test_anybody_reads_the_result_and_takes_the_bytes_behind_its_hash(cast, letters, after_entry):
    run = campaigns.posted(cast.compound, cast.wang, fire__drill=0)
    visitor = Client()
    page = visitor.get(run.campaign.get_absolute_url()).content.decode()
    assert "得分 94" in page
    entry = visitor.get(address(run, "entry")).content.decode()
    assert ("见材料" in entry, "94" in entry) == (False, True)
    data = visitor.get(address(run, "entry-json")).content
    assert sha256(data) == Result.objects.get().sha256


def test_scores_are_hidden_from_who_entered_until_the_result_is_posted(cast, after_entry):
    run = campaigns.scoring(cast.compound, cast.wang, to="street")
    shown = signed_in(cast.wang).get(address(run, "entry")).content.decode()
    assert "社区：<strong>" not in shown
    judged = signed_in(cast.zhao).get(address(run, "entry")).content.decode()
    assert "社区：<strong>" in judged


def test_an_office_elsewhere_is_refused_and_the_stranger_told_of_nothing(cast, after_entry):
    run = campaigns.scoring(cast.compound, cast.wang, to="street")
    elsewhere = campaigns.officers_of(places.compound())[Scorer.STREET]
    client = signed_in(elsewhere)
    assert client.get(address(run, "score")).status_code == 403
    assert client.get(address(run, "entry")).status_code == 404
    assert signed_in(cast.qian).get(address(run, "entry")).status_code == 404
    assert Client().get(address(run, "score")).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_public_page_costs_the_same_at_one_and_three_entries(
    cast, letters, after_entry, django_assert_num_queries, count
):
    others = [places.compound(cast.compound.region) for _ in range(count - 1)]
    run = campaigns.posted(cast.compound, cast.wang, *others)
    page = run.campaign.get_absolute_url()
    with django_assert_num_queries(10):
        shown = Client().get(page).content.decode()
    assert shown.count("得分 100") == count


def test_the_desk_of_a_judge_lists_what_is_to_be_scored(cast, after_entry):
    run = campaigns.scoring(cast.compound, cast.wang, to="street")
    assert address(run, "score") in signed_in(cast.zhao).get("/my/").content.decode()
    run.score(Scorer.STREET)
    assert address(run, "score") not in signed_in(cast.zhao).get("/my/").content.decode()


def test_a_draft_sent_twice_attaches_its_file_once(cast, at_entry):
    run = campaigns.entered(cast.compound, cast.wang)
    for _time in range(2):
        sent = seen(run) | {"file-party.branch": SimpleUploadedFile("批复.pdf", PDF)}
        assert signed_in(cast.wang).post(address(run, "draft"), sent).status_code == 302
    assert Attachment.objects.get().item == "party.branch"


def test_who_writes_on_while_another_submits_is_told_and_keeps_the_words(cast, at_entry):
    run = campaigns.entered(cast.compound, cast.wang)
    before = seen(run)
    actions.submit_entry(run.entry, by=cast.wang.pk, at=OPENED)
    sent = before | {"words-party.branch": "刚写好的话"}
    answer = signed_in(cast.li).post(address(run, "draft"), sent)
    page = answer.content.decode()
    assert (answer.status_code, "申报已经提交" in page, "刚写好的话" in page) == (422, True, True)


def test_two_people_on_one_draft_lose_nothing_of_either(cast, at_entry):
    run = campaigns.entered(cast.compound, cast.wang)
    of_wang, of_li = seen(run), seen(run)
    of_wang |= {"points-fire.drill": "1", "words-fire.drill": "王的话"}
    of_wang |= {"words-party.share": "王补充"}
    assert signed_in(cast.wang).post(address(run, "draft"), of_wang).status_code == 302
    of_li |= {"points-fire.drill": "2", "words-firm.contract": "李的话"}
    answer = signed_in(cast.li).post(address(run, "draft"), of_li)
    form = answer.context["form"]
    assert (answer.status_code, set(form.errors)) == (422, {"points-fire.drill"})
    assert "1 分，说明“王的话”" in str(form.errors)
    kept = {name: form[name].value() for name in ("points-fire.drill", "words-firm.contract")}
    assert kept == {"points-fire.drill": "2", "words-firm.contract": "李的话"}
    assert form["words-party.share"].value() == "王补充"
    again = {bound.html_name: bound.value() or "" for bound in form}
    again = {name: value for name, value in again.items() if "file-" not in name}
    assert signed_in(cast.li).post(address(run, "draft"), again).status_code == 302
    stands = {row.item: (row.tenths, row.words) for row in run.entry.marks.all()}
    assert stands["fire.drill"] == (20, "见材料")
    assert (stands["firm.contract"][1], stands["party.share"][1]) == ("李的话", "王补充")


def test_a_file_is_taken_out_with_the_saving_that_keeps_the_words(cast, at_entry):
    run = campaigns.entered(cast.compound, cast.wang)
    attached = campaigns.attach(cast.compound, cast.wang)
    sent = seen(run) | {"drop": str(attached.file_id), "words-party.branch": "刚写好的话"}
    wrong = sent | {"points-party.branch": "99"}
    answer = signed_in(cast.li).post(address(run, "draft"), wrong)
    assert " checked" in answer.content.decode() and Attachment.objects.exists()
    for _time in range(2):
        assert signed_in(cast.li).post(address(run, "draft"), sent).status_code == 302
    assert not Attachment.objects.exists()
    assert run.entry.marks.get(item="party.branch").words == "刚写好的话"


def test_only_a_draft_that_was_looked_at_is_submitted(cast, at_entry):
    run = campaigns.entered(cast.compound, cast.wang)
    sent = {"seen": signed_in(cast.wang).get(address(run, "entry")).context["seen"]}
    of_li = seen(run) | {"words-fire.drill": "李又改了"}
    saved = signed_in(cast.li).post(address(run, "draft"), of_li | {"review": "1"})
    assert saved["Location"] == address(run, "entry")
    told = signed_in(cast.wang).post(address(run, "submit"), sent, follow=True).content.decode()
    assert "另一人又保存了申报" in told and "李又改了" in told
    assert not Submission.objects.exists()
