"""Registers the package with Django."""

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "portal.approvals"
    verbose_name = "双人办理"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .offices import register_all

        register_all()
