"""The main job from first page to last: a roll, a meeting, votes on screen and paper, a result."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cms import actions as cms
from committees.models import Meeting
from tests.factories import people, rulebook
from tests.factories.cast import make_cast

pytestmark = pytest.mark.browser
PASSWORD = "journeys-only-1"
ROLL = "房号,面积,业主,电话\n" + "".join(
    f"2-1-{200 + n},89.32,业主{n},100000001{n:02}\n" for n in range(6)
)


@pytest.fixture
def cast(own_database):
    made = make_cast()
    rulebook.load()
    cms.build_site("永嘉县")
    for user in (made.li, made.chen):
        user.set_password(PASSWORD)
        user.save()
    return made


def sign_in(page, user):
    page.goto("/account/login/")
    page.fill("input[name=login]", user.phone.removeprefix("+86"))
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="登录").first.click()
    page.wait_for_url("**/my/")


def press(page, name):
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def prepare(page, code):
    page.goto(f"/meetings/{code}/")
    page.get_by_role("link", name="筹备新会议").click()
    page.get_by_label("会议名称").fill("幸福花园换届会议")
    press(page, "建立会议")
    page.get_by_role("link", name="添加选举").click()
    page.get_by_label("应选人数").fill("1")
    page.get_by_label("每票最多可选").fill("1")
    press(page, "添加")
    page.get_by_role("link", name="添加表决").click()
    page.get_by_label("事项").first.fill("续聘物业")
    press(page, "添加")
    press(page, "冻结业主名册")


def nominate(page, name, room):
    page.get_by_role("link", name="登记提名").click()
    page.get_by_label("房号").fill(room)
    page.get_by_label("姓名").fill(name)
    page.get_by_label("中共党员（含预备党员）").check()
    press(page, "登记提名")
    page.locator("nav a").last.click()


def import_roll(page, code, tmp_path, letters):
    file = tmp_path / "名册.csv"
    file.write_text(ROLL, encoding="utf-8")
    page.goto(f"/roll/{code}/import/")
    page.get_by_label("名册文件").set_input_files(file)
    press(page, "检查文件")
    press(page, "收下 6 行")
    letters.deliver()
    page.reload()
    page.get_by_text("名册已导入").wait_for()


def vote(page, meeting):
    page.goto("/my/")
    page.get_by_role("link", name=meeting).first.click()
    page.get_by_text("第 1 项，共 2 项").wait_for()
    assert not page.get_by_role("button", name="下一步：核对").is_visible()
    assert not page.get_by_role("button", name="上一项").is_visible()
    page.locator("fieldset:visible input").first.check()
    press(page, "下一项")
    page.locator("fieldset:visible input").first.check()
    press(page, "上一项")
    assert page.locator("fieldset:visible input").first.is_checked()
    press(page, "下一项")
    assert not page.get_by_role("button", name="下一项").is_visible()
    press(page, "下一步：核对")
    page.get_by_text("请核对您的选票").wait_for()
    press(page, "确认投票")
    page.get_by_text("已收到您的选票").wait_for()
    return page.locator("#receipt").inner_text()


def key_slip(page, room, meeting):
    page.goto(f"/meetings/{meeting.compound.code}/{meeting.number}/slips/")
    page.get_by_label("票号或房号").fill(room)
    press(page, "查找")
    page.get_by_label("业主0").check()
    page.get_by_label("同意").check()
    press(page, "保存这张票")
    page.get_by_text("已录入").first.wait_for()


def test_from_the_roll_to_the_result(cast, open_page, letters, tmp_path):
    code = cast.compound.code
    clerk = open_page()
    sign_in(clerk, cast.li)
    import_roll(clerk, code, tmp_path, letters)
    prepare(clerk, code)
    meeting = Meeting.objects.select_related("compound").get()
    for place in range(2):
        nominate(clerk, f"业主{place}", f"2-1-{200 + place}")
    press(clerk, "发布会议公告和候选人名单")
    letters.deliver()
    with time_machine.travel(meeting.opens_at + timedelta(hours=1), tick=True):
        sign_in(clerk, cast.li)
        clerk.goto(console_of(meeting))
        press(clerk, "开始投票")
        voter = open_page(size="phone")
        sign_in(voter, cast.chen)
        seal = vote(voter, meeting.title)
        assert len(seal) == 64
        for place in range(5):
            key_slip(clerk, f"2-1-{200 + place}", meeting)
        extend(clerk, meeting)
    meeting.refresh_from_db()
    with time_machine.travel(meeting.closes_at + timedelta(minutes=1), tick=True):
        sign_in(clerk, cast.li)
        finish(clerk, meeting, letters)
        visitor = open_page(size="phone")
        visitor.goto(f"/meetings/{code}/{meeting.number}/")
        assert visitor.get_by_text("当选", exact=True).is_visible()
        visitor.goto(f"/meetings/{code}/{meeting.number}/receipt/#{seal}")
        press(visitor, "核对")
        assert visitor.get_by_text("这张选票在账本第").is_visible()


def console_of(meeting):
    return f"/meetings/{meeting.compound.code}/{meeting.number}/console/"


def extend(page, meeting):
    page.goto(console_of(meeting))
    ends = timezone.localtime(meeting.closes_at) + timedelta(days=1)
    page.get_by_text("调整截止时间", exact=True).click()
    page.get_by_label("新的截止时间").fill(f"{ends:%Y-%m-%dT%H:%M}")
    page.get_by_label("理由").last.fill("应业主要求延长一天")
    press(page, "调整并记入账本")


def finish(page, meeting, letters):
    page.goto(console_of(meeting))
    press(page, "结束投票")
    press(page, "计票")
    letters.deliver()
    page.get_by_text("计票完成").first.wait_for()


def test_people_are_who_they_say(cast, open_page):
    page = open_page(size="phone")
    user = people.user("外人")
    user.set_password(PASSWORD)
    user.save()
    sign_in(page, user)
    assert page.get_by_text("还没有绑定房屋").is_visible()
