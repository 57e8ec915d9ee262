"""Which phones are sent messages at all: those that an account, the roll or an open invitation
knows.  A package above adds what it knows in its `AppConfig.ready()`."""

from collections.abc import Callable

from django.utils import timezone

from .models import Invitation, User, phone_hash

Knows = Callable[[str], bool]  # asked by the phone's keyed hash
_others: list[Knows] = []


def also(knows: Knows) -> None:
    """Have `knows` asked as well."""
    _others.append(knows)


def is_known(phone: str) -> bool:
    """Does anybody here know this phone (E.164)?"""
    found_by = phone_hash(phone)
    open_ones = Invitation.objects.filter(phone_hash=found_by, until__gt=timezone.now())
    return (
        User.objects.filter(phone_hash=found_by).exists()
        or open_ones.exists()
        or any(knows(found_by) for knows in _others)
    )
