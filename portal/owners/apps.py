"""Registers the package with Django."""

from django.apps import AppConfig


class OwnersConfig(AppConfig):
    name = "portal.owners"
    verbose_name = "业主名册"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from portal.accounts import known_phones

        from .kinds import register_all
        from .queries import knows_phone

        register_all()
        known_phones.also(knows_phone)
