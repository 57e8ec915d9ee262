"""Load the rulebook from the repository's data files: safe to run at every start."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.rulebook.actions import Loading, load_rulebook
from portal.rulebook.rules.files import Unreadable


class Command(BaseCommand):
    help = "Make the rules of the database those of portal/rulebook/data."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = load_rulebook()
        except Unreadable as refusal:
            raise CommandError(str(refusal)) from refusal
        self._report(done, options["verbosity"])

    def _report(self, done: Loading, verbosity: int) -> None:
        for word, names in (
            (_("新增"), done.added),
            (_("变更"), done.changed),
            (_("删除"), done.removed),
        ):
            if verbosity:
                self.stdout.write(f"{word} {len(names)}")
            for name in names if verbosity > 1 else ():
                self.stdout.write(f"  {name}")
