"""Mend a defect: repaired by one person, rechecked by another."""

from datetime import datetime
from typing import IO
from uuid import UUID

from django.db import transaction

from portal.fire.models import Defect, Recheck, Repair
from portal.tools.audit.actions import note
from portal.tools.files.actions import store
from portal.tools.files.models import StoredFile
from portal.tools.files.reading import Readied

from . import logbook
from .refusals import AlreadyRepaired, DefectClosed, NotRepaired, SamePerson, WordsMissing

Photo = IO[bytes] | Readied | StoredFile


@transaction.atomic
def repair_defect(defect: Defect, *, words: str, photo: Photo, by: UUID, at: datetime) -> Repair:
    """Say what was done, with a photo after it; refuses while a repair waits for its recheck.

    The same words of the same person once more, as when a form is sent twice, are that repair.
    """
    logbook.held(defect.compound)
    last, looked_at = _last(defect)
    if looked_at is not None and looked_at.passed:
        raise DefectClosed
    if last is not None and looked_at is None:
        if (last.by, last.words) == (by, words.strip()):
            return last
        raise AlreadyRepaired
    if not words.strip():
        raise WordsMissing
    repair = Repair.objects.create(
        compound=defect.compound,
        defect=defect,
        attempt=last.attempt + 1 if last else 1,
        words=words.strip(),
        photo=_stored(defect, photo, by, at),
        by=by,
        at=at,
    )
    note("fire.repair_defect", defect, by=by, at=at, facts={"attempt": repair.attempt})
    return repair


@transaction.atomic
def recheck_defect(
    defect: Defect,
    *,
    passed: bool,
    by: UUID,
    at: datetime,
    words: str = "",
    photo: Photo | None = None,
) -> Recheck:
    """Look at a repair: a pass closes the defect, a fail sends it back with the reason.

    Refuses (`SamePerson`) whoever made the repair.  Said once more, it is that recheck.
    """
    logbook.held(defect.compound)
    last, looked_at = _last(defect)
    if looked_at is not None and (looked_at.by, looked_at.passed, looked_at.words) == (
        by,
        passed,
        words.strip(),
    ):
        return looked_at
    if looked_at is not None and looked_at.passed:
        raise DefectClosed
    if last is None or looked_at is not None:
        raise NotRepaired
    if last.by == by:
        raise SamePerson
    if not passed and not words.strip():
        raise WordsMissing
    recheck = Recheck.objects.create(
        compound=defect.compound,
        defect=defect,
        attempt=last.attempt,
        repaired_by=last.by,
        passed=passed,
        words=words.strip(),
        photo=_stored(defect, photo, by, at) if photo is not None else None,
        by=by,
        at=at,
    )
    note("fire.recheck_defect", defect, by=by, at=at, facts={"passed": passed})
    return recheck


def _last(defect: Defect) -> tuple[Repair | None, Recheck | None]:
    """The last repair and its recheck; the caller holds the book."""
    of_defect = {"compound": defect.compound_id, "defect": defect}
    repair = Repair.objects.filter(**of_defect).order_by("-attempt").first()
    if repair is None:
        return None, None
    return repair, Recheck.objects.filter(**of_defect, attempt=repair.attempt).first()


def _stored(defect: Defect, photo: Photo, by: UUID, at: datetime) -> StoredFile:
    if isinstance(photo, StoredFile):
        return photo
    return store(photo, compound=defect.compound_id, by=by, at=at)
