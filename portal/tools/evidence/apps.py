"""Registers the package with Django."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "portal.tools.evidence"
    verbose_name = "证据"
    default_auto_field = "django.db.models.BigAutoField"
