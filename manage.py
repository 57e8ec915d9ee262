#!/usr/bin/env python
"""Django's commands, on the embedded PostgreSQL unless DATABASE_URL names another."""

import contextlib
import io
import os
import sys

WITHOUT_DATABASE = {"check_result"}
AS_OWNER = {"migrate", "setup_county", "backup", "restore"}


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    from portal import troubles

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # programs read the reports, under any locale
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return _execute() if "--traceback" in sys.argv else troubles.told(_execute)


def _execute() -> int:
    from django.core.management import execute_from_command_line

    from portal import devdb

    needs_none = sys.argv[1:2] and sys.argv[1] in WITHOUT_DATABASE
    with contextlib.nullcontext() if needs_none else devdb.for_command():
        if sys.argv[1:2] and sys.argv[1] in AS_OWNER:
            os.environ["XINGFULI_DATABASE_ROLE"] = "owner"
        if sys.argv[1:2] == ["import_roll"] and "--dry-run" in sys.argv:
            os.environ["XINGFULI_APPS"] = "roll"
        execute_from_command_line(sys.argv)
    return 0


if __name__ == "__main__":
    sys.exit(main())
