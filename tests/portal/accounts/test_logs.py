"""Nothing personal is logged on the way in: no phone, no code, no name, no password."""

import logging
import re

import pytest
import structlog

from tests.factories.sign_in import PASSWORD, somebody, with_email

CANARY = {"name": "金丝雀", "phone": "10066660001", "email": "canary@example.com"}


@pytest.fixture
def logged(capsys, caplog, demonstration):
    """Everything logged: structlog's lines on standard output and Python's records."""
    with caplog.at_level(logging.DEBUG):
        yield lambda: capsys.readouterr().out + caplog.text


def test_signing_up_and_in_leaves_nothing_personal_in_the_logs(client, logged):
    client.post("/account/signup/", CANARY | {"password1": PASSWORD})
    code = client.session["account_login"]["state"]["stages"]["verify_phone"]["data"]["code"]
    client.post("/account/phone/verify/", {"code": code})
    client.post("/account/logout/")
    client.post("/account/login/", {"login": CANARY["phone"], "password": "falsch-12345"})
    client.post("/account/login/", {"login": CANARY["phone"], "password": PASSWORD})
    with_email(somebody("金丝雀"), CANARY["email"])
    client.post("/account/logout/")
    client.post("/account/login/code/", {"email": CANARY["email"]})
    client.post("/account/login/code/confirm/", {"code": "000000"})
    lines = logged()
    secrets = [*CANARY.values(), CANARY["phone"][3:], code, PASSWORD, "falsch-12345"]
    assert "/account/signup/" in lines  # the log was read at all
    assert [secret for secret in secrets if secret in lines] == []


@pytest.mark.skipif(not structlog.is_configured(), reason="structlog's own default prints locals")
def test_a_page_that_breaks_tells_no_more(client, logged, monkeypatch):
    def broken(phone, template, **values):
        raise RuntimeError("boom")

    monkeypatch.setattr("portal.accounts.codes.send_sms", broken)
    client.raise_request_exception = False
    answer = client.post("/account/login/code/", {"phone": somebody(phone="+8610066660001").phone})
    lines = logged()
    assert answer.status_code == 500
    assert "boom" in lines
    assert re.findall(r"66660001", lines) == []
