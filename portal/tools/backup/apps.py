"""Registers the package with Django."""

from django.apps import AppConfig


class BackupConfig(AppConfig):
    name = "portal.tools.backup"
    label = "backup"
    verbose_name = "备份"
