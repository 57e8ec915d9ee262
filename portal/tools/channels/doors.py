"""Which channel stands behind "sms", "mail" and "wechat": settings.CHANNELS says it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .console import ConsoleChannel
from .contract import Channel
from .mail import MailChannel
from .sms import SmsGateway
from .wechat import WeChat

PROVIDERS: dict[str, Callable[..., Channel]] = {
    "console": ConsoleChannel,
    "mail": MailChannel,
    "http": SmsGateway,
    "wechat": WeChat,
}


def channel(name: str) -> Channel:
    """The channel called "sms", "mail" or "wechat", made from its settings."""
    chosen: dict[str, Any] = dict(settings.CHANNELS[name])
    provider = chosen.pop("provider")
    try:
        return PROVIDERS[provider](**chosen)
    except (KeyError, TypeError) as trouble:
        raise ImproperlyConfigured(f"CHANNELS[{name!r}]: {provider!r} {trouble}") from None
