"""WeChat template messages, against a server on the loopback."""

import logging

import pytest

from portal.tools.channels.contract import SendLater, SendNever
from portal.tools.channels.wechat import WeChat

OPENID = "o6_bmjrPTlm6_2sgVt7hMZOPfL2M"
TOKEN = {"access_token": "token-1", "expires_in": 7200}


@pytest.fixture
def wechat(gateway, db):
    return WeChat("wx1", "app-secret", {"notice": "TPL_1"}, base=gateway.address)


def test_a_message_is_handed_over_with_its_link(gateway, wechat):
    gateway.answers = [(200, TOKEN), (200, {"errcode": 0, "msgid": 42})]
    values = {"title": "公示", "url": "https://example.com/n/1"}
    receipt = wechat.send(OPENID, "notice", values, key="job-7")
    assert (receipt.provider, receipt.reference) == ("wechat", "42")
    token, message = gateway.received
    assert token.json == {
        "grant_type": "client_credential",
        "appid": "wx1",
        "secret": "app-secret",
        "force_refresh": False,
    }
    assert message.path == "/cgi-bin/message/template/send?access_token=token-1"
    assert message.json == {
        "touser": OPENID,
        "template_id": "TPL_1",
        "url": "https://example.com/n/1",
        "data": {"title": {"value": "公示"}},
        "client_msg_id": "job-7",
    }


def test_the_token_is_fetched_once(gateway, wechat):
    gateway.answers = [(200, TOKEN), (200, {"errcode": 0, "msgid": 1})]
    for _ in range(3):
        wechat.send(OPENID, "notice", {})
    assert [asked.path.split("?")[0] for asked in gateway.received] == [
        "/cgi-bin/stable_token",
        *["/cgi-bin/message/template/send"] * 3,
    ]


@pytest.mark.parametrize("code", [40001, 40014, 42001])
def test_a_token_wechat_no_longer_knows_is_fetched_anew_once(gateway, wechat, code):
    gateway.answers = [
        (200, TOKEN),
        (200, {"errcode": code}),
        (200, TOKEN | {"access_token": "token-2"}),
        (200, {"errcode": 0, "msgid": 1}),
    ]
    wechat.send(OPENID, "notice", {})
    assert gateway.received[-1].path.endswith("access_token=token-2")
    assert len(gateway.received) == 4


def test_a_token_that_stays_unknown_is_worth_another_try(gateway, wechat):
    stale = (200, {"errcode": 40001})
    gateway.answers = [(200, TOKEN), stale, (200, TOKEN), stale]
    with pytest.raises(SendLater):
        wechat.send(OPENID, "notice", {})
    assert len(gateway.received) == 4


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (-1, SendLater),
        (45009, SendLater),
        (40003, SendNever),
        (43004, SendNever),
        (40037, SendNever),
    ],
)
def test_what_wechat_answers_is_sorted(gateway, wechat, code, kind):
    gateway.answers = [(200, TOKEN), (200, {"errcode": code, "errmsg": "..."})]
    with pytest.raises(kind) as refusal:
        wechat.send(OPENID, "notice", {})
    assert refusal.value.reason == f"wechat-{code}"


def test_a_wrong_secret_is_refused_for_good(gateway, wechat):
    gateway.answers = [(200, {"errcode": 40125, "errmsg": "invalid appsecret"})]
    with pytest.raises(SendNever):
        wechat.send(OPENID, "notice", {})


def test_neither_token_nor_secret_nor_openid_is_logged_or_raised(gateway, wechat, caplog):
    gateway.answers = [(200, TOKEN), (500, {})]
    with caplog.at_level(logging.INFO), pytest.raises(SendLater) as refusal:
        wechat.send(OPENID, "notice", {})
    told = caplog.text + repr(refusal.value) + repr(wechat)
    assert [secret for secret in ("token-1", "app-secret", OPENID) if secret in told] == []
