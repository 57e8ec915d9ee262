"""Folders as archives: packed for their owner's eyes only, unpacked beside their place first."""

import os
import shutil
import tarfile
from pathlib import Path

from .manifest import BackupRefused


def pack(source: Path, archive: Path) -> None:
    """Put what lies in `source` (a folder, a file, or nothing yet) into a new archive."""
    closed = os.open(archive, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(closed, "wb") as file, tarfile.open(fileobj=file, mode="w") as tar:
        if source.is_file():
            tar.add(source, source.name)
        elif source.is_dir():
            for path in sorted(source.iterdir()):
                tar.add(path, path.name)


def unpack(archive: Path, beside: Path) -> Path:
    """Unpack into a new folder beside `beside`, to be moved there once all is well."""
    fresh = beside.with_name(f"{beside.name}.restoring")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True, mode=0o700)
    with tarfile.open(archive) as tar:
        tar.extractall(fresh, filter="data")
    return fresh


def move_into_place(fresh: Path, place: Path) -> None:
    """The unpacked folder takes the place of a folder that is empty or not there."""
    if place.exists():
        fresh.chmod(place.stat().st_mode & 0o777)
        shutil.chown(fresh, place.stat().st_uid, place.stat().st_gid)
        place.rmdir()
    fresh.rename(place)


def holds_something(place: Path) -> bool:
    return place.is_dir() and any(place.iterdir())


def keyring_in(archive: Path) -> str:
    """The text of the one file in an archive of keys."""
    try:
        with tarfile.open(archive) as tar:
            (member,) = tar.getmembers()
            file = tar.extractfile(member)
            return file.read().decode() if file else ""
    except (OSError, ValueError, tarfile.TarError):
        raise BackupRefused(f"{archive} is no archive of keys") from None
