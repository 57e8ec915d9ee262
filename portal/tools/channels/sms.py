"""SMS through a signed HTTP gateway.

POST <endpoint>, JSON {"phone", "template", "params", "account"}; the signature is HMAC-SHA256
over timestamp, nonce and body, so that a gateway can refuse what is altered, old or repeated:

    X-Timestamp: seconds since 1970        X-Nonce: 32 hex digits
    X-Signature: hex(HMAC-SHA256(key, timestamp "\\n" nonce "\\n" body))
    Idempotency-Key: as given by the caller

Answer: {"id": "..."} when taken, {"refused": "word"} when this message never will be.  Operators'
own interfaces (Aliyun, Tencent, the provincial government cloud) are reached by a small relay.
"""

import hmac
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from . import http
from .contract import Receipt, SendLater, SendNever


@dataclass(frozen=True, slots=True)
class SmsGateway:
    """`templates` maps our names to the operator's approved template ids."""

    endpoint: str
    account: str
    key: str = field(repr=False)
    templates: Mapping[str, str] = field(default_factory=dict)
    read_seconds: float = http.READ_SECONDS

    def send(self, to: str, template: str, values: Mapping[str, str], *, key: str = "") -> Receipt:
        """Hand one message to the gateway; `to` is E.164."""
        if template not in self.templates:
            raise SendNever("template-unknown")
        message = {
            "account": self.account,
            "phone": to,
            "template": self.templates[template],
            "params": dict(values),
        }
        body = json.dumps(message, ensure_ascii=False, sort_keys=True).encode()
        headers = self._signed(body) | ({"Idempotency-Key": key} if key else {})
        answer = http.post(self.endpoint, body, headers, read_seconds=self.read_seconds)
        if "refused" in answer:
            raise SendNever("refused-by-gateway")
        if not answer.get("id"):
            raise SendLater("answer-without-id")
        return Receipt("sms", str(answer["id"])[:100])

    def _signed(self, body: bytes) -> dict[str, str]:
        timestamp, nonce = str(int(time.time())), secrets.token_hex(16)
        signed = b"\n".join([timestamp.encode(), nonce.encode(), body])
        return {
            "X-Timestamp": timestamp,
            "X-Nonce": nonce,
            "X-Signature": hmac.new(self.key.encode(), signed, "sha256").hexdigest(),
        }
