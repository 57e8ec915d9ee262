"""Limits: a stranger uses up nobody's tries; messages go to known phones, within budgets."""

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts import challenge, invitations, limits
from portal.tools.cache.models import Limit
from tests.factories import people, places
from tests.factories.sign_in import PASSWORD, answered, somebody

pytestmark = pytest.mark.usefixtures("demonstration")
LOGIN, ASK_CODE = "/account/login/", "/account/login/code/"
GIVE_CODE, SIGN_UP = "/account/login/code/confirm/", "/account/signup/"
WRONG = "错误的密码-1234567"
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.9"}
MANY = "现在要短信的人很多：请取消，重新获取验证码，并回答一个小问题。"


def try_password(browser: Client, user, password: str = PASSWORD, **at) -> str:
    answer = browser.post(LOGIN, {"login": user.phone, "password": password}, **at)
    return answer.get("Location", "")


def test_a_strangers_wrong_passwords_do_not_bar_the_owner_at_another_address(client):
    user = somebody()
    for _ in range(20):
        try_password(Client(), user, WRONG, **ELSEWHERE)
    assert try_password(Client(), user, **ELSEWHERE) == ""
    assert try_password(client, user) == "/my/"


def test_nor_on_a_known_device_at_the_same_address_nor_from_many_addresses(client):
    user = somebody()
    try_password(client, user)
    client.post("/account/logout/")
    for number in range(110):
        try_password(Client(), user, WRONG, REMOTE_ADDR=f"198.51.100.{number}")
        try_password(Client(), user, WRONG)
    assert try_password(Client(), user, REMOTE_ADDR="192.0.2.1") == ""
    assert try_password(client, user) == "/my/"


def test_a_known_device_has_a_limit_too(client):
    user = somebody()
    try_password(client, user)
    client.post("/account/logout/")
    for _ in range(10):
        try_password(client, user, WRONG)
    assert try_password(client, user) == ""


def test_a_device_is_known_to_who_signed_in_on_it_only_and_is_not_made_up(client):
    owner, other = somebody(), somebody()
    try_password(client, other)
    client.post("/account/logout/")
    for _ in range(5):
        try_password(Client(), owner, WRONG)
    assert try_password(client, owner) == ""
    forged = Client()
    forged.cookies["device"] = client.cookies["device"].value[:-2] + "xx"
    assert try_password(forged, owner) == ""


def test_the_way_out_works(client, newest_code):
    user = somebody()
    for _ in range(6):
        try_password(client, user, WRONG)
    client.post(ASK_CODE, {"phone": user.phone})
    assert client.post(GIVE_CODE, {"code": newest_code()})["Location"] == "/my/"


def test_a_strangers_code_requests_do_not_use_up_the_owners(client, texts):
    user = somebody()
    try_password(client, user)
    client.post("/account/logout/")
    for number in range(60):
        Client().post(ASK_CODE, {"phone": user.phone}, REMOTE_ADDR=f"198.51.100.{number}")
    assert len(texts()) == 20
    client.post(ASK_CODE, {"phone": user.phone})
    assert len(texts()) == 1


def sign_up(browser: Client, phone: str):
    return browser.post(SIGN_UP, {"name": "陈一", "phone": phone})


def test_messages_go_to_accounts_the_roll_and_open_invitations_only(client, texts, time_machine):
    time_machine.move_to("2026-11-24T12:00:00+08:00", tick=False)
    clerk, on_roll, invited = somebody(), "+8610055550001", "+8610055550002"
    people.owner(places.compound(), phone=on_roll)
    invitations.invite(invited, by=clerk, at=timezone.now())
    pages = set()
    for phone in (clerk.phone, on_roll, invited, "+8610055550003"):
        answer = sign_up(Client(), phone)
        pages.add((answer.status_code, answer["Location"]))
    assert pages == {(302, "/account/phone/verify/")}
    assert [text.split()[1][-5:-1] for text in texts()] == [clerk.phone[-4:], "0001", "0002"]
    time_machine.shift(14 * 24 * 3600)
    sign_up(Client(), invited)
    assert texts() == []


def test_the_page_shows_the_desk_to_everybody(client):
    for phone in (somebody().phone, "+8610055550003"):
        browser = Client()
        browser.post(ASK_CODE, {"phone": phone})
        assert "到社区居委会" in browser.get(GIVE_CODE).content.decode()


def test_after_twenty_messages_an_address_is_asked_a_small_sum(client, texts):
    for _ in range(100):  # 100 messages in two seconds, by nobody
        Client().post(ASK_CODE, {"phone": people.user().phone}, **ELSEWHERE)
    assert len(texts()) == limits.ASKS_AFTER == 20
    user = somebody()
    Client().post(ASK_CODE, {"phone": user.phone})
    assert len(texts()) == 1  # another address is asked nothing
    page = client.get(ASK_CODE, **ELSEWHERE)
    asked = answered(page.context["form"])
    assert "等于几" in page.content.decode()
    wrong = client.post(ASK_CODE, {"phone": user.phone} | asked | {"answer": "99"}, **ELSEWHERE)
    assert wrong.context["form"].errors == {"answer": ["请回答上面的小问题。"]}
    assert client.post(ASK_CODE, {"phone": user.phone} | asked, **ELSEWHERE).status_code == 200
    asked = answered(wrong.context["form"])
    assert client.post(ASK_CODE, {"phone": user.phone} | asked, **ELSEWHERE).status_code == 302
    assert len(texts()) == 1
    again = Client().post(ASK_CODE, {"phone": people.user().phone} | asked, **ELSEWHERE)
    assert (again.status_code, texts()) == (200, [])


def test_unknown_phones_count_for_the_sum_as_well(client, texts):
    for number in range(21):
        Client().post(ASK_CODE, {"phone": f"+86100777700{number:02}"}, **ELSEWHERE)
    assert "answer" in client.get(ASK_CODE, **ELSEWHERE).context["form"].fields
    assert "answer" in client.get(SIGN_UP, **ELSEWHERE).context["form"].fields
    assert texts() == []


def test_a_known_device_is_asked_nothing_and_told_when_there_are_no_more(client, texts, settings):
    user = somebody()
    try_password(client, user)
    client.post("/account/logout/")
    settings.SMS_PER_HOUR = 1
    for sent in (1, 0):
        client.post(ASK_CODE, {"phone": user.phone})
        assert len(texts()) == sent
        shown = client.get(GIVE_CODE, follow=True).context["messages"]
        assert any("短信暂时发完了" in str(message) for message in shown) == (not sent)
        client.post("/account/logout/")


@pytest.mark.parametrize(("hour", "day"), [(4, 100), (100, 4)])
def test_budgets_of_hour_and_day_ask_from_half_on_and_end_it(texts, settings, hour, day):
    settings.SMS_PER_HOUR, settings.SMS_PER_DAY = hour, day
    for _ in range(8):
        browser = Client()
        asked = answered(browser.get(ASK_CODE).context["form"])
        browser.post(ASK_CODE, {"phone": people.user().phone} | asked)
    assert len(texts()) == 4
    assert "answer" in Client().get(ASK_CODE).context["form"].fields


def test_sending_again_past_the_sum_is_led_back_to_it(client, texts, settings):
    phone = "+8610055550002"
    invitations.invite(phone, by=somebody(), at=timezone.now())
    sign_up(client, phone)
    assert len(texts()) == 1
    settings.SMS_PER_HOUR = 2
    client.post("/account/phone/verify/", {"action": "resend"})
    told = [str(message) for message in client.get("/account/phone/verify/").context["messages"]]
    assert (texts(), MANY in told) == ([], True)


@pytest.mark.parametrize(
    ("written", "number"),
    [("12", 12), (" １２ ", 12), ("十二", 12), ("一十二", 12), ("十", 10), ("九", 9), ("八", 8)],
)
def test_an_answer_is_read_in_figures_and_in_chinese(written, number):
    assert challenge._number(written) == number


@pytest.mark.parametrize("nonsense", ["", "十二点", "x", "二十", "9" * 400, "²", "一二"])
def test_what_is_no_answer_is_none(nonsense):
    assert challenge._number(nonsense) not in range(2, 19)


def test_no_limit_tells_a_phone(client):
    user = somebody(phone="+8610012345678")
    try_password(client, user, WRONG)
    client.post(ASK_CODE, {"phone": user.phone})
    rows = str(list(Limit.objects.values()))
    assert Limit.objects.count() > 4 and "12345678" not in rows and "127.0.0.1" not in rows
