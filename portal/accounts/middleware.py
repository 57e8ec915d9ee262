"""What sign-in asks of every request: that the session is neither too old nor left alone, that an
officer who lacks a second factor is led to it, that too many tries end in words, and that a browser
forgets what it kept when somebody signs out."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit, urlunsplit

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
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from portal.places.queries import is_demonstration
from portal.tools.frontdoor.views import crowded, signed_out

from . import devices, visits
from .access import Hidden
from .adapter import GAVE_CODE, IDLE, SEEN, SESSION_ENDS, WANTS_CODE, WANTS_SECOND_FACTOR
from .hashers import TooManyAtOnce
from .permissions import may_edit_pages
from .queries import has_second_factor, standing_of

EDITING, EDITORS_DOOR, SIGNING_IN = "/admin/", "/admin/login/", "/account/"
# not "cookies": the language, the type size and that this device is known are not the session's
MINUTE, HOUR = 60, 3600
FORGET = '"cache", "storage"'


def _leads_to_sign_in(response: HttpResponse) -> bool:
    return response.status_code == HTTPStatus.FOUND and response["Location"].startswith(
        f"{resolve_url(settings.LOGIN_URL)}?"
    )


def _here(request: HttpRequest) -> str:
    """Where to go on after signing in: the page asked for; of what was sent, the page it came
    from, for the address it went to may take nothing but forms."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    is_ours = (came_from.scheme, came_from.netloc) == (request.scheme, request.get_host())
    page = urlunsplit(("", "", came_from.path, came_from.query, ""))
    is_safe = is_ours and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return page if is_safe else str(settings.LOGIN_REDIRECT_URL)


def _typed(request: HttpRequest) -> HttpResponse | None:
    """The page that keeps what somebody typed who is signed in no more; it came with a page of
    ours, and so with a cookie."""
    came_before = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME} & set(request.COOKIES)
    is_ours = not request.path.startswith((EDITING, SIGNING_IN))
    return signed_out(request) if request.method == "POST" and came_before and is_ours else None


def _has_ended(request: HttpRequest) -> bool:
    ends, idle = request.session.get(SESSION_ENDS), request.session.get(IDLE)
    now = timezone.now().timestamp()
    if ends is not None and ends < now:
        return True
    return idle is not None and request.session.get(SEEN, 0) + idle < now


def _see_again(request: HttpRequest) -> None:
    """Put down that the session is in use, now and then; a page that asks by itself is no use."""
    seen, now = request.session.get(SEEN), timezone.now()
    asks_by_itself = request.method == "GET" and "HX-Request" in request.headers
    step = MINUTE if IDLE in request.session else HOUR
    if seen is None or asks_by_itself or now.timestamp() < seen + step:
        return
    request.session[SEEN] = now.timestamp()
    visits.see_again(request.session, at=now)


class SignInMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _has_ended(request):
            logout(request)
            messages.info(request, _("为了安全，登录已到期，请重新登录。"))
            return _typed(request) or redirect_to_login(_here(request))
        _see_again(request)
        if request.session.get(GAVE_CODE) and request.user.is_authenticated:
            request.user.gave_code = True
        return self._turned_away(request) or self._answer(request)

    def _turned_away(self, request: HttpRequest) -> HttpResponse | None:
        """Where an editor is led who is none, or lacks the second factor."""
        if request.path.startswith(EDITING) and request.user.is_authenticated:
            if self._edits_unsecured(request):
                return self._to_second_factor(request)
            if request.path != EDITORS_DOOR and not may_edit_pages(request.user):
                return self._to_the_desk(request)
        return None

    def _answer(self, request: HttpRequest) -> HttpResponse:
        was_signed_in, key = SESSION_KEY in request.session, request.session.session_key
        response = self.get_response(request)
        devices.remember(request, response)
        if was_signed_in and SESSION_KEY not in request.session:
            response["Clear-Site-Data"] = FORGET
        elif was_signed_in and request.session.session_key != key:
            visits.follow(key, request.session)
        if request.method == "POST" and _leads_to_sign_in(response):
            return _typed(request) or redirect_to_login(_here(request))
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
            if standing.lacks_code:
                messages.warning(request, WANTS_CODE)
                return redirect("account_logout")
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
