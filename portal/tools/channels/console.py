"""The development channel: the message on standard error, the address masked, the code shown."""

import sys
from collections.abc import Mapping

from portal.tools.privacy.masks import masked_email, masked_phone

from .contract import Receipt, text_of


class ConsoleChannel:
    def send(self, to: str, template: str, values: Mapping[str, str], *, key: str = "") -> Receipt:
        """Print it; nothing leaves the machine."""
        masked = masked_email(to) if "@" in to else masked_phone(to)
        text = text_of(template, values)
        sys.stderr.write(f"[{template}] {masked}: {text.subject} {text.body}\n")
        return Receipt("console", key)
