"""A campaign in the browser: entered with an upload, scored by three offices, posted, read."""

from datetime import timedelta

import pytest
import time_machine

from portal.campaigns.models import Campaign
from portal.campaigns.rules.standard import Scorer
from tests.factories import campaigns
from tests.factories.campaigns import ENTRY_CLOSED, OPENED
from tests.factories.cast import make_cast

from .axe import violations

pytestmark = pytest.mark.browser
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def press(page, name):
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def fill(page, label):
    for field in page.locator("input[name^=points-]").all():
        field.fill(field.get_attribute("max"))
    for field in page.locator("textarea[name^=words-]").all():
        field.fill(label)


def test_from_the_entry_to_the_posted_result(own_database, open_page, letters, tmp_path):
    cast = make_cast()
    run = campaigns.opened(cast.compound, cast.wang)
    paper = tmp_path / "批复.pdf"
    paper.write_bytes(PDF)
    with time_machine.travel(OPENED, tick=True):
        firm = open_page("/my/", user=cast.wang, size="phone")
        press(firm, "填写申报")
        fill(firm, "见材料")
        firm.locator("input[name='file-party.branch']").set_input_files(paper)
        press(firm, "保存")
        assert firm.get_by_role("link", name="批复.pdf").is_visible()
        assert violations(firm) == []
        press(firm, "保存并核对提交")
        assert violations(firm) == []
        press(firm, "提交申报")
        firm.get_by_text("申报已提交").wait_for()
    with time_machine.travel(ENTRY_CLOSED, tick=True):
        steer = open_page(
            f"/campaigns/{run.campaign.code}/manage/", user=run.officers[Scorer.COUNTY]
        )
        for scorer in Scorer:
            press(steer, "进入下一阶段")
            judge = open_page("/my/", user=run.officers[scorer], big=scorer is Scorer.STREET)
            judge.get_by_role("link", name=cast.compound.name).first.click()
            fill(judge, "属实")
            assert violations(judge) == []
            press(judge, "保存评分")
            judge.get_by_text("评分已保存").wait_for()
            steer.reload()
        press(steer, "公示结果")
        letters.deliver()
        for big in (False, True):
            visitor = open_page(run.campaign.get_absolute_url(), size="phone", big=big)
            assert violations(visitor) == []
            visitor.get_by_role("link", name=cast.compound.name).click()
            assert visitor.get_by_text("100 / 100").first.is_visible()
            assert violations(visitor) == []
    with time_machine.travel(ENTRY_CLOSED + timedelta(days=8), tick=True):
        steer.reload()
        press(steer, "命名")
        steer.get_by_text("命名已完成").wait_for()
    assert Campaign.objects.get().stage == "awarded"
