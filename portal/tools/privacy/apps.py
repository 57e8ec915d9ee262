"""Registers the package with Django, for its command and its template filters."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "portal.tools.privacy"
    verbose_name = "隐私"
