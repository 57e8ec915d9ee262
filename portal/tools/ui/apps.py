"""Registers the package with Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "portal.tools.ui"
    verbose_name = "界面"
    default_auto_field = "django.db.models.BigAutoField"
