"""Registers the package with Django."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "portal.oversight"
    verbose_name = "监管"
    default_auto_field = "django.db.models.BigAutoField"
