"""What every channel promises: one message to one address, sent or refused with a reason.

A template is named, not written: its text stands in `messages/<template>.txt` of the package that
sends it (the first line is the subject), and SMS and WeChat gateways know it by their own id.
No channel writes a person's name, phone or address to a log, nor into what it raises.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from django.template import Context, Engine


@dataclass(frozen=True, slots=True)
class Receipt:
    """A message was taken: by whom, under which number of theirs (empty if they give none)."""

    provider: str
    reference: str = ""


class NotSent(Exception):
    """The message did not go out; `reason` is a word for the log, never a personal datum."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SendLater(NotSent):
    """Trouble of the moment: the same message with the same key may be tried again."""


class SendNever(NotSent):
    """The gateway refuses this message or this address: trying again changes nothing."""


class Channel(Protocol):
    def send(self, to: str, template: str, values: Mapping[str, str], *, key: str = "") -> Receipt:
        """Send `template`, filled with `values`, to a phone (E.164), e-mail or openid.

        With the same `key` a gateway sends once, however often it is asked.  Raises SendLater
        or SendNever.
        """
        ...


@dataclass(frozen=True, slots=True)
class Text:
    subject: str
    body: str


def text_of(template: str, values: Mapping[str, str]) -> Text:
    """The message in words: the first line is the subject, the rest the body.  Plain text, so
    nothing is escaped for HTML."""
    found = Engine.get_default().get_template(f"messages/{template}.txt")
    words = found.render(Context(dict(values), autoescape=False))
    subject, _, body = words.partition("\n")
    return Text(subject.strip(), body.strip())
