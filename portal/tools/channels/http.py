"""One POST of JSON to a gateway: timeouts, and what of its answers is worth another try."""

from collections.abc import Mapping
from typing import Any

import requests

from .contract import SendLater, SendNever

CONNECT_SECONDS = 3.0
READ_SECONDS = 5.0
WORTH_ANOTHER_TRY = frozenset({408, 409, 425, 429})


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, read_seconds: float = READ_SECONDS
) -> dict[str, Any]:
    """The JSON object a gateway answers with.

    SendLater: unreachable, too slow, 408/409/425/429, 5xx, or an answer that is no JSON object.
    SendNever: every other refusal, a redirect among them.  What is raised names no address and
    has no cause attached, for those carry the URL and with it tokens.
    """
    try:
        answer = requests.post(
            url,
            data=body,
            headers={"Content-Type": "application/json; charset=utf-8", **headers},
            timeout=(CONNECT_SECONDS, read_seconds),
            allow_redirects=False,
        )
    except requests.RequestException as trouble:
        raise SendLater(type(trouble).__name__) from None
    if answer.status_code >= 500 or answer.status_code in WORTH_ANOTHER_TRY:
        raise SendLater(f"http-{answer.status_code}")
    if answer.status_code >= 300:
        raise SendNever(f"http-{answer.status_code}")
    try:
        content = answer.json()
    except ValueError:
        raise SendLater("answer-is-no-json") from None
    if not isinstance(content, dict):
        raise SendLater("answer-is-no-object")
    return content
