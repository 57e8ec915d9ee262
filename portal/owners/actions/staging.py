"""A clerk's file between looking at it and taking it in, and what of it was left over."""

import base64
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from portal.places.models import Compound

from ..documents import left_over_file
from ..models import RollUpload
from ..rules.told import Judged
from .importing import check_roll, import_roll

KEPT = timedelta(days=30)


@transaction.atomic
def stage_roll(
    compound: Compound, data: bytes, *, file_name: str, by: UUID, at: datetime
) -> RollUpload:
    """Keep a file that was looked at until it is taken in; the clerk's earlier ones go."""
    RollUpload.objects.filter(compound=compound, by=by).delete()
    return _keep(RollUpload(compound=compound, file_name=file_name, by=by, at=at), data)


@transaction.atomic
def take_in(upload: RollUpload, *, at: datetime) -> Judged:
    """Take a staged file in; its bad rows wait in its place, as a file, to be mended.

    Pressed twice, the second press finds it gone (DoesNotExist).
    """
    upload = RollUpload.objects.select_for_update(no_key=True).get(
        compound_id=upload.compound_id, pk=upload.pk, is_left_over=False
    )
    data = base64.b64decode(upload.content)
    judged = import_roll(upload.compound, data, file_name=upload.file_name, by=upload.by, at=at)
    upload.delete()
    if judged.rest:
        rest = RollUpload(
            compound=upload.compound,
            file_name=upload.file_name,
            by=upload.by,
            at=at,
            is_left_over=True,
        )
        _keep(rest, left_over_file(judged, upload.file_name))
    return judged


def left_over_of(upload: RollUpload) -> bytes:
    """The file of the bad rows of an upload: as it waits, or of a file not taken in yet."""
    data = base64.b64decode(upload.content)
    if upload.is_left_over:
        return data
    return left_over_file(check_roll(upload.compound, data).judged, upload.file_name)


@transaction.atomic
def forget_uploads(*, at: datetime) -> None:
    """What nobody came back for goes: it holds names, phones and numbers."""
    RollUpload.objects.filter(at__lt=at - KEPT).delete()


def _keep(upload: RollUpload, data: bytes) -> RollUpload:
    upload.file_name = upload.file_name[:200]
    upload.content = base64.b64encode(data).decode()
    upload.save(force_insert=True)
    return upload
