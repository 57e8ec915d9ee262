"""Sessions at rest: allauth keeps a phone, a one-time code and a TOTP secret in them."""

import json
from typing import Any

from . import cipher

PLACE = "django_session.session_data"


class EncryptedJson:
    """Django's session serializer, encrypted; what cannot be opened is an empty session."""

    def dumps(self, obj: Any) -> bytes:
        return cipher.encrypt(json.dumps(obj, separators=(",", ":")), place=PLACE).encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(cipher.decrypt(data.decode(), place=PLACE))
