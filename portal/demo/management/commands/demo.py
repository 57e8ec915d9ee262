"""Build the demonstration county in an empty database, with a progress bar."""

import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.demo.build import Named, steps
from portal.demo.compounds import catalogue
from portal.places.models import Installation
from portal.preparation import half_built

WIDTH = 30


class Command(BaseCommand):
    help = "Build the demonstration county as of a day (today unless told)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, help="the day, as 2026-11-24")
        parser.add_argument(
            "--scale", type=int, default=1, help="so many times the compounds, for load tests"
        )
        parser.add_argument(
            "--check", action="store_true", help="only say whether there is data already (status 0)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            sys.exit(0 if Installation.objects.exists() else 1)
        if Installation.objects.exists():
            raise CommandError(
                "This database is in use already; the demonstration needs an empty one"
                " (make run RESET=1 empties the embedded one)."
            )
        if options["scale"] < 1:
            raise CommandError("--scale takes a whole number from 1 up.")
        call_command("load_rulebook", verbosity=0)
        with half_built():
            self._build(steps(options["on"] or timezone.localdate(), catalogue(options["scale"])))

    def _build(self, todo: list[Named]) -> None:
        for done, (name, step) in enumerate(todo):
            self._show(done, len(todo), name)
            step()
        self._show(len(todo), len(todo), "完成")
        self.stderr.write("")

    def _show(self, done: int, of: int, name: str) -> None:
        filled = WIDTH * done // of
        bar = "█" * filled + "·" * (WIDTH - filled)
        start = "\r\033[K" if sys.stderr.isatty() else ""
        self.stderr.write(f"{start}{bar} {done}/{of} {name}", ending="" if start else "\n")
