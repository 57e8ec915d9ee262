"""What a database and a checkout need before they are served: tables, rules, styles, a county.

Run as `python -m portal.preparation`; each step is skipped where it was done before.  Ends with
status 10 where the database is the demonstration's, 0 where it is somebody's own.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from portal import devdb

PROJECT = devdb.PROJECT
HALF_BUILT = PROJECT / "var" / "demonstration-half-built"
IS_DEMONSTRATION = 10


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    import django

    django.setup()
    from django.core.management import call_command

    _migrate()
    call_command("load_rulebook", verbosity=0)
    _collect_static()
    return _populate()


def _migrate() -> None:
    """Migrate as the owner where something is left to migrate."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    left = executor.migration_plan(executor.loader.graph.leaf_nodes())
    connection.close()
    if left:
        print(f"数据库结构：{len(left)} 步", flush=True)
        command = [sys.executable, "manage.py", "migrate", "-v0"]
        owner = os.environ | {"XINGFULI_DATABASE_ROLE": "owner"}
        subprocess.run(command, cwd=PROJECT, env=owner, check=True)  # noqa: S603


def _collect_static() -> None:
    """Collect and compress styles and scripts when one of them is new."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    now = _digest([PROJECT / "requirements" / "runtime.txt", *_sources()])
    if not stamp.exists() or stamp.read_text() != now:
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(now)


def _sources() -> list[Path]:
    folders = [PROJECT / "static", *PROJECT.glob("*/static"), *PROJECT.glob("portal/**/static")]
    return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())


def _digest(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(str(path.relative_to(PROJECT)).encode() + path.read_bytes())
    return digest.hexdigest()


def _populate() -> int:
    """Build the demonstration where the database holds nothing yet."""
    from django.core.management import call_command

    from portal.places.models import Installation

    found = Installation.objects.first()
    if found is None:
        HALF_BUILT.touch()
        call_command("demo")
        HALF_BUILT.unlink()
        return IS_DEMONSTRATION
    return IS_DEMONSTRATION if found.is_demonstration else 0


if __name__ == "__main__":
    sys.exit(main())
