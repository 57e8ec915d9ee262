"""Django's system checks of the installation."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, InterfaceError

from .models import Installation


@register(Tags.database)
def no_demonstration_in_production(
    databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Production refuses a database marked as the demonstration: its people have known passwords.

    Django asks this in `migrate` and in `check --database default`.
    """
    if settings.MAY_BE_A_DEMONSTRATION or "default" not in (databases or ()):
        return []
    try:
        marked = Installation.objects.filter(is_demonstration=True).exists()
    except (DatabaseError, InterfaceError):  # not migrated yet, or away: others say so
        return []
    hint = "Set up a database of its own: manage.py setup_county."
    message = "This database is the demonstration's: its people have known passwords."
    return [Error(message, hint=hint, id="places.E001")] if marked else []
