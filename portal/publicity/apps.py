"""Registers the package with Django."""

from django.apps import AppConfig


class PublicityConfig(AppConfig):
    name = "portal.publicity"
    verbose_name = "公示"
    default_auto_field = "django.db.models.BigAutoField"
