"""A browser that has been signed in before is known by a signed cookie, for the accounts it knows.

It opens nothing: it has tries of its own, so that a stranger's wrong passwords and code requests
never use up the owner's.
"""

import secrets
from dataclasses import dataclass, field

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from portal.tools.privacy.cipher import keyed_hash

from .models import User

SALT = "portal.accounts.device"
AGE = 180 * 24 * 3600  # seconds
MOST = 5  # accounts of one family
WANTED = "device_learns"  # set on a request in which somebody signed in


@dataclass(frozen=True, slots=True)
class Device:
    """`knows` holds the keyed hashes of the accounts that were signed in here."""

    name: str
    knows: list[str] = field(default_factory=list)


def device_of(request: HttpRequest, user: User | None) -> str:
    """The name of this browser if `user` has been signed in here before, else empty."""
    known = _read(request)
    return known.name if known and user is not None and _mark(user) in known.knows else ""


def learn(request: HttpRequest, user: User) -> None:
    """Have the answer to this request make the browser known to `user`."""
    setattr(request, WANTED, user)


def remember(request: HttpRequest, response: HttpResponse) -> None:
    user = getattr(request, WANTED, None)
    if user is None:
        return
    known = _read(request) or Device(secrets.token_hex(16))
    marks = [_mark(user), *(mark for mark in known.knows if mark != _mark(user))][:MOST]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps({"name": known.name, "knows": marks}, salt=SALT),
        max_age=AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _read(request: HttpRequest) -> Device | None:
    held = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    try:
        return Device(**signing.loads(held, salt=SALT, max_age=AGE)) if held else None
    except signing.BadSignature:
        return None


def _mark(user: User) -> str:
    return keyed_hash(str(user.pk), kind="device")[:32]
