"""What is answered when a page breaks, or when the database cannot be had.

Django calls the view of errors while the error is being handled, wherever it was raised: in a
view, in the session, in signing in.
"""

import sys
from uuid import UUID

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

AWAY = (OperationalError, InterfaceError)
RETRY_AFTER = "5"  # seconds
KEY = "request"  # the form field that makes a POST safe to repeat


def server_error(request: HttpRequest) -> HttpResponse:
    """500 with the house's page; 503 and another try where the database did not answer."""
    if isinstance(sys.exc_info()[1], AWAY):
        return unavailable(request)
    return render(request, "500.html", status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Say that nothing was received; a form with its own key is drawn to be sent once more."""
    response = render(request, "503.html", {"again": _again(request)}, status=503)
    response["Retry-After"] = RETRY_AFTER
    response["Cache-Control"] = "no-store"
    return response


def _again(request: HttpRequest) -> dict[str, object] | None:
    if request.method != "POST" or not _is_key(request.POST.get(KEY, "")):
        return None
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    return {"address": request.path, "fields": fields}


def _is_key(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False
