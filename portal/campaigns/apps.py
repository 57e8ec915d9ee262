"""Registers the package with Django."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "portal.campaigns"
    verbose_name = "美丽小区"
    default_auto_field = "django.db.models.BigAutoField"
