"""Registers the package with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    verbose_name = "账户"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from portal.tools.privacy import rotation

        # the one shares its bound with the processes forked later, the other connects to signals
        from . import hashers, receivers  # noqa: F401
        from .second_factor import rotate_secrets

        rotation.also(rotate_secrets)
