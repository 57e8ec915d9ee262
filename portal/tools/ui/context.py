"""What every page's frame needs of the reader: the type size.  It asks the database nothing."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .type_size import is_big


def page_frame(request: HttpRequest) -> dict[str, object]:
    """`big_type`, worked out when a template asks."""
    return {"big_type": SimpleLazyObject(lambda: is_big(request))}
