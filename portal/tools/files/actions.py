"""Take a file in, and clear away bytes whose row never came to be."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import IO
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import transaction

from .models import FOLDER, FileName, StoredFile
from .reading import Readied, ready

STORAGE = "private"
LEFT_FOR = timedelta(days=1)  # longer than any transaction that may still write the row


def private_storage() -> Storage:
    """Where the bytes lie: never below the media that the web server gives out."""
    return storages[STORAGE]


@transaction.atomic
def store(
    upload: IO[bytes] | Readied,
    *,
    compound: UUID,
    by: UUID | None,
    at: datetime,
    kind: StoredFile.Kind = StoredFile.Kind.PHOTO,
) -> StoredFile:
    """Store an upload, or one that a form has readied, in the caller's transaction.

    Refuses (`reading.FileRefused`) what is not of its kind.  Where the transaction fails the row
    is gone and the bytes are cleared away later.
    """
    taken = upload if isinstance(upload, Readied) else ready(upload, kind=kind)
    file = StoredFile(
        compound=compound,
        kind=taken.kind,
        content_type=taken.content_type,
        size=len(taken.data),
        sha256=taken.sha256,
        by=by,
        at=at,
    )
    private_storage().save(file.path, ContentFile(taken.data))
    file.save()
    FileName.objects.create(compound=compound, file=file, name=taken.name)
    return file


def clear_orphans(*, at: datetime) -> int:
    """Delete bytes older than a day that no row names; the number of files deleted."""
    cleared = 0
    for compound, names in _stored():
        known = StoredFile.objects.filter(compound=compound, pk__in=filter(_is_key, names))
        kept = {str(key) for key in known.values_list("pk", flat=True)}
        for name in set(names) - kept:
            cleared += _cleared(f"{FOLDER}/{compound}/{name}", at - LEFT_FOR)
    return cleared


def _stored() -> Iterator[tuple[str, list[str]]]:
    storage = private_storage()
    if not storage.exists(FOLDER):
        return
    for compound in storage.listdir(FOLDER)[0]:
        if _is_key(compound):
            yield compound, storage.listdir(f"{FOLDER}/{compound}")[1]


def _cleared(path: str, before: datetime) -> bool:
    storage = private_storage()
    if storage.get_modified_time(path) >= before:
        return False
    storage.delete(path)
    return True


def _is_key(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True
