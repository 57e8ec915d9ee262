"""Pages that are the same for every visitor are kept whole for half a second.

What a page says hangs on many rows and on the clock (a notice, its days left, who manages the
compound), so nothing tries to follow what has changed: a page is drawn anew before anybody could
call it stale.  A notice that a whole compound opens at once is drawn twice a second.

Kept for whoever has no session, by address, language and type size; only for the addresses of
`VISITORS_PAGES`, and of these only answers that set no cookie and carry no nonce.
"""

import time
from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.utils.translation import get_language_from_request

from portal.tools.ui.type_size import is_big

GOOD_FOR = 0.5  # seconds from when the drawing began, by a clock that nobody sets back
FROM_KEPT = "is_answered_from_kept"  # set on such a request, for the log


def visitors_pages(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        if not _is_a_visitors(request):
            return get_response(request)
        kept, key, good_until = caches["visitors"], _key(request), time.monotonic() + GOOD_FOR
        until, response = kept.get(key, (0, None))
        if time.monotonic() < until:
            setattr(request, FROM_KEPT, True)
            return _or_not_modified(request, response)
        response = get_response(request)
        if not _is_the_same_for_all(request, response):
            return response
        set_response_etag(response)
        patch_cache_control(response, no_cache=True)  # a browser asks each time, and is told 304
        kept.set(key, (good_until, response))
        return _or_not_modified(request, response)

    return middleware


def _is_a_visitors(request: HttpRequest) -> bool:
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    return request.method == "GET" and not has_session and "HX-Request" not in request.headers


def _key(request: HttpRequest) -> str:
    address = request.build_absolute_uri()
    words = (address, get_language_from_request(request), "big" if is_big(request) else "")
    return sha256("\n".join(words).encode()).hexdigest()


def _is_the_same_for_all(request: HttpRequest, response: HttpResponse) -> bool:
    route = request.resolver_match.view_name if request.resolver_match else ""
    return (
        route in settings.VISITORS_PAGES
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and getattr(request, "_csp_nonce", None) is None
    )


def _or_not_modified(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
