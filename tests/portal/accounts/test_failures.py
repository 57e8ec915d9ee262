"""Failed sign-ins are put down as such."""

import logging

import pytest
from django.urls import reverse

from portal.tools.audit.models import AuditEntry
from tests.factories.sign_in import PASSWORD, somebody, with_authenticator, with_email

pytestmark = pytest.mark.usefixtures("demonstration")
WRONG = "错误的密码-1234567"


def put_down() -> list[tuple]:
    found = AuditEntry.objects.filter(act="accounts.failed_sign_in").order_by("at")
    return [(entry.actor, entry.object_id, entry.facts) for entry in found]


def test_a_wrong_password_is_put_down_and_logged_without_the_phone(client, caplog):
    user = with_email(somebody(), "zhao@example.com")
    with caplog.at_level(logging.WARNING, "portal.accounts.failures"):
        for login in (user.phone, "Zhao@example.com", "+8610099999999"):
            client.post("/account/login/", {"login": login, "password": WRONG})
    assert put_down() == [(None, user.pk, {"method": "password"})] * 2
    said = [r.getMessage() for r in caplog.records if r.name == "portal.accounts.failures"]
    assert said == [
        f"sign-in failed: password {user.code}",
        f"sign-in failed: password {user.code}",
        "sign-in failed: password nobody",
    ]


def test_a_wrong_code_and_a_wrong_second_factor_are_put_down(client, newest_code):
    user = somebody()
    with_authenticator(user)
    client.post("/account/login/code/", {"phone": user.phone})
    wrong = f"{(int(newest_code()) + 1) % 1_000_000:06}"
    client.post("/account/login/code/confirm/", {"code": wrong})
    client.cookies.clear()
    client.post("/account/login/", {"login": user.phone, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert put_down() == [
        (None, user.pk, {"method": "code"}),
        (None, user.pk, {"method": "second-factor"}),
    ]
