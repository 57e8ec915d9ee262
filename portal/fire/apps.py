"""Registers the package with Django."""

from django.apps import AppConfig


class FireConfig(AppConfig):
    name = "portal.fire"
    verbose_name = "消防"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .kinds import register_kinds

        register_kinds()
