"""What sign-in asks of every request: that the session is not too old, that an officer who is
refused for want of a second factor is led to it, and that too many attempts end in 429."""

from collections.abc import Callable

from allauth.core.exceptions import RateLimited
from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.places.queries import is_demonstration

from .access import Hidden
from .adapter import SESSION_ENDS, WANTS_SECOND_FACTOR
from .queries import has_second_factor, standing_of

EDITING = "/admin/"


class SignInMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        ends = request.session.get(SESSION_ENDS)
        if ends is not None and ends < timezone.now().timestamp():
            logout(request)
            messages.info(request, _("为了安全，登录已到期，请重新登录。"))
            return redirect_to_login(request.get_full_path())
        if request.path.startswith(EDITING) and self._edits_unsecured(request):
            return self._to_second_factor(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        if isinstance(trouble, RateLimited):
            limited: HttpResponse = respond_429(request)
            return limited
        if isinstance(trouble, PermissionDenied | Hidden):
            standing = standing_of(request.user, timezone.localdate())
            if standing.lacks_second_factor:
                return self._to_second_factor(request)
        return None

    def _edits_unsecured(self, request: HttpRequest) -> bool:
        """Pages are edited with a second factor only, whoever edits them."""
        user = request.user
        return user.is_authenticated and not is_demonstration() and not has_second_factor(user)

    def _to_second_factor(self, request: HttpRequest) -> HttpResponse:
        messages.warning(request, WANTS_SECOND_FACTOR)
        return redirect("mfa_index")
