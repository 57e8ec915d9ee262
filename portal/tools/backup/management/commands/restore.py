"""`make restore FROM=folder`: a backup put back into an empty database, and looked at."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from portal.tools.backup import actions
from portal.tools.backup.manifest import BackupRefused


class Command(BaseCommand):
    help = "Put a backup back into an empty database, and compare it with its manifest."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="the backup's folder")
        parser.add_argument("--keys", type=Path, help="the archive of its keys, if not in place")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = actions.restore(connection, options["folder"], keys=options["keys"])
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from None
        rows = sum(found.contents.counts.values())
        self.stdout.write(
            f"Restored as of {found.made_at}: {len(found.contents.counts)} tables, {rows} rows, "
            f"{len(found.contents.evidence)} tables of evidence row by row, guarded."
        )
        self.stdout.write("Next: manage.py migrate, in case the program is newer than the backup.")
