"""Django's migrate, after which the application's role has exactly its rights."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from portal.tools.evidence import rights


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if not options["plan"] and not options["check_unapplied"] and not options["app_label"]:
            rights.grant(connections[options["database"]])
