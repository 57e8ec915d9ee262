"""What every page's frame needs."""

from django.http import HttpRequest


def page_frame(request: HttpRequest) -> dict[str, object]:
    """Type size and the site's own facts, for base.html."""
    return {}
