"""Addresses below /county/ that keep both days and say of which region or compound."""

from urllib.parse import urlencode

from django.urls import reverse

from portal.oversight.queries.scope import Scope


def address(
    scope: Scope, name: str = "home", *, region: str = "", compound: str = "", show: str = ""
) -> str:
    """The page `name` on the scope's day: of its own region and compound, or of those named."""
    if not region and not compound:
        compound = scope.compound.code if scope.compound else ""
    asked = {
        "in": region or scope.region.code,
        "compound": compound,
        "show": show,
        "on": "" if scope.is_today else scope.on.isoformat(),
        "known": scope.known_on.isoformat() if scope.known_at else "",
    }
    query = urlencode({key: value for key, value in asked.items() if value})
    return f"{reverse(f'county:{name}')}?{query}"
