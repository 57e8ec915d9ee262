"""Who comes by a link to an address that only takes forms is told so, and led to the page above.

So come those who reload such a page, change its language, or sign in again in the midst of a form.
And nothing is called by a NUL: the database would not even be asked for it.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

PAGES_OF_THE_SITE = "wagtail_serve"  # takes every address


def wrong_methods(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            raise Http404
        response = get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET":
            return response
        page = render(request, "405.html", {"above": _above(request.path)}, status=405)
        page["Allow"] = response["Allow"]
        return page

    return middleware


def _above(path: str) -> str:
    """The next address above that leads somewhere; the front page if there is none."""
    while path := path.rstrip("/").rpartition("/")[0]:
        try:
            if resolve(f"{path}/").view_name != PAGES_OF_THE_SITE:
                return f"{path}/"
        except Resolver404:
            continue
    return "/"
