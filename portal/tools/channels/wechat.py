"""WeChat template messages of a service account (微信公众平台 模板消息接口).

The access token lives two hours and is shared by all processes through Django's cache; a token
that WeChat no longer knows is fetched anew, once.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn
from urllib.parse import quote

from django.core.cache import cache

from . import http
from .contract import Receipt, SendLater, SendNever

TOKEN_IS_STALE = frozenset({40001, 40014, 42001})
WORTH_ANOTHER_TRY = frozenset({-1, 45009, 45011})  # busy, day's quota, too many a minute
SPARE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class WeChat:
    """`templates` maps our names to the account's template ids; `values["url"]` is the link."""

    app_id: str
    secret: str = field(repr=False)
    templates: Mapping[str, str] = field(default_factory=dict)
    base: str = "https://api.weixin.qq.com"

    def send(self, to: str, template: str, values: Mapping[str, str], *, key: str = "") -> Receipt:
        """Hand one template message to WeChat; `to` is the follower's openid.  WeChat's
        `client_msg_id` makes the same `key` within ten minutes one message."""
        if template not in self.templates:
            raise SendNever("template-unknown")
        message = {
            "touser": to,
            "template_id": self.templates[template],
            "url": values.get("url", ""),
            "data": {name: {"value": value} for name, value in values.items() if name != "url"},
            **({"client_msg_id": key[:32]} if key else {}),
        }
        answer = self._post(message, self._token())
        if _code(answer) in TOKEN_IS_STALE:
            answer = self._post(message, self._token(fresh=True))
        if _code(answer):
            _refuse(_code(answer))
        return Receipt("wechat", str(answer.get("msgid", "")))

    def _post(self, message: Mapping[str, Any], token: str) -> dict[str, Any]:
        url = f"{self.base}/cgi-bin/message/template/send?access_token={quote(token)}"
        return http.post(url, json.dumps(message, ensure_ascii=False).encode(), {})

    def _token(self, *, fresh: bool = False) -> str:
        name = f"wechat-token:{self.app_id}"
        held = None if fresh else cache.get(name)
        if held:
            return str(held)
        asked = {
            "grant_type": "client_credential",
            "appid": self.app_id,
            "secret": self.secret,
            "force_refresh": False,
        }
        answer = http.post(f"{self.base}/cgi-bin/stable_token", json.dumps(asked).encode(), {})
        if "access_token" not in answer:
            _refuse(_code(answer))
        lifetime = max(int(answer.get("expires_in", 0)) - SPARE_SECONDS, 1)
        cache.set(name, answer["access_token"], lifetime)
        return str(answer["access_token"])


def _code(answer: Mapping[str, Any]) -> int:
    return int(answer.get("errcode", 0))


def _refuse(code: int) -> NoReturn:
    reason = f"wechat-{code}"
    if code in WORTH_ANOTHER_TRY or code in TOKEN_IS_STALE:
        raise SendLater(reason)
    raise SendNever(reason)
