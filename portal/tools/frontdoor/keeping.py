"""No browser keeps a page of somebody who is signed in.

Who signs out at a desk that others use leaves nothing to go back to.  It is said here once, for
every address: a page that forgot it would be seen by nobody until it is too late.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control


def kept_by_no_browser(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Mark every answer to a signed-in person `no-store`; public pictures excepted."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not request.path_info.startswith(settings.MEDIA_URL) and _is_signed_in(request):
            del response["Cache-Control"]
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware


def _is_signed_in(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
