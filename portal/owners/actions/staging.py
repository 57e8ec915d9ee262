"""A clerk's file between looking at it and taking it in, and what of it was left over.

The press of a button sends a job; the page shows how far it is and may be left.  The job writes the
roll and takes the upload away in one transaction: killed, it left nothing, and it is run again.
"""

import base64
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from portal.places.models import Compound
from portal.tools import jobs

from ..documents import left_over_file
from ..models import RollUpload
from ..rules.told import Judged
from .importing import Checked, RollChanged, RollFile, RollNotReadable, check_roll, write_roll

KEPT = timedelta(days=30)
Step = RollUpload.Step


@transaction.atomic
def stage_roll(
    compound: Compound, data: bytes, *, file_name: str, seen: str, by: UUID, at: datetime
) -> RollUpload:
    """Keep a file that was looked at, against the registry in the state `seen`, until it is taken
    in; the clerk's earlier ones go, unless they are just being taken in."""
    earlier = RollUpload.objects.filter(compound=compound, by=by)
    earlier.exclude(step__in=RollUpload.UNDER_WAY).delete()
    upload = RollUpload(compound=compound, file_name=file_name, seen=seen, by=by, at=at)
    return _keep(upload, data)


@transaction.atomic
def send_in(upload: RollUpload) -> None:
    """Have a file taken in that was looked at; sent again, it is sent once."""
    found = _alone(upload.compound_id, upload.pk)
    if found is None or found.step != Step.LOOKED_AT:
        return
    _step(found, Step.SENT)
    jobs.send(
        "owners.take_roll_in",
        lock=f"roll-{upload.compound_id}",
        compound=upload.compound_id,
        upload=upload.pk,
    )


def take_in(compound: UUID, upload: UUID, *, at: datetime) -> Judged | None:
    """Take in a file that was sent; its bad rows wait in its place, as a file, to be mended.

    None, and the page says why, if it cannot be read or the roll is no longer the one that was
    looked at: what another import did is not undone unseen.  Done before, it does nothing.
    """
    sent = RollUpload.objects.select_related("compound").filter(
        compound_id=compound, pk=upload, step__in=RollUpload.UNDER_WAY
    )
    staged = sent.first()
    if staged is None:
        return None
    _step(staged, Step.JUDGED)
    data = base64.b64decode(staged.content)
    try:
        checked = check_roll(staged.compound, data)
        if checked.seen != staged.seen:
            raise RollChanged
        _step(staged, Step.WRITTEN)
        return _write(staged, data, checked, at=at)
    except RollNotReadable:
        _step(staged, Step.UNREADABLE)
    except RollChanged:
        _step(staged, Step.CHANGED)
    return None


@transaction.atomic
def _write(staged: RollUpload, data: bytes, checked: Checked, *, at: datetime) -> Judged | None:
    upload = _alone(staged.compound_id, staged.pk)
    if upload is None:  # the same job, run twice at once
        return None
    file = RollFile(data, name=upload.file_name, by=upload.by, upload=upload.pk)
    judged = write_roll(upload.compound, file, checked, at=at)
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


def _alone(compound: UUID, upload: UUID) -> RollUpload | None:
    rows = RollUpload.objects.select_for_update(of=("self",), no_key=True)
    own = rows.filter(compound_id=compound, pk=upload, is_left_over=False)
    return own.select_related("compound").first()


def _step(upload: RollUpload, step: str) -> None:
    upload.step = step
    RollUpload.objects.filter(compound_id=upload.compound_id, pk=upload.pk).update(step=step)


def _keep(upload: RollUpload, data: bytes) -> RollUpload:
    upload.file_name = upload.file_name[:200]
    upload.content = base64.b64encode(data).decode()
    upload.save(force_insert=True)
    return upload
