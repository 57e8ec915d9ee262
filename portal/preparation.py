"""What a database and a checkout need before they are served: tables, rules, styles, a county.

Run as `python -m portal.preparation`; each step is skipped where it was done before.  Ends with
status 10 where the database is the demonstration's, 0 where it is somebody's own, 2 where it says
why it cannot.
"""

import contextlib
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from portal import devdb, troubles

PROJECT = devdb.PROJECT
HALF_BUILT = PROJECT / "var" / "demonstration-half-built"
IS_DEMONSTRATION = 10


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    import django

    django.setup()
    from django.core.management import call_command

    if not _migrate():
        return troubles.CANNOT
    call_command("load_rulebook", verbosity=0)
    _collect_static()
    return _populate()


def _migrate() -> bool:
    """Migrate as the owner where something is left to migrate; whether it worked."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    left = executor.migration_plan(executor.loader.graph.leaf_nodes())
    connection.close()
    if not left:
        return True
    print(f"数据库结构：{len(left)} 步", flush=True)
    command = [sys.executable, "manage.py", "migrate", "-v0"]
    owner = os.environ | {"XINGFULI_DATABASE_ROLE": "owner"}
    done = subprocess.run(command, cwd=PROJECT, env=owner, check=False)  # noqa: S603
    return done.returncode == 0


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


@contextlib.contextmanager
def half_built() -> Iterator[None]:
    """Leave word that the demonstration of this database is not whole, should we be killed."""
    HALF_BUILT.parent.mkdir(exist_ok=True)
    HALF_BUILT.write_text(_mark(os.environ.get("DATABASE_URL", "")))
    yield
    HALF_BUILT.unlink(missing_ok=True)


def is_half_built(url: str) -> bool:
    """Was the demonstration of the database at `url` begun and not finished?"""
    return HALF_BUILT.exists() and HALF_BUILT.read_text() == _mark(url)


def _mark(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()


def _populate() -> int:
    """Build the demonstration where the database holds nothing yet."""
    from django.core.management import call_command

    from portal.places.models import Installation

    found = Installation.objects.first()
    if found is None:
        call_command("demo")
        return IS_DEMONSTRATION
    if is_half_built(os.environ.get("DATABASE_URL", "")):
        print("演示数据上次没有建完；请清空 DATABASE_URL 指定的数据库后再试。", file=sys.stderr)
        return troubles.CANNOT
    return IS_DEMONSTRATION if found.is_demonstration else 0


if __name__ == "__main__":
    sys.exit(troubles.told(main))
