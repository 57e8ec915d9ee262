"""Do the published figures of a vote bear out its result?  Format result-figures/1, no database."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand

from committees.documents.figures import finding_json, problems_words, report_words
from committees.queries.laws import law_of
from committees.rules.figures import judge
from committees.rules.figures_form import MOST_BYTES, Malformed, read

UNREADABLE = 2


class Command(BaseCommand):
    help = "Check the published figures of a vote by the law of their day (result-figures/1)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["file"].open("rb") as file:
                figures = read(file.read(MOST_BYTES + 1))
        except (OSError, ValueError) as trouble:
            self._unreadable(options["file"], trouble)
        of_the_day = law_of(figures.decided_on, figures.bar)
        finding = judge(figures, of_the_day.law)
        if options["json"]:
            self.stdout.write(json.dumps(finding_json(finding, of_the_day), ensure_ascii=False))
        else:
            self.stdout.write(report_words(finding, of_the_day))

    def _unreadable(self, file: Path, trouble: Exception) -> NoReturn:
        if isinstance(trouble, Malformed):
            why = problems_words(trouble.problems)
        else:
            why = f"{file}: {getattr(trouble, 'strerror', None) or trouble}"
        self.stderr.write(" ".join(why.split()))
        sys.exit(UNREADABLE)
