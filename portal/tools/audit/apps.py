"""Registers the package with Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "portal.tools.audit"
    verbose_name = "审计"
    default_auto_field = "django.db.models.BigAutoField"
