"""Registers the package with Django."""

from django.apps import AppConfig


class FailuresConfig(AppConfig):
    name = "portal.tools.failures"
    verbose_name = "失败的任务"
    default_auto_field = "django.db.models.BigAutoField"
