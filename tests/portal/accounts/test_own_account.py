"""Changing one's own account: password, phone, e-mail; what ends with it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from portal.accounts.models import User
from tests.factories.sign_in import PASSWORD, somebody, with_authenticator, with_email

pytestmark = pytest.mark.usefixtures("demonstration")
NEW = "另一个好记的长密码-2027"
CHANGE = "/account/password/change/"
CHANGE_PHONE = "/account/phone/change/"


def sign_in(client: Client, user: User, password: str = PASSWORD) -> None:
    client.post("/account/login/", {"login": user.phone, "password": password})


def sign_in_by_code(client: Client, user: User, newest_code) -> None:
    client.post("/account/login/code/", {"phone": user.phone})
    client.post("/account/login/code/confirm/", {"code": newest_code()})


def is_signed_in(client: Client) -> bool:
    return client.get("/account/2fa/").status_code == 200


def test_the_old_password_is_asked_for_a_new_one(client):
    user = somebody()
    sign_in(client, user)
    answer = client.post(CHANGE, {"password1": NEW, "password2": NEW})
    assert list(answer.context["form"].errors) == ["oldpassword"]


def test_a_fresh_code_does_not_replace_the_old_password(client, newest_code):
    user = somebody()
    sign_in_by_code(client, user, newest_code)
    answer = client.post(CHANGE, {"password1": NEW, "password2": NEW})
    assert list(answer.context["form"].errors) == ["oldpassword"]


@pytest.mark.parametrize(
    "common",
    [
        "woaini1314520",
        "Xingfuli2026!",
        "Password123456",
        "qwertyuiop12",
        "1qaz2wsx3edc",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "\uff41dmin\uff11\uff12\uff13\uff1456",
        "5201314520abc",
        "我爱你我爱你我爱你我爱你",
    ],
)
def test_common_passwords_are_refused(client, common):
    user = somebody()
    sign_in(client, user)
    sent = {"oldpassword": PASSWORD, "password1": common, "password2": common}
    assert list(client.post(CHANGE, sent).context["form"].errors) == ["password1"]
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_password_with_the_own_phone_is_refused(client):
    user = somebody(phone="+8610012345678")
    sign_in(client, user)
    own = "tk10012345678wm"
    sent = {"oldpassword": PASSWORD, "password1": own, "password2": own}
    assert list(client.post(CHANGE, sent).context["form"].errors) == ["password1"]


def test_a_new_password_ends_the_other_sessions(client):
    user = somebody()
    elsewhere = Client()
    sign_in(client, user)
    sign_in(elsewhere, user)
    client.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert (is_signed_in(client), is_signed_in(elsewhere)) == (True, False)


def reauthenticate(client: Client) -> None:
    client.post("/account/reauthenticate/", {"password": PASSWORD})


def test_a_new_phone_asks_the_password_and_a_code_to_it(client, newest_code):
    user = somebody()
    sign_in(client, user)
    answer = client.post(CHANGE_PHONE, {"phone": "10055550000"})
    assert answer["Location"].startswith("/account/reauthenticate/")
    reauthenticate(client)
    client.post(CHANGE_PHONE, {"phone": "10055550000"})
    before = User.objects.by_phone("+8610055550000")
    client.post("/account/phone/verify/", {"code": newest_code()})
    assert (before, User.objects.by_phone("+8610055550000")) == (None, user)


def test_anothers_phone_cannot_be_taken_over(client, newest_code):
    user, other = somebody(), somebody(phone="+8610055550000")
    sign_in(client, user)
    reauthenticate(client)
    client.post(CHANGE_PHONE, {"phone": other.phone})
    client.post("/account/phone/verify/", {"code": newest_code()})
    assert User.objects.by_phone(other.phone) == other


def test_an_email_counts_once_its_link_was_followed(client):
    user = somebody()
    sign_in(client, user)
    reauthenticate(client)
    client.post("/account/email/", {"action_add": "1", "email": "chen@example.com"})
    [link] = re.findall(r"http://testserver(\S+)", mail.outbox[0].body)
    user.refresh_from_db()
    assert user.email == ""
    client.post(link)
    user.refresh_from_db()
    assert user.email == "chen@example.com"


def test_a_passkey_is_made_for_a_name_and_never_for_a_phone(client):
    user = somebody("陈一")
    sign_in(client, user)
    reauthenticate(client)
    page = client.get("/account/2fa/webauthn/add/")
    options = page.context["js_data"]["creation_options"]["publicKey"]
    assert (options["user"]["name"], options["user"]["displayName"]) == (user.code, "陈一")
    assert (options["rp"]["id"], options["rp"]["name"]) == ("testserver", "幸福里")
    assert user.phone not in page.content.decode()


def test_recovery_codes_are_made_with_the_first_factor_and_serve_once(client):
    user = somebody()
    with_authenticator(user)
    codes = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10
    for browser, expected in ((client, True), (Client(), False)):
        sign_in(browser, user)
        browser.post("/account/2fa/authenticate/", {"code": codes[0]})
        assert is_signed_in(browser) == expected


def test_who_has_no_phone_signs_in_by_email(client):
    user = User.objects.create_user(password=PASSWORD, name="无手机")
    with_email(user, "nobody@example.com")
    client.post("/account/login/", {"login": "nobody@example.com", "password": PASSWORD})
    assert is_signed_in(client)


def signed_in_since(client, user, time_machine):
    time_machine.move_to("2026-11-24T12:00:00+08:00", tick=False)
    user.set_password(PASSWORD)
    user.save()
    sign_in(client, user)
    session = client.session
    session.set_expiry(100 * 24 * 3600)
    session.save()


@pytest.mark.parametrize(
    ("who", "hours"), [("chen", 30 * 24), ("li", 12), ("wang", 12), ("zhao", 12)]
)
def test_a_session_ends_after_thirty_days_and_an_officers_after_twelve_hours(
    client, cast, time_machine, who, hours
):
    signed_in_since(client, getattr(cast, who), time_machine)
    for _ in range(2 * hours if hours == 12 else 1):  # never at rest for an hour
        time_machine.shift(1800 if hours == 12 else hours * 3600)
        assert is_signed_in(client)
    time_machine.shift(1)
    answer = client.get("/account/2fa/?a=b")
    assert answer["Location"] == "/account/login/?next=/account/2fa/%3Fa%3Db"


@pytest.mark.parametrize(("who", "stays"), [("chen", True), ("li", False), ("zhao", False)])
def test_an_officers_session_ends_after_an_hour_at_rest(client, cast, time_machine, who, stays):
    signed_in_since(client, getattr(cast, who), time_machine)
    time_machine.shift(3600)
    assert is_signed_in(client)
    time_machine.shift(3601)
    assert is_signed_in(client) == stays


def test_a_page_that_asks_by_itself_does_not_keep_a_session_awake(client, cast, time_machine):
    signed_in_since(client, cast.li, time_machine)
    time_machine.shift(1800)
    client.get("/account/2fa/", headers={"hx-request": "true"})
    time_machine.shift(1801)
    assert not is_signed_in(client)


def test_signing_out_makes_the_browser_forget_what_it_kept(client, demonstration):
    client.force_login(somebody())
    assert "Clear-Site-Data" not in client.get("/account/logout/")
    answer = client.post("/account/logout/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in client.post("/account/logout/")
