"""Published figures are typed from a notice and checked, on a phone and on a desk."""

import pytest

from tests.factories import places, rulebook
from tests.journeys.axe import violations

pytestmark = pytest.mark.browser
LOOKS = [("phone", False), ("phone", True), ("desk", False), ("desk", True)]
TYPED = {
    "#id_decided_on": "2020-10-01",
    "#id_roll-heads": "1428",
    "#id_roll-area": "132675.56",
    "#id_options-agree-heads": "446",
    "#id_options-agree-area": "43576.43",
    "#id_options-against-heads": "930",
    "#id_options-against-area": "84471.07",
}


@pytest.fixture
def installed(own_database):
    places.installation()
    rulebook.load()


def is_sound(page):
    width = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert (violations(page), width) == ([], False)


@pytest.mark.parametrize(("size", "big"), LOOKS)
def test_a_notice_is_typed_and_its_finding_read(installed, open_page, size, big):
    page = open_page("/check-figures/", size=size, big=big)
    is_sound(page)
    page.get_by_role("button", name="核对数字").click()
    assert page.get_by_role("alert").inner_text().count("决定日期") == 1
    is_sound(page)
    for where, text in TYPED.items():
        page.fill(where, text)
    page.get_by_role("button", name="核对数字").click()
    assert page.get_by_text("按数字：未通过").is_visible()
    assert page.locator("tbody tr").count() == 4
    assert page.input_value("#id_roll-area") == "132675.56"
    is_sound(page)
    page.get_by_role("link", name="《物业管理条例》第12条").first.click()
    assert page.url.endswith("/rules/voting.participation/")
