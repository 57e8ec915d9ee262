"""The switches in the page's head, type size and language, and the stylesheet.

The switches carry no CSRF token: the head stands on pages cached for every visitor, and all that
another site could bring about is a reader's letters growing.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from . import permissions
from .stylesheet import stylesheet as joined
from .type_size import A_YEAR, remember


@csrf_exempt
@require_POST
def type_size(request: HttpRequest) -> HttpResponse:
    """Set large type or normal on the device, and in the profile of who is signed in."""
    big = request.POST.get("big") == "1"
    response = HttpResponseRedirect(_back(request))
    remember(response, "1" if big else "0")
    if request.user.is_authenticated and request.user.big_type != big:
        request.user.big_type = big
        request.user.save(update_fields=["big_type"])
    return response


language = csrf_exempt(set_language)


@gzip_page
@require_safe
def stylesheet(_request: HttpRequest, digest: str) -> HttpResponse:
    """The joined stylesheet, for ever under the digest of its text; an older digest leads here."""
    current, text = joined()
    if digest != current:
        return redirect("ui:stylesheet", digest=current)
    response = HttpResponse(text, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response


def _back(request: HttpRequest) -> str:
    """The page from which the switch was pressed, if it is ours."""
    back = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return back if ours and back.startswith("/") else "/"


for view in (type_size, language, stylesheet):
    # What portal.accounts.access.asks() records; accounts stands above this storey.
    view.rules = (permissions.may_anyone_set_up_the_page,)  # type: ignore[union-attr]
