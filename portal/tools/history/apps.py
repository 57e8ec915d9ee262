"""Registers the package with Django."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "portal.tools.history"
    verbose_name = "变更留存"
    default_auto_field = "django.db.models.BigAutoField"
