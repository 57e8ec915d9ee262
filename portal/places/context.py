"""What every page says of the installation: its name, its filing numbers, whether it is a show."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .models import Installation


def installation(request: HttpRequest) -> dict[str, object]:
    """`installation`, read once a request and only if a template asks; empty before it is set."""
    if not hasattr(request, "_installation"):
        request._installation = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: Installation.objects.first() or Installation()
        )
    return {"installation": request._installation}  # type: ignore[attr-defined]
