"""Who a phone or an e-mail and a password belong to."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from .models import User


class SignInBackend(AuthenticationBackend):
    """allauth's backend, deaf to `username`: Django's and Wagtail's own sign-in forms ask by it,
    and know neither the limits nor the second factor."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        credentials.pop("username", None)
        user: User | None = super().authenticate(request, **credentials)
        return user
