"""What is answered when a page breaks, when the database cannot be had, or when what was typed
comes too late: from a page whose token is old, or after the sign-in has ended.

Django calls the view of errors while the error is being handled, wherever it was raised: in a
view, in the session, in signing in.
"""

import sys
from typing import TypedDict
from uuid import UUID

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.template.loader import render_to_string
from psycopg.errors import QueryCanceled

from .time_limit import RequestTookTooLong


class Again(TypedDict):
    """A form to be sent once more."""

    address: str
    fields: list[tuple[str, str]]


AWAY = (OperationalError, InterfaceError)
RETRY_AFTER = "5"  # seconds
KEY = "request"  # the form field that makes a POST safe to repeat


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """400 with the house's page.  Django's own asks for a form's token and so reads once more what
    could not be read, which ends in 500."""
    return HttpResponseBadRequest(render_to_string("400.html"))


def server_error(request: HttpRequest) -> HttpResponse:
    """500 with the house's page; 503 and another try where the database did not answer."""
    if isinstance(sys.exc_info()[1], AWAY):
        return unavailable(request)
    return render(request, "500.html", status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Say that nothing was received; a form with its own key is drawn to be sent once more."""
    trouble = sys.exc_info()[1]
    is_too_long = isinstance(trouble, RequestTookTooLong) or isinstance(
        getattr(trouble, "__cause__", None), QueryCanceled
    )
    page = {"again": _again(request), "is_too_long": is_too_long}
    response = render(request, "503.html", page, status=503)
    response["Retry-After"] = RETRY_AFTER
    response["Cache-Control"] = "no-store"
    return response


def crowded(request: HttpRequest) -> HttpResponse:
    """Too many sign in at once; nothing was looked at, and nothing counts as a failed try."""
    response = render(request, "crowded.html", status=503)
    response["Retry-After"] = RETRY_AFTER
    response["Cache-Control"] = "no-store"
    return response


def stale(request: HttpRequest, **_reason: str) -> HttpResponse:
    """A token that is no longer good, for who signed in again elsewhere: nothing was done, and what
    a page of ours sent is drawn to be sent once more."""
    again = _sent(request) if _own(request) == request.headers.get("Origin") else None
    return _not_yet(request, "403_csrf.html", again)


def signed_out(request: HttpRequest) -> HttpResponse | None:
    """What was typed before the sign-in ended, to be sent once signed in; None if nothing was, or
    if no page of ours sent it: drawn here, it would come with a good token."""
    again = _sent(request) if _own(request) == request.headers.get("Origin") else None
    if again is None or not any(value.strip() for _name, value in again["fields"]):
        return None
    return _not_yet(request, "signed_out.html", again)


def _not_yet(request: HttpRequest, page: str, again: Again | None) -> HttpResponse:
    has_files = again is not None and bool(request.FILES)
    response = render(request, page, {"again": again, "has_files": has_files}, status=403)
    response["Cache-Control"] = "no-store"
    return response


def _own(request: HttpRequest) -> str:
    """What a browser names as the origin of what a page of this site sends."""
    return f"{request.scheme}://{request.get_host()}"


def _again(request: HttpRequest) -> Again | None:
    """What was sent, unless another site sent it: drawn here, it would come with a good token."""
    if request.headers.get("Origin", _own(request)) != _own(request):
        return None
    if request.method != "POST" or not _is_key(request.POST.get(KEY, "")):
        return None
    return _sent(request)


def _sent(request: HttpRequest) -> Again | None:
    """Where a form was going with what it said; nothing with a password is drawn again."""
    if any("password" in name for name in request.POST):
        return None
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    return {"address": request.get_full_path(), "fields": fields}


def _is_key(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False
