"""Log a check: complete or not at all, chained, its failures raised as defects."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import IO
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from portal.fire.models import Check, Defect, Equipment, LogBook
from portal.fire.models.defects import midnight_after
from portal.fire.queries.chain import content_of
from portal.fire.rules.answers import Result, gaps
from portal.fire.rules.catalogue import DEADLINES, LATEST, Duty, catalogue
from portal.places.actions import next_number
from portal.places.models import Compound
from portal.rulebook.queries import Rulings, rules_for
from portal.tools.audit.actions import note
from portal.tools.chain.canonical import canonical, sha256
from portal.tools.files.actions import store
from portal.tools.files.models import StoredFile
from portal.tools.files.reading import Readied
from portal.tools.keys import new_key

from . import logbook
from .refusals import InTheFuture, LogIncomplete, NotADuty, NotInUse, PageSpent

BATCH = 2000
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found of one item; a failure has words and a photo (an upload, or stored)."""

    item: str
    result: str
    words: str = ""
    photo: IO[bytes] | Readied | StoredFile | None = None

    @property
    def has_photo(self) -> bool:
        return self.photo is not None


@dataclass(frozen=True, slots=True)
class Entry:
    """A check as it is handed in; `form` was made with the page, `device_at` by the phone."""

    equipment: Equipment
    duty: str
    answers: Sequence[Answer]
    by: UUID
    form: UUID = field(default_factory=new_key)
    opened: Check.Opened = Check.Opened.LIST
    device_at: datetime | None = None

    @property
    def asked(self) -> Duty:
        """Refuses (`NotADuty`) what is not checked on this kind of equipment."""
        try:
            return catalogue()[self.equipment.kind].duties[self.duty]
        except KeyError:
            raise NotADuty from None


@transaction.atomic
def log_check(entry: Entry, *, at: datetime) -> Check:
    """Log a check that comes in at `at`; the same page sent twice is one check, gone back to and
    sent with other answers it is another one.

    Refuses what is incomplete, naming every gap (`LogIncomplete`).
    """
    compound = entry.equipment.compound
    book = logbook.held(compound)
    before = _sent_before(entry)
    if before is not None and not _says_the_same(before, entry):
        entry = replace(entry, form=uuid5(entry.form, sha256(canonical(_said(entry)))))
        before = _sent_before(entry)
    if before is not None:
        return before
    entry = replace(entry, equipment=_as_it_stands(entry.equipment))
    check = _write(compound, book, [(at, entry)])[0]
    facts = {"duty": check.duty, "failures": check.failures}
    note("fire.log_check", check, by=entry.by, at=at, facts=facts)
    return check


@transaction.atomic
def log_in_bulk(
    compound: Compound, checks: Iterable[tuple[datetime, Entry]], *, at: datetime
) -> int:
    """Log many checks, each at its own moment, up to `at`, in the order given: for taking over
    what was written elsewhere.  Complete, chained and raising defects as one by one; how many."""
    book = logbook.held(compound)
    coming = iter(checks)
    written = 0
    while batch := list(islice(coming, BATCH)):
        if any(moment > at for moment, _entry in batch):
            raise InTheFuture
        written += len(_write(compound, book, batch))
    note("fire.log_in_bulk", compound, by=None, at=at, facts={"checks": written})
    return written


def _as_it_stands(equipment: Equipment) -> Equipment:
    """Read anew under the book: it may have been changed or retired since the page was opened."""
    rows = Equipment.objects.select_related("compound")
    return rows.get(compound=equipment.compound_id, pk=equipment.pk)


def _sent_before(entry: Entry) -> Check | None:
    """What this page wrote before; another's page, or one of another check, is spent."""
    before = Check.objects.filter(compound=entry.equipment.compound, form=entry.form).first()
    sent = (entry.by, entry.equipment.pk, entry.duty)
    if before is not None and (before.by, before.equipment_id, before.duty) != sent:
        raise PageSpent
    return before


def _says_the_same(before: Check, entry: Entry) -> bool:
    words = [[answer["item"], answer["result"], answer["words"]] for answer in before.answers]
    return words == _said(entry)


def _said(entry: Entry) -> list[list[str]]:
    return [[answer.item, answer.result, answer.words.strip()] for answer in entry.answers]


def _write(compound: Compound, book: LogBook, batch: list[tuple[datetime, Entry]]) -> list[Check]:
    """Write complete entries to the end of the log; the caller holds the book."""
    checks, failed = [], []
    for moment, entry in batch:
        _refuse(compound, entry, moment)
        photos = {
            answer.item: _stored(answer, entry, moment)
            for answer in entry.answers
            if answer.photo is not None
        }
        check = _check(compound, entry, moment, photos)
        check.seq, check.prev, check.hash = logbook.chained(book, content_of(check))
        checks.append(check)
        if check.failures:
            failed.append((check, entry, photos))
    Check.objects.bulk_create(checks)
    book.save(update_fields=["last_seq", "last_hash"])
    _raise_defects(compound, failed)
    return checks


def _refuse(compound: Compound, entry: Entry, moment: datetime) -> None:
    missing = gaps(entry.asked, entry.answers)
    if missing:
        raise LogIncomplete(missing)
    equipment, on = entry.equipment, timezone.localdate(moment)
    ended = equipment.retired_on is not None and equipment.retired_on <= on
    if equipment.compound_id != compound.pk or ended or on < equipment.starts_on:
        raise NotInUse


def _stored(answer: Answer, entry: Entry, moment: datetime) -> StoredFile:
    if isinstance(answer.photo, StoredFile):
        return answer.photo
    assert answer.photo is not None  # noqa: S101 - the caller looked
    compound = entry.equipment.compound_id
    return store(answer.photo, compound=compound, by=entry.by, at=moment)


def _check(
    compound: Compound, entry: Entry, moment: datetime, photos: dict[str, StoredFile]
) -> Check:
    device_at = entry.device_at.replace(microsecond=0) if entry.device_at else None
    return Check(
        compound=compound,
        equipment=entry.equipment,
        place_id=entry.equipment.place_id,
        duty=entry.duty,
        catalogue=LATEST,
        answers=[_as_json(answer, photos.get(answer.item)) for answer in entry.answers],
        failures=sum(answer.result == Result.FAILED for answer in entry.answers),
        on=timezone.localdate(moment),
        device_at=device_at,
        received_at=moment.replace(microsecond=0),
        opened=entry.opened,
        form=entry.form,
        by=entry.by,
    )


def _as_json(answer: Answer, photo: StoredFile | None) -> dict[str, str]:
    return {
        "item": answer.item,
        "result": answer.result,
        "words": answer.words.strip(),
        "photo": str(photo.pk) if photo else "",
        "sha256": photo.sha256 if photo else "",
    }


def _raise_defects(
    compound: Compound, failed: list[tuple[Check, Entry, dict[str, StoredFile]]]
) -> None:
    rulings: dict[object, Rulings] = {}
    rows = []
    for check, entry, photos in failed:
        if check.on not in rulings:
            keys = list(DEADLINES.values())
            rulings[check.on] = rules_for(keys, at_compound=compound, on=check.on)
        for answer in entry.answers:
            if answer.result == Result.FAILED:
                photo = photos[answer.item]
                rows.append(_defect(compound, check, answer, photo, rulings[check.on]))
    Defect.objects.bulk_create(rows)


def _defect(
    compound: Compound, check: Check, answer: Answer, photo: StoredFile, rules: Rulings
) -> Defect:
    grade = check.asked.item(answer.item).grade
    rule = rules[DEADLINES[grade]]
    if rule.unit == "hours":
        due_at = check.received_at + int(rule.value) * HOUR
    else:
        due_at = midnight_after(check.on + timedelta(days=int(rule.value)))
    return Defect(
        compound=compound,
        number=_number(compound, check.on.year),
        check_made=check,
        equipment=check.equipment,
        item=answer.item,
        words=answer.words.strip(),
        photo=photo,
        grade=grade.value,
        rule_key=rule.key,
        raised_at=check.received_at,
        due_at=due_at,
        by=check.by,
    )


def _number(compound: Compound, year: int) -> str:
    return f"YH-{year}-{next_number(compound, f'fire.defect.{year}'):04}"
