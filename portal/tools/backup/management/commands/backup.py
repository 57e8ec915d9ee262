"""`make backup`: the database, uploads and, apart from them, the keys."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from portal.tools.backup import actions
from portal.tools.backup.manifest import BackupRefused


class Command(BaseCommand):
    help = "Keep the database and the uploads in a new folder, and the keys in another."

    def add_arguments(self, parser: CommandParser) -> None:
        kept = settings.BASE_DIR / "var"
        parser.add_argument("--to", type=Path, default=kept / "backups", help="where backups lie")
        parser.add_argument(
            "--keys-to", type=Path, default=kept / "backup-keys", help="where their keys lie"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = actions.make_backup(
                connection, options["to"], options["keys_to"], at=timezone.localtime()
            )
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(str(made.folder))
        self.stdout.write(
            f"{made.keys}  (keep it elsewhere)"
            if made.keys
            else "The keys are in XINGFULI_KEYRING: keep them yourself."
        )
        if made.missing:
            names = "\n  ".join(made.missing)
            raise CommandError(f"The backup is whole, but these files had no bytes:\n  {names}")
