"""The editors' pages have a content policy of their own, looser than everybody else's.

Wagtail's page explorer and editor print inline scripts; nothing from another host is let in there
either.  A nonce would switch 'unsafe-inline' off again, so the policy is replaced, not widened.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

EDITING = "/admin/"


def editors_policy(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.path_info.startswith(EDITING):
            response._csp_replace = settings.EDITORS_POLICY  # type: ignore[attr-defined]
        return response

    return middleware
