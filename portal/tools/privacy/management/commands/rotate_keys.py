"""Renew all personal data with the newest key of the keyring.

1. `rotate_keys --next-keyring` prints the keyring with one more key in front: store it where
   XINGFULI_KEYRING is kept and restart every process.
2. `rotate_keys` re-encrypts, in batches, while the site serves.  It may be run again.
3. When it has found nothing twice, and the oldest session and backup to be kept are newer,
   the old key may go.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.tools.privacy import rotation
from portal.tools.privacy.keyring import keyring


class Command(BaseCommand):
    help = "Re-encrypt personal data with the newest key of the keyring."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=500, help="rows to a transaction")
        parser.add_argument(
            "--next-keyring", action="store_true", help="print a keyring with one more key; no more"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["next_keyring"]:
            self.stdout.write(keyring().with_new_key())
            return
        unreadable = 0
        for tally in rotation.rotate_all(options["batch"]):
            unreadable += tally.unreadable
            self.stdout.write(
                f"{tally.what}: {tally.renewed} renewed, {tally.unreadable} unreadable"
            )
        if unreadable:
            raise CommandError(f"{unreadable} values open with none of the keys.")
