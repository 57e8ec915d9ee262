"""An inspector with a phone logs a failure, the manager mends it, another person closes it."""

import pytest
from django.utils import timezone

from portal.accounts.models import CompoundOffice
from tests.factories import fire, people, rulebook, uploads
from tests.factories.cast import make_cast
from tests.journeys import w3c
from tests.journeys.axe import violations

pytestmark = pytest.mark.browser
PASSWORD = "journeys-only-1"
LOOKS = [("phone", False), ("phone", True), ("desk", False), ("desk", True)]


@pytest.fixture
def scene(own_database):
    cast = make_cast()
    rulebook.load()
    wu = people.user("吴查", password=PASSWORD)
    people.compound_office(wu, cast.compound, CompoundOffice.Role.INSPECTOR, firm=cast.firm)
    hydrant = fire.hydrant(cast.compound, at=timezone.now())
    return cast, wu, hydrant


def sign_in(page, user):
    page.goto("/account/login/")
    page.fill("input[name=login]", user.phone.removeprefix("+86"))
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="登录").first.click()
    page.wait_for_url("**/my/")


def press(page, name):
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def photo(name):
    return {"name": name, "mimeType": "image/jpeg", "buffer": uploads.picture(size=(640, 480))}


def test_a_check_a_repair_and_a_recheck_on_a_phone(scene, open_page):
    cast, wu, hydrant = scene
    page = open_page(size="phone")
    sign_in(page, wu)
    page.get_by_role("link", name="输入四位数字打开点位").click()
    page.get_by_label("标签上的四位数字").fill(hydrant.place.code)
    press(page, "打开点位")
    page.get_by_role("link", name="巡查").first.click()
    assert page.locator("input[type=radio]:checked").count() == 0
    for number, item in enumerate(["complete", "reach", "roof", "outdoor", "button"]):
        choice = 1 if item == "reach" else 0
        page.locator(f"label[for=id_result_{item}_{choice}]").click()
        assert page.locator("input[type=radio]:checked").count() == number + 1
    press(page, "登记检查")
    assert page.locator(".error-summary").is_visible()
    page.locator("#id_words_reach").fill("箱门被锁")
    page.locator("#id_photo_reach").set_input_files(photo("before.jpg"))
    press(page, "登记检查")
    assert "已生成隐患 YH-" in page.content()

    manager = open_page(f"/fire/{cast.compound.code}/defects/", size="phone", user=cast.wang)
    manager.get_by_role("link", name="YH-").click()
    manager.get_by_label("怎样整改的").fill("已开锁")
    manager.get_by_label("整改后的照片").set_input_files(photo("after.jpg"))
    press(manager, "登记整改")
    assert "须由另一人复查" in manager.content()

    page.goto(f"/fire/{cast.compound.code}/defects/")
    page.get_by_role("link", name="YH-").click()
    page.get_by_text("已改好，闭环").click()
    press(page, "登记复查")
    shown = "images => images.every(image => image.complete && image.naturalWidth > 0)"
    assert page.eval_on_selector_all(".before-after img", shown)
    page.goto(f"/fire/{cast.compound.code}/defects/")
    assert "已闭环" in page.content()


@pytest.mark.parametrize(("size", "big"), LOOKS)
def test_the_pages_are_without_fault(scene, open_page, size, big, tmp_path):
    cast, _wu, hydrant = scene
    found = fire.defect(hydrant, at=timezone.now(), by=cast.wang.pk)
    root = f"/fire/{cast.compound.code}/"
    place = hydrant.place.get_absolute_url()
    inside = [
        root,
        f"{root}find/",
        place,
        f"{root}log/{hydrant.pk}/patrol/",
        f"{root}checks/",
        f"{root}checks/1/",
        f"{root}defects/",
        found.get_absolute_url(),
        f"{root}places/",
        f"{root}labels/",
        f"{root}places/new/",
        f"{root}places/{hydrant.place.code}/equipment/new/",
    ]
    page = open_page(size=size, big=big, user=cast.wang)
    wrong, sources = {}, {}
    for path in inside:
        sources[path] = page.goto(path).text()
        width = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        faults = violations(page) + (["scrolls sideways"] if page.evaluate(width) else [])
        if faults:
            wrong[path] = faults
    assert wrong == {}
    w3c.insist()
    assert w3c.faults(sources, tmp_path) == []


def test_the_page_for_a_stranger_is_without_fault(scene, open_page):
    _cast, _wu, hydrant = scene
    page = open_page(hydrant.place.get_absolute_url(), size="phone")
    assert violations(page) == []
