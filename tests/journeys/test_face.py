"""The frame and the pages of one's account, looked at in a browser: both sizes, both screens."""

import pytest
from django.test import Client

from tests.factories import places, sign_in
from tests.journeys.axe import violations

pytestmark = pytest.mark.browser
SCREENS = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}
EVERY_LOOK = [("phone", False), ("phone", True), ("desk", False), ("desk", True)]
FOR_VISITORS = [
    "/account/login/",
    "/account/login/code/",
    "/account/signup/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/inactive/",
]
OWN = [
    "/account/password/change/",
    "/account/phone/change/",
    "/account/email/",
    "/account/2fa/",
    "/account/2fa/webauthn/",
    "/account/logout/",
    "/account/reauthenticate/",
]


@pytest.fixture
def installed(own_database):
    places.installation()


@pytest.fixture
def look(browser, address, settings):
    """`look(path, size="phone", big=False, user=None)`: a page as that reader sees it.

    Whatever the browser complains of, or asks of another host, fails the test.
    """
    settings.ALLOWED_HOSTS = ["localhost"]  # passkeys belong to a name, not to a number
    site = address.replace("127.0.0.1", "localhost")
    contexts, complaints = [], []

    def look_(path, *, size="phone", big=False, user=None):
        context = browser.new_context(viewport=SCREENS[size], locale="zh-CN", base_url=site)
        contexts.append(context)
        cookies = {"big": "1"} if big else {}
        if user is not None:
            client = Client()
            client.force_login(user)
            cookies["sessionid"] = client.cookies["sessionid"].value
        context.add_cookies([{"name": n, "value": v, "url": site} for n, v in cookies.items()])
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else 0)
        page.on("request", lambda sent: complaints.append(sent.url) if strange(sent.url) else 0)
        page.goto(path)
        return page

    def strange(url):
        return not url.startswith((site, "data:", "blob:"))

    yield look_
    for context in contexts:
        context.close()
    assert complaints == []


def spills(page) -> bool:
    """Whether the page must be scrolled sideways."""
    root = "document.documentElement"
    return page.evaluate(f"{root}.scrollWidth > {root}.clientWidth")


@pytest.mark.parametrize(("size", "big"), EVERY_LOOK)
def test_the_pages_of_signing_in_are_without_fault(installed, look, size, big):
    page = look("/account/login/", size=size, big=big)
    for path in FOR_VISITORS:
        page.goto(path)
        assert (path, violations(page), spills(page)) == (path, [], False)


@pytest.mark.parametrize(("size", "big"), EVERY_LOOK)
def test_the_pages_of_ones_account_are_without_fault(installed, look, size, big):
    page = look("/account/2fa/", size=size, big=big, user=sign_in.somebody())
    for path in OWN:
        page.goto(path)
        assert (path, violations(page), spills(page)) == (path, [], False)


def test_large_type_is_large(installed, look):
    page = look("/account/login/", big=True)
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "24px"
    heights = page.evaluate(
        "[...document.querySelectorAll('button, .button, .tool, main input:not([type=hidden])"
        ":not([type=checkbox])')].map(e => e.getBoundingClientRect().height)"
    )
    assert min(heights) >= 60


def test_normal_targets_are_48_high(installed, look):
    page = look("/account/login/")
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "18px"
    heights = page.evaluate(
        "[...document.querySelectorAll('button, .button, .tool, main input:not([type=hidden])"
        ":not([type=checkbox])')].map(e => e.getBoundingClientRect().height)"
    )
    assert min(heights) >= 48


@pytest.mark.parametrize("big", [False, True])
def test_letters_twice_as_large_still_fit_a_narrow_phone(installed, look, big):
    page = look("/account/login/", big=big)
    page.set_viewport_size({"width": 320, "height": 640})
    page.evaluate(
        "document.documentElement.style.fontSize ="
        " 2 * parseFloat(getComputedStyle(document.documentElement).fontSize) + 'px'"
    )
    assert not spills(page)


def test_the_switches_work_as_plain_buttons(installed, look):
    page = look("/account/login/")
    page.click("text=长辈版")
    assert page.evaluate("document.documentElement.className") == "big"
    page.click("text=标准版")
    assert page.evaluate("document.documentElement.className") == ""
    page.click("text=English")
    assert page.evaluate("document.documentElement.lang") == "en"


def test_the_keyboard_reaches_the_text_first(installed, look):
    page = look("/account/login/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_summary_of_errors_takes_the_focus_and_leads_to_the_field(installed, look):
    page = look("/account/login/")
    page.click("main button >> text=登录")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.click("text=密码：请填写这一项。")
    assert page.evaluate("document.activeElement.id") == "id_password"


PRESS = "document.querySelector('main form button').click()"
COUNT_WHAT_IS_SENT = """
    window.sent = 0;
    window.addEventListener('submit', (event) => {
      window.sent += event.defaultPrevented ? 0 : 1;
      event.preventDefault();  // no answer comes
    });
"""


def test_a_second_press_is_not_sent_while_the_first_is_on_its_way(installed, look):
    page = look("/account/signup/")
    page.clock.install()
    page.reload()
    page.evaluate(COUNT_WHAT_IS_SENT)
    for _ in range(3):
        page.evaluate(PRESS)
    assert page.evaluate("window.sent") == 1
    page.clock.fast_forward(10_000)
    page.evaluate(PRESS)
    assert page.evaluate("window.sent") == 2


def test_a_passkey_is_added_and_signs_in_under_the_strict_policy(installed, look):
    page = look("/account/login/")
    somebody = sign_in.with_email(sign_in.somebody(), "chen@example.com")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL_KEY})
    page.fill("#id_login", somebody.email)
    page.fill("#id_password", sign_in.PASSWORD)
    page.click("main button >> text=登录")
    page.goto("/account/2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        page.fill("#id_password", sign_in.PASSWORD)
        page.click("main button >> text=确认")
    assert violations(page) == []
    page.fill("#id_name", "我的手机")
    page.check("#id_passwordless")
    page.click("main button >> text=添加")
    page.wait_for_url("**/recovery-codes/")
    assert violations(page) == []
    page.goto("/account/2fa/webauthn/")
    assert page.inner_text(".card-title") == "我的手机"
    assert violations(page) == []
    page.context.clear_cookies()
    page.goto("/account/login/")
    page.click("text=用通行密钥登录")
    page.wait_for_url("**/my/")
    assert page.inner_text("header >> text=陈一").endswith("陈一")


VIRTUAL_KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}
