"""Registers the package with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    verbose_name = "账户"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from portal.tools.privacy import rotation

        from . import receivers  # noqa: F401 - connects to allauth's signals
        from .second_factor import rotate_secrets

        rotation.also(rotate_secrets)
