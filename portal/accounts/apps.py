"""Registers the package with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    verbose_name = "账户"
    default_auto_field = "django.db.models.BigAutoField"
