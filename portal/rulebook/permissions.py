"""Who may read the rulebook: everybody, without signing in."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser


def may_anyone_read_rules(_user: AbstractBaseUser | AnonymousUser) -> bool:
    """Rules bind everybody, so everybody may read them."""
    return True
