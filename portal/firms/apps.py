"""Registers the package with Django."""

from django.apps import AppConfig


class FirmsConfig(AppConfig):
    name = "portal.firms"
    verbose_name = "物业企业"
    default_auto_field = "django.db.models.BigAutoField"
