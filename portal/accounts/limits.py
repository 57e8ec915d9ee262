"""How often a password may be tried and a message be asked for: by device, or by address together
with the phone, so that no stranger uses up the owner's tries."""

from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from . import devices
from .models import User

APP = "portal"
LIMITS = {
    "password-device": "10/5m/key",
    "password-address": "5/5m/key",
    "password-strangers": "100/h/key",  # of all addresses together; a known device is none
    "password-ip": "600/m/ip",
    "message-device": "3/m/key,10/h/key,30/d/key",
    "message-address": "3/m/key,10/h/key,20/d/key",
    "message-strangers": "20/h/key,40/d/key",
    "challenge": "1/10m/key",
}
ASKS_AFTER = 20  # messages asked for at one address within the hour, by who is not known there
ADDRESS_PER_HOUR = 600  # a compound behind one address of its carrier, on polling day
HOUR, DAY = 3600, 24 * 3600


def try_password(request: HttpRequest, login: str, user: User | None) -> RateLimitUsage | None:
    """Count one try for `login`; None if there were too many."""
    device = devices.device_of(request, user)
    if device:
        tries = [("password-device", f"{device}:{login}")]
    else:
        at = f"{ratelimit.get_ip(request)}:{login}"
        tries = [("password-address", at), ("password-strangers", login)]
    return _take(request, [("password-ip", ""), *tries])


def ask_message(request: HttpRequest, to: str, user: User | None) -> bool:
    """Count one message to a phone or an e-mail; False if this device, or this address for it,
    has asked too often, or the address for others."""
    device = devices.device_of(request, user)
    if device:
        return bool(_take(request, [("message-device", f"{device}:{to}")]))
    at = f"{ratelimit.get_ip(request)}:{to}"
    if _count(_address(request), HOUR) > ADDRESS_PER_HOUR:
        return False
    return bool(_take(request, [("message-address", at), ("message-strangers", to)]))


def asks_challenge(request: HttpRequest) -> bool:
    """Is a question asked before the next message, since a budget is near its end?"""
    if _read(_address(request)) >= ASKS_AFTER:
        return True
    return any(2 * _read(name) >= most for name, most, _ in _budgets())


def spend_sms() -> bool:
    """Take one message from the budgets of the hour and the day; False if one is used up."""
    return all(_count(name, age) <= most for name, most, age in _budgets())


def use_challenge(request: HttpRequest, number: str) -> bool:
    """Use up one question; False if it was answered before."""
    return bool(_take(request, [("challenge", number)]))


def _budgets() -> list[tuple[str, int, int]]:
    now = timezone.localtime()
    return [
        (f"hour:{now:%Y%m%d%H}", settings.SMS_PER_HOUR, HOUR),
        (f"day:{now:%Y%m%d}", settings.SMS_PER_DAY, DAY),
    ]


def _address(request: HttpRequest) -> str:
    return f"{timezone.localtime():%Y%m%d%H}:{ratelimit.get_ip(request)}"


def _count(name: str, age: int) -> int:
    cache.add(_key(name), 0, age)
    return int(cache.incr(_key(name)))


def _read(name: str) -> int:
    return int(cache.get(_key(name)) or 0)


def _key(name: str) -> str:
    return f"allauth:rl:{APP}:sms:{name}"


def _take(request: HttpRequest, tries: list[tuple[str, str]]) -> RateLimitUsage | None:
    """Count all of `tries`, each a limit and what it counts, or none of them."""
    taken = RateLimitUsage(usage=[])
    for action, key in tries:
        usage = ratelimit.consume(
            request, app=APP, action=action, config=LIMITS, key=key, limit_get=True
        )
        if usage is None:
            taken.rollback()
            return None
        taken.usage += usage.usage
    return taken
