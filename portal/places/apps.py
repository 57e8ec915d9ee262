"""Registers the package with Django."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "portal.places"
    verbose_name = "小区"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registers them
