"""长辈版: is this page to be set in large type?

An address may ask (?big=1, so that a poster's QR code can carry it), else the device's cookie
says, else the person's profile.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

COOKIE = "big"
A_YEAR = 365 * 24 * 3600


def is_big(request: HttpRequest) -> bool:
    """Whether the reader wants large type; asks the profile only when no cookie answers."""
    chosen = asked_for(request) or request.COOKIES.get(COOKIE)
    if chosen in {"0", "1"}:
        return chosen == "1"
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated and user.big_type)


def asked_for(request: HttpRequest) -> str | None:
    """The "1" or "0" in the address, if any."""
    asked = request.GET.get("big")
    return asked if asked in {"0", "1"} else None


def remember(response: HttpResponseBase, chosen: str) -> None:
    """Keep the choice, "1" or "0", on the device."""
    response.set_cookie(COOKIE, chosen, max_age=A_YEAR, samesite="Lax", httponly=True)


def type_size_middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Keep what an address asks for on the device, so that the next page is large too."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        asked = asked_for(request)
        if asked and request.COOKIES.get(COOKIE) != asked:
            remember(response, asked)
        return response

    return middleware
