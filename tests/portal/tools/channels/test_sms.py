"""SMS through the signed gateway, against a server on the loopback."""

import hmac
import logging
import socket

import pytest

from portal.tools.channels.contract import SendLater, SendNever
from portal.tools.channels.sms import SmsGateway

PHONE = "+8613800138000"
CODE = "493817"


@pytest.fixture
def sms(gateway):
    templates = {"sign-in-code": "SMS_1"}
    return SmsGateway(gateway.address, "county", "secret-key", templates, read_seconds=1.0)


def test_a_message_is_handed_over_and_its_number_kept(gateway, sms):
    receipt = sms.send(PHONE, "sign-in-code", {"code": CODE}, key="job-7")
    assert (receipt.provider, receipt.reference) == ("sms", "m-1")
    [asked] = gateway.received
    assert asked.json == {
        "account": "county",
        "phone": PHONE,
        "template": "SMS_1",
        "params": {"code": CODE},
    }
    assert asked.headers["Idempotency-Key"] == "job-7"


def test_the_signature_covers_time_nonce_and_body(gateway, sms):
    sms.send(PHONE, "sign-in-code", {"code": CODE})
    [asked] = gateway.received
    signed = "\n".join([asked.headers["X-Timestamp"], asked.headers["X-Nonce"]]).encode()
    expected = hmac.new(b"secret-key", signed + b"\n" + asked.body, "sha256").hexdigest()
    assert asked.headers["X-Signature"] == expected
    assert "Idempotency-Key" not in asked.headers


def test_no_two_messages_have_one_nonce(gateway, sms):
    for _ in range(2):
        sms.send(PHONE, "sign-in-code", {"code": CODE})
    assert len({asked.headers["X-Nonce"] for asked in gateway.received}) == 2


@pytest.mark.parametrize("status", [408, 409, 425, 429, 500, 502, 503, 504])
def test_trouble_of_the_moment_is_worth_another_try(gateway, sms, status):
    gateway.answers = [(status, {})]
    with pytest.raises(SendLater) as refusal:
        sms.send(PHONE, "sign-in-code", {"code": CODE})
    assert refusal.value.reason == f"http-{status}"


@pytest.mark.parametrize("status", [301, 302, 400, 401, 403, 404, 422])
def test_a_refusal_is_not(gateway, sms, status):
    gateway.answers = [(status, {})]
    with pytest.raises(SendNever) as refusal:
        sms.send(PHONE, "sign-in-code", {"code": CODE})
    assert refusal.value.reason == f"http-{status}"
    assert len(gateway.received) == 1  # a redirect is not followed: it would carry the phone away


@pytest.mark.parametrize(
    ("answer", "reason"),
    [(b"<html>", "answer-is-no-json"), ([], "answer-is-no-object"), ({}, "answer-without-id")],
)
def test_an_answer_without_sense_is_worth_another_try(gateway, sms, answer, reason):
    gateway.answers = [(200, answer)]
    with pytest.raises(SendLater) as refusal:
        sms.send(PHONE, "sign-in-code", {"code": CODE})
    assert refusal.value.reason == reason


def test_what_the_gateway_refuses_by_word_is_refused_for_good(gateway, sms):
    gateway.answers = [(200, {"refused": "blacklisted"})]
    with pytest.raises(SendNever):
        sms.send(PHONE, "sign-in-code", {"code": CODE})


def test_a_gateway_that_is_slow_is_not_waited_for(gateway, sms):
    gateway.answers = [1.6]
    with pytest.raises(SendLater) as refusal:
        sms.send(PHONE, "sign-in-code", {"code": CODE})
    assert refusal.value.reason == "ReadTimeout"


def test_a_gateway_that_is_away_is_worth_another_try():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    away = SmsGateway(f"http://127.0.0.1:{port}", "county", "key", {"sign-in-code": "SMS_1"})
    with pytest.raises(SendLater) as refusal:
        away.send(PHONE, "sign-in-code", {"code": CODE})
    assert refusal.value.reason == "ConnectionError"


def test_a_template_the_operator_does_not_know_is_not_asked_for(gateway, sms):
    with pytest.raises(SendNever) as refusal:
        sms.send(PHONE, "greeting", {})
    assert (refusal.value.reason, gateway.received) == ("template-unknown", [])


@pytest.mark.parametrize(
    "answer", [(500, {}), (400, {"phone": PHONE}), 0.6, (200, b"+8613800138000")]
)
def test_nothing_personal_is_logged_or_raised(gateway, sms, answer, caplog):
    gateway.answers = [answer]
    with caplog.at_level(logging.DEBUG), pytest.raises((SendLater, SendNever)) as refusal:
        sms.send(PHONE, "sign-in-code", {"code": CODE})
    told = caplog.text + repr(refusal.value) + str(refusal.value)
    assert [secret for secret in (PHONE, PHONE[3:], CODE, "secret-key") if secret in told] == []
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None


def test_the_key_is_not_printed(sms):
    assert "secret-key" not in repr(sms)
