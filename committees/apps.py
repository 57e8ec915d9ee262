"""Registers the package with Django."""

from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "committees"
    verbose_name = "业主自治"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from portal.owners import running
        from portal.tools.privacy import rotation

        from .actions.keys import renew_keys
        from .kinds import register_all
        from .queries.stages import holds_the_roll

        rotation.also(renew_keys)
        register_all()
        running.asked.append(holds_the_roll)
