"""Registers the package with Django."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "网站"
    default_auto_field = "django.db.models.BigAutoField"
