"""Registers the package with Django."""

from django.apps import AppConfig


class CacheConfig(AppConfig):
    name = "portal.tools.cache"
    verbose_name = "缓存"
    default_auto_field = "django.db.models.BigAutoField"
