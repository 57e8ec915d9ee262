"""How a view names the rules it asks, and how it refuses."""

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from .models import User

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class SignedInRequest(HttpRequest):
    """What a view under `login_required` is given: its user is nobody anonymous."""

    user: User


class Hidden(Http404):
    """The thing is there, but not for this person."""


def asks(*rules: Callable[..., bool]) -> Callable[[View], View]:
    """Record on a view the `may_…` rules that its load helper asks, as `view.rules`.

    It checks nothing: it lets a test walk every address and find the ones that name no rule.
    Stands outermost, above `require_POST` and `login_required`.
    """
    if not rules:
        raise TypeError("asks() needs at least one rule")

    def mark(view: View) -> View:
        view.rules = rules  # type: ignore[attr-defined]
        return view

    return mark


def refuse_unless(allowed: bool) -> None:
    """Answer 403 unless `allowed`: the thing may be known, the right is missing."""
    if not allowed:
        raise PermissionDenied


def hide_unless(allowed: bool) -> None:
    """Answer 404 unless `allowed`: for what another compound must not even know of."""
    if not allowed:
        raise Hidden
