"""Who may read a 公示: everybody, without signing in."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser


def may_anyone_read_publicity(_user: AbstractBaseUser | AnonymousUser) -> bool:
    """An announcement is made to the public; what must stay private is left out of its text."""
    return True
