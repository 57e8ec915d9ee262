"""How much a request may send: decided by its address, refused before anything is read.

A form is small.  A view that takes files says how many megabytes, and no other address reads more
than `FORM`: what comes in is held in memory or on disk before a view ever sees it.
"""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

MEGABYTE = 1024 * 1024
FORM = 1  # megabytes
EDITORS = 21  # Wagtail's pictures and documents
EDITING = "/admin/"

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def takes(megabytes: int) -> Callable[[View], View]:
    """Let a view be sent `megabytes` in one request: its files, with the form around them."""

    def mark(view: View) -> View:
        view.takes = megabytes  # type: ignore[attr-defined]
        return view

    return mark


class BoundedBodies:
    """Answer 413, in words, to what is larger than its address takes; stands before CSRF's, which
    reads the form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        _args: Sequence[Any],
        _kwargs: Mapping[str, Any],
    ) -> HttpResponse | None:
        most = self._most(request, view)
        if _length(request) <= most * MEGABYTE:
            return None
        return render(
            request, "413.html", {"most": most}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        )

    @staticmethod
    def _most(request: HttpRequest, view: Callable[..., HttpResponseBase]) -> int:
        usual = EDITORS if request.path_info.startswith(EDITING) else FORM
        return int(getattr(view, "takes", usual))


def _length(request: HttpRequest) -> int:
    """What the request says it sends; Django reads no more than that."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
