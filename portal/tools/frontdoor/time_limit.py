"""A request ends with words before the server would end it without.

Past its limit the next query of a request is refused: what it began is rolled back, and the page
says that nothing was kept.  A single statement and a wait for a lock have limits of their own in
the database (`WEB_LIMITS` in the settings).
"""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponseBase


class RequestTookTooLong(OperationalError):
    """The request has used up its time; whatever its transaction did is undone."""


def time_limit(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Refuse queries after `REQUEST_SECONDS`, once: the page that says so may ask again."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        until = time.monotonic() + settings.REQUEST_SECONDS
        is_told = False

        def within(execute: Callable[..., Any], *query: Any) -> Any:
            nonlocal is_told
            if not is_told and time.monotonic() > until:
                is_told = True
                raise RequestTookTooLong
            return execute(*query)

        with connection.execute_wrapper(within):
            return get_response(request)

    return middleware
