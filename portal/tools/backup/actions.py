"""Make a backup, whole or not at all; put one back into an empty database, and look at it."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from portal.tools.evidence import rights
from portal.tools.files.actions import private_storage
from portal.tools.files.models import StoredFile

from . import archives, contents, programs
from .manifest import BackupRefused, Contents, Manifest, sha256

DUMP = "database.dump"


@dataclass(frozen=True, slots=True)
class Made:
    """Where the backup and the keys lie (None: the keys are not in a file), and the stored files
    whose bytes were missing already."""

    folder: Path
    keys: Path | None
    missing: list[str]


def places() -> dict[str, Path]:
    """The archives of a backup and the folders that they hold."""
    return {
        "files.tar": Path(private_storage().path("")),
        "media.tar": Path(default_storage.path("")),
    }


def make_backup(
    connection: BaseDatabaseWrapper, into: Path, keys_into: Path, *, at: datetime
) -> Made:
    """Write a backup named by its moment into `into`, and the keys into another folder.

    The database is dumped first: bytes are written before their row and never removed while it
    stands, so every file that the dump knows is in the archives.
    """
    if into.resolve() == keys_into.resolve():
        raise BackupRefused("Keys and data would lie in one folder: name another for the keys")
    name = f"xingfuli-{at:%Y%m%d-%H%M%S}"
    with _making(into, name) as folder:
        held, missing = _dump(connection, folder / DUMP)
        for archive, place in places().items():
            archives.pack(place, folder / archive)
        keys = _keep_keys(keys_into, name)
        Manifest(
            made_at=at.isoformat(),
            server=programs.server_version(connection),
            contents=held,
            keyring=contents.keyring_mark(),
            keys=sha256(keys) if keys else "",
            files={one: sha256(folder / one) for one in (DUMP, *places())},
        ).write(folder)
    return Made(into / name, keys, missing)


@contextlib.contextmanager
def _making(into: Path, name: str) -> Iterator[Path]:
    """A folder that has its name only once it is whole, and is gone where it is not."""
    before = os.umask(0o077)
    making = into / f".{name}"
    try:
        into.mkdir(parents=True, exist_ok=True)
        if (into / name).exists():
            raise BackupRefused(f"{into / name} exists already")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir()
        yield making
        for path in making.iterdir():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        making.rename(into / name)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    finally:
        os.umask(before)


def _dump(connection: BaseDatabaseWrapper, path: Path) -> tuple[Contents, list[str]]:
    """Dump one snapshot; what it holds is read from the same."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        programs.run(
            connection, "pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={path}"
        )
        storage = private_storage()
        known = [one.path for one in StoredFile.objects.order_by("pk").iterator()]
        return contents.read(connection), [one for one in known if not storage.exists(one)]


def _keep_keys(into: Path, name: str) -> Path | None:
    """The keyring's file in an archive of its own; None where the keys come from elsewhere."""
    if os.environ.get("XINGFULI_KEYRING"):
        return None
    into.mkdir(parents=True, exist_ok=True)
    archive = into / f"{name}.keys.tar"
    archives.pack(Path(settings.KEYRING_FILE), archive)
    return archive


def restore(connection: BaseDatabaseWrapper, folder: Path, *, keys: Path | None = None) -> Manifest:
    """Put a backup back as the owner, and compare it with what the manifest says.

    Everything is checked before anything is written.  Refuses a changed or half backup, a
    database or folders that hold something, and keys that do not read this data.
    """
    manifest = Manifest.read(folder)
    _refuse_what_is_in_the_way(connection)
    _take_keys(manifest, keys)
    if contents.keyring_mark() != manifest.keyring:
        raise BackupRefused(
            "The keys of this installation do not read the backup's personal data: "
            "put its keyring in their place, or name the archive of its keys"
        )
    fresh = {place: archives.unpack(folder / name, place) for name, place in places().items()}
    programs.run(
        connection,
        "pg_restore",
        *("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"),
        f"--dbname={connection.settings_dict['NAME']}",
        str(folder / DUMP),
    )
    for place, unpacked in fresh.items():
        archives.move_into_place(unpacked, place)
    rights.grant(connection)
    _compare(connection, manifest)
    return manifest


def _refuse_what_is_in_the_way(connection: BaseDatabaseWrapper) -> None:
    reasons = []
    if found := contents.tables(connection):
        reasons.append(
            f"The database {connection.settings_dict['NAME']} holds {len(found)} tables: a backup "
            "is put back into an empty one only (createdb, then DATABASE_URL and "
            "DATABASE_OWNER_URL with its name)"
        )
    reasons += [
        f"{place} holds files: move it away first"
        for place in places().values()
        if archives.holds_something(place)
    ]
    if reasons:
        raise BackupRefused(*reasons)


def _take_keys(manifest: Manifest, keys: Path | None) -> None:
    """Lay the keyring from its archive, where this installation has none."""
    if keys is None:
        return
    if sha256(keys) != manifest.keys:
        raise BackupRefused(f"{keys} is missing, was changed, or belongs to another backup")
    place, text = Path(settings.KEYRING_FILE), archives.keyring_in(keys)
    if place.exists():
        if place.read_text() != text:
            raise BackupRefused(f"{place} holds other keys: move them away first")
        return
    place.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def _compare(connection: BaseDatabaseWrapper, manifest: Manifest) -> None:
    with transaction.atomic():
        found = contents.read(connection)
    said = manifest.contents
    reasons = [
        f"{table}: {found.counts.get(table, 0)} rows, {count} in the backup"
        for table, count in said.counts.items()
        if found.counts.get(table) != count
    ]
    reasons += [
        f"{table}: its rows are not those of the backup"
        for table, digest in said.evidence.items()
        if found.evidence.get(table) != digest
    ]
    reasons += [f"{table} could be changed" for table in contents.unguarded(connection)]
    if reasons:
        raise BackupRefused("The restored database is not the one that was kept:", *reasons)
