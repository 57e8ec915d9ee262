"""Two addresses for the machinery around the portal: is it alive, may it serve."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import checks, permissions


@never_cache
@require_safe
def alive(_request: HttpRequest) -> JsonResponse:
    """This process answers; nothing else is asked."""
    return JsonResponse({"alive": True})


@never_cache
@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """200 when every check holds, else 503 with the names of those that do not."""
    failing = checks.failing()
    return JsonResponse({"ready": not failing, "failing": failing}, status=503 if failing else 200)


for view in (alive, ready):
    # What portal.accounts.access.asks() records; accounts stands above this storey.
    view.rules = (permissions.may_anyone_ask_for_health,)  # type: ignore[attr-defined]
