"""What sign-in asks of every request: that the session is not too old, that an officer who is
refused for want of a second factor is led to it, that too many attempts end in 429, and that a
browser forgets what it kept when somebody signs out."""

from collections.abc import Callable
from http import HTTPStatus

from allauth.core.exceptions import RateLimited
from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.places.queries import is_demonstration
from portal.tools.frontdoor.views import crowded, signed_out

from .access import Hidden
from .adapter import SESSION_ENDS, WANTS_SECOND_FACTOR
from .hashers import TooManyAtOnce
from .permissions import may_edit_pages
from .queries import has_second_factor, standing_of

EDITING, EDITORS_DOOR, SIGNING_IN = "/admin/", "/admin/login/", "/account/"
# not "cookies": the language, the type size and that this device is known are not the session's
FORGET = '"cache", "storage"'


def _leads_to_sign_in(response: HttpResponse) -> bool:
    return response.status_code == HTTPStatus.FOUND and response["Location"].startswith(
        f"{resolve_url(settings.LOGIN_URL)}?"
    )


def _typed(request: HttpRequest) -> HttpResponse | None:
    """The page that keeps what somebody typed who is signed in no more; it came with a page of
    ours, and so with a cookie."""
    came_before = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME} & set(request.COOKIES)
    is_ours = not request.path.startswith((EDITING, SIGNING_IN))
    return signed_out(request) if request.method == "POST" and came_before and is_ours else None


class SignInMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        ends = request.session.get(SESSION_ENDS)
        if ends is not None and ends < timezone.now().timestamp():
            logout(request)
            messages.info(request, _("为了安全，登录已到期，请重新登录。"))
            return _typed(request) or redirect_to_login(request.get_full_path())
        if request.path.startswith(EDITING) and request.user.is_authenticated:
            if self._edits_unsecured(request):
                return self._to_second_factor(request)
            if request.path != EDITORS_DOOR and not may_edit_pages(request.user):
                return self._to_the_desk(request)
        was_signed_in = SESSION_KEY in request.session
        response = self.get_response(request)
        if was_signed_in and not request.user.is_authenticated:
            response["Clear-Site-Data"] = FORGET
        if request.method == "POST" and _leads_to_sign_in(response):
            return _typed(request) or response
        return response

    def process_exception(self, request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        if isinstance(trouble, RateLimited):
            limited: HttpResponse = respond_429(request)
            return limited
        if isinstance(trouble, TooManyAtOnce):
            return crowded(request)
        if isinstance(trouble, PermissionDenied | Hidden):
            standing = standing_of(request.user, timezone.localdate())
            if standing.lacks_second_factor:
                return self._to_second_factor(request)
        return None

    def _edits_unsecured(self, request: HttpRequest) -> bool:
        """Pages are edited with a second factor only, whoever edits them."""
        user = request.user
        return user.is_authenticated and not is_demonstration() and not has_second_factor(user)

    def _to_the_desk(self, request: HttpRequest) -> HttpResponse:
        name = {"name": getattr(request.user, "name", "") or request.user.get_username()}
        messages.error(request, _("您现在以“%(name)s”登录，这个账号没有相应的职务或身份。") % name)
        return redirect(settings.LOGIN_REDIRECT_URL)

    def _to_second_factor(self, request: HttpRequest) -> HttpResponse:
        messages.warning(request, WANTS_SECOND_FACTOR)
        return redirect("mfa_index")
