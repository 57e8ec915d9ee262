"""What a file of homes and owners would do to a compound's roll, or did: format roll-report/1."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from portal.owners import actions
from portal.places.models import Compound
from portal.tools.sheets.sheet import Limits

UNREADABLE = 2


class Command(BaseCommand):
    help = "Import a roll (.xlsx, .xls or .csv) into a compound; --dry-run only says what would be."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("compound", help="the compound's code")
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["file"].open("rb") as file:
                data = file.read(Limits().bytes + 1)  # enough to be refused as too large
        except OSError as trouble:
            self._unreadable(f"{options['file']}: {trouble.strerror}")
        compound = _compound(options["compound"])
        if compound is None and not options["dry_run"]:
            self._unreadable(f"没有编码为 {options['compound']} 的小区。")
        try:
            if compound is None or options["dry_run"]:
                judged = actions.check_roll(compound, data, is_whole=False).judged
            else:
                judged = actions.import_roll(
                    compound, data, file_name=_name(options["file"]), by=None, at=timezone.now()
                )
        except actions.RollNotReadable as refusal:
            self._unreadable(str(refusal))
        report = judged.as_json()
        self.stdout.write(
            json.dumps(report, ensure_ascii=False) if options["json"] else _words(report)
        )
        sys.exit(1 if report["rows"]["bad"] else 0)

    def _unreadable(self, why: str) -> NoReturn:
        self.stderr.write(" ".join(why.split()))
        sys.exit(UNREADABLE)


def _name(file: Path) -> str:
    """The file's name; what is no text in it, as a question mark."""
    return file.name.encode(errors="replace").decode()


def _compound(code: str) -> Compound | None:
    """The compound; none also where the database was never migrated."""
    if Compound._meta.db_table not in connection.introspection.table_names():
        return None
    return Compound.objects.filter(code=code).first()


def _words(report: dict[str, Any]) -> str:
    """The report for a reader at a terminal."""
    rows, roll = report["rows"], report["roll"]
    lines = [
        f"读到 {rows['read']} 行：新增 {rows['new']}，变更 {rows['changed']}，"
        f"相同 {rows['same']}，有误 {rows['bad']}",
        f"名册合计：{roll['parts']} 个专有部分，{roll['heads']} 人，{roll['area']} ㎡",
    ]
    for name, title in (("bad", "有误"), ("warnings", "提醒")):
        lines += [
            f"{title}　第 {one['row']} 行　{one['column']}　{one['value']}　{one['text']}"
            for one in report[name]
        ]
    return "\n".join(lines)
