"""Registers the package with Django."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "portal.tools.channels"
    verbose_name = "通道"
