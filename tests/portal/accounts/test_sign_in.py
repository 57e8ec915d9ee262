"""Signing in: by phone or e-mail, with a password or a code; what is refused, and how often."""

import base64
import re
import zlib

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse

from portal.tools.audit.models import AuditEntry
from tests.factories import people
from tests.factories.sign_in import (
    PASSWORD,
    SECRET,
    answered,
    somebody,
    totp,
    with_authenticator,
    with_email,
)

pytestmark = pytest.mark.usefixtures("demonstration")
LOGIN = "/account/login/"
ASK_CODE = "/account/login/code/"
GIVE_CODE = "/account/login/code/confirm/"


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def try_password(client: Client, login: str, password: str = PASSWORD):
    return client.post(LOGIN, {"login": login, "password": password})


@pytest.mark.parametrize(
    "written",
    ["+8610000009999", "10000009999", "100 0000 9999", "１００００００９９９９", "100-0000-9999"],
)
def test_a_phone_and_its_password_sign_in_however_the_phone_is_written(client, written):
    user = somebody(phone="+8610000009999")
    answer = try_password(client, written)
    assert (answer.status_code, answer["Location"]) == (302, "/my/")
    assert signed_in_as(client) == str(user.pk)


def test_an_email_and_its_password_sign_in(client):
    user = with_email(somebody(), "zhao@example.com")
    try_password(client, "Zhao@Example.com")
    assert signed_in_as(client) == str(user.pk)


def test_a_wrong_password_and_an_unknown_phone_are_answered_alike(client):
    user = somebody()
    known = try_password(client, user.phone, "错误的密码-1234567")
    unknown = try_password(client, "+8610099999999", "错误的密码-1234567")
    errors = [answer.context["form"].non_field_errors() for answer in (known, unknown)]
    assert errors == [["手机号或密码不正确。"], ["手机号或密码不正确。"]]


def test_what_is_no_phone_is_answered_in_words_that_help(client):
    answer = try_password(client, "1380000", "错误的密码-1234567")
    errors = answer.context["form"].non_field_errors()
    assert errors == ["手机号、电子邮箱或密码不正确。请核对后再试。"]


def test_the_fields_have_plain_english_names(client):
    fields = client.get(LOGIN, headers={"accept-language": "en"}).context["form"].fields
    assert [str(fields[name].label) for name in ("login", "remember")] == [
        "Phone number or email",
        "Keep me signed in on this device",
    ]


def test_a_code_sent_to_the_phone_signs_in(client, newest_code):
    user = somebody(password=None)
    answer = client.post(ASK_CODE, {"phone": user.phone})
    assert (answer.status_code, answer["Location"]) == (302, GIVE_CODE)
    answer = client.post(GIVE_CODE, {"code": newest_code()})
    assert (answer.status_code, answer["Location"]) == (302, "/my/")
    assert signed_in_as(client) == str(user.pk)


def test_signing_in_leads_on_to_where_one_wanted_to_go(client, newest_code):
    user = somebody(password=None)
    asked = client.post(f"{ASK_CODE}?next=/meetings/", {"phone": user.phone})
    answer = client.post(asked["Location"], {"code": newest_code()})
    assert answer["Location"] == "/meetings/"


def test_a_code_sent_to_the_email_signs_in(client):
    user = with_email(somebody(password=None), "zhao@example.com")
    client.post(ASK_CODE, {"email": "zhao@example.com"})
    [letter] = mail.outbox
    [code] = re.findall(r"\b\d{6}\b", letter.body)
    client.post(GIVE_CODE, {"code": code})
    assert letter.to == ["zhao@example.com"]
    assert signed_in_as(client) == str(user.pk)


def test_an_address_somebody_else_typed_in_opens_nothing_for_its_owner(client):
    with_email(somebody(password=None), "li@example.com", proved=False)
    client.post(ASK_CODE, {"email": "li@example.com"})
    [letter] = mail.outbox
    assert re.findall(r"\b\d{6}\b", letter.body) == []


def test_a_wrong_code_does_not_sign_in_and_three_end_the_attempt(client, newest_code):
    user = somebody(password=None)
    client.post(ASK_CODE, {"phone": user.phone})
    right = newest_code()
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    answers = [client.post(GIVE_CODE, {"code": wrong}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 302]
    client.post(GIVE_CODE, {"code": right})
    assert signed_in_as(client) is None


def test_a_code_serves_once(client, newest_code):
    user = somebody(password=None)
    client.post(ASK_CODE, {"phone": user.phone})
    code = newest_code()
    client.post(GIVE_CODE, {"code": code})
    client.post(reverse("account_logout"))
    client.post(GIVE_CODE, {"code": code})
    assert signed_in_as(client) is None


def test_a_code_serves_five_minutes(client, newest_code, time_machine):
    user = somebody(password=None)
    time_machine.move_to("2026-11-24T12:00:00+08:00", tick=False)
    client.post(ASK_CODE, {"phone": user.phone})
    code = newest_code()
    time_machine.shift(301)
    client.post(GIVE_CODE, {"code": code})
    assert signed_in_as(client) is None


def test_a_code_serves_in_the_browser_that_asked_only(client, newest_code):
    user = somebody(password=None)
    client.post(ASK_CODE, {"phone": user.phone})
    other = Client()
    other.post(GIVE_CODE, {"code": newest_code()})
    assert signed_in_as(other) is None


def test_a_mail_that_cannot_be_sent_is_told(client, monkeypatch):
    def broken(self, fail_silently=False):
        raise ConnectionRefusedError

    with_email(somebody(password=None), "zhao@example.com")
    monkeypatch.setattr("django.core.mail.EmailMessage.send", broken)
    answer = client.post(f"{ASK_CODE}?next=/my/", {"email": "zhao@example.com"})
    assert (answer.status_code, answer["Location"]) == (302, f"{ASK_CODE}?next=/my/")
    told = [str(message) for message in client.get(ASK_CODE).context["messages"]]
    assert told == ["邮件没有发出去，请稍后再试，或换一种方式登录。"]


def test_an_unknown_phone_gets_the_same_pages_and_no_message(client, texts):
    known = somebody(password=None)
    for phone in (known.phone, "+8610099999999"):
        answer = Client().post(ASK_CODE, {"phone": phone})
        assert (answer.status_code, answer["Location"]) == (302, GIVE_CODE)
    assert [text.split()[0] for text in texts()] == ["[sign-in-code]"]


def test_an_unknown_phones_confirmation_page_looks_the_same(client):
    known = somebody(password=None, phone="+8610011111111")
    pages = []
    for phone in (known.phone, "+8610022222222"):
        browser = Client()
        browser.post(ASK_CODE, {"phone": phone})
        page = browser.get(GIVE_CODE).content.decode()
        page = re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"', "", page)
        pages.append(re.sub(r"[+*\d]{8,}|1111|2222", "#", page))
    assert pages[0] == pages[1]


def test_a_phone_that_exists_nowhere_is_refused_with_words(client):
    answer = client.post(ASK_CODE, {"phone": "12345"})
    assert answer.context["form"].errors["phone"] == ["请填写11位手机号，例如 138 0013 8000。"]


def test_neither_phone_nor_email_is_refused_with_words(client):
    answer = client.post(ASK_CODE, {})
    assert answer.context["form"].non_field_errors() == ["请填写手机号或电子邮箱。"]


def test_invented_phones_sign_in_at_the_demonstration_only(client, demonstration):
    user = somebody()
    demonstration.is_demonstration = False
    demonstration.save()
    try_password(client, user.phone)
    assert signed_in_as(client) is None


def test_after_five_wrong_passwords_an_address_waits_and_reads_the_way_out(client):
    user = somebody()
    for _ in range(5):
        try_password(client, user.phone, "错误的密码-1234567")
    answer = try_password(client, user.phone)
    assert answer.context["form"].non_field_errors() == [
        "在这台设备上试错的次数太多，请过5分钟再试。账号没有被锁定："
        "可以改用短信验证码登录，或到社区居委会办理。"
    ]
    assert signed_in_as(client) is None


def test_writing_the_phone_another_way_does_not_unlock_it(client):
    user = somebody(phone="+8610000009999")
    for written in (
        "10000009999",
        "100 0000 9999",
        "+8610000009999",
        "100-0000-9999",
        "10000009999",
    ):
        try_password(client, written, "错误的密码-1234567")
    try_password(client, "１００００００９９９９")
    assert signed_in_as(client) is None
    assert user.is_active


def test_one_locked_phone_does_not_lock_another(client):
    locked, other = somebody(), somebody()
    for _ in range(6):
        try_password(client, locked.phone, "错误的密码-1234567")
    try_password(client, other.phone)
    assert signed_in_as(client) == str(other.pk)


def test_three_hundred_wrong_passwords_from_one_address_shut_nobody_else_out(client):
    crowd = [people.user() for _ in range(300)]
    for user in crowd:  # a compound behind one address of its carrier, on polling day
        client.cookies.clear()
        try_password(client, user.phone, "第一次打错了-000000")
    late = somebody()
    try_password(client, late.phone)
    assert signed_in_as(client) == str(late.pk)


def test_three_hundred_people_behind_one_address_all_get_a_code(client, texts):
    crowd = [people.user() for _ in range(300)]
    answers = []
    for user in crowd:
        client.cookies.clear()
        asked = answered(client.get(ASK_CODE).context["form"])
        answers.append(client.post(ASK_CODE, {"phone": user.phone} | asked).status_code)
    assert answers == [302] * 300
    assert len(texts()) == 300


def test_one_phone_is_not_flooded_with_codes(client, texts, time_machine):
    user = somebody(password=None)
    time_machine.move_to("2026-11-24T12:00:00+08:00", tick=False)
    for _ in range(40):  # one try every 30 seconds, and as many browsers
        client.cookies.clear()
        client.post(ASK_CODE, {"phone": user.phone})
        time_machine.shift(30)
    assert len(texts()) == 10


def test_an_authenticator_is_asked_after_the_password(client):
    user = somebody()
    with_authenticator(user)
    answer = try_password(client, user.phone)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert signed_in_as(client) is None
    client.post(reverse("mfa_authenticate"), {"code": totp()})
    assert signed_in_as(client) == str(user.pk)


def test_an_authenticator_is_asked_after_a_code_by_phone_too(client, newest_code):
    user = somebody(password=None)
    with_authenticator(user)
    client.post(ASK_CODE, {"phone": user.phone})
    answer = client.post(GIVE_CODE, {"code": newest_code()})
    assert answer["Location"] == reverse("mfa_authenticate")
    assert signed_in_as(client) is None


def test_an_authenticators_code_serves_once(client):
    user = somebody()
    with_authenticator(user)
    code = totp()
    for browser in (client, Client()):
        try_password(browser, user.phone)
        last = browser.post(reverse("mfa_authenticate"), {"code": code})
    assert last.status_code == 200
    assert signed_in_as(browser) is None


def test_an_authenticators_secret_is_not_stored_in_the_clear(db):
    row = with_authenticator(somebody())
    row.refresh_from_db()
    assert row.data["secret"].startswith("v1$aes$")
    assert SECRET not in str(row.data)
    assert row.wrap().validate_code(totp())


def test_a_passkey_can_be_asked_for_by_anybody(client):
    asked = client.get("/account/2fa/webauthn/login/", headers={"Accept": "application/json"})
    options = asked.json()["request_options"]["publicKey"]
    assert (options["rpId"], options["userVerification"]) == ("testserver", "required")
    assert options.get("allowCredentials", []) == []


@pytest.mark.parametrize(
    "answer",
    ["[" * 100_000, '{"a":' * 100_000, "9" * 5000, '{"id": 1}', '{"id": "\\ud800"}', "{}", "null"],
)
def test_an_answer_that_no_passkey_gives_is_a_wrong_one(client, db, answer):
    asked = "/account/2fa/webauthn/login/"
    client.get(asked, headers={"Accept": "application/json"})
    refused = client.post(asked, {"credential": answer})
    assert (refused.status_code, refused.url) == (302, reverse("account_login"))
    assert signed_in_as(client) is None


def test_a_closed_account_does_not_get_in(client):
    user = somebody(is_active=False)
    answer = try_password(client, user.phone)
    assert answer["Location"] == reverse("account_inactive")
    assert signed_in_as(client) is None


def test_the_session_holds_no_phone_and_no_code_in_the_clear(client, newest_code):
    user = somebody(password=None, phone="+8610012345678")
    client.post(ASK_CODE, {"phone": user.phone})
    code = newest_code()
    [row] = Session.objects.all()
    body = row.session_data.split(":")[0].removeprefix(".")
    raw = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    if row.session_data.startswith("."):
        raw = zlib.decompress(raw)
    assert raw.startswith(b"v1$aes$")
    assert [secret for secret in ("12345678", code) if secret.encode() in raw] == []
    assert (
        client.session["account_login"]["state"]["stages"]["login_by_code"]["data"]["phone"]
        == "+8610012345678"
    )


def test_signing_in_is_noted_without_a_name(client):
    user = somebody()
    try_password(client, user.phone)
    [entry] = AuditEntry.objects.filter(act="accounts.signed_in")
    assert (entry.actor, entry.object_id, entry.facts) == (user.pk, user.pk, {})


@pytest.mark.parametrize(("door", "then"), [("/admin/login/", "/admin/"), ("/_util/login/", "/")])
def test_wagtails_own_doors_are_shut(client, door, then):
    answer = client.get(door)
    assert (answer.status_code, answer["Location"]) == (302, f"/account/login/?next={then}")
    user = with_email(somebody(is_superuser=True), "sun@example.com")
    with_authenticator(user)
    client.post(door, {"username": "sun@example.com", "password": PASSWORD})
    assert signed_in_as(client) is None


def test_a_sign_in_form_that_is_not_ours_finds_nobody():
    """Django's own form asks by user name; it knows no limits and no second factor."""
    user = with_email(somebody(), "sun@example.com")
    form = AuthenticationForm(data={"username": "sun@example.com", "password": PASSWORD})
    assert not form.is_valid()
    assert authenticate(None, email="sun@example.com", password=PASSWORD) == user
