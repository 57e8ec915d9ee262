"""Take a file of the roll in: the good rows, in one transaction; again, it changes nothing.

The file is judged in a process of its own before anything is locked, against the registry as it
then stands.  If that changed meanwhile, it is judged again.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.places.models import Compound
from portal.places.queries import is_demonstration
from portal.tools.audit.actions import note
from portal.tools.keys import new_key
from portal.tools.sheets import apart
from portal.tools.sheets.refusals import SheetRefusal
from portal.tools.sheets.sheet import Limits

from ..models import RollImport
from ..queries import registry_of, registry_state
from ..rules import roll
from ..rules.registry import EMPTY
from ..rules.told import Judged, judged_from, registry_as_message
from ..running import is_in_use
from .unreadable import why_unreadable
from .writing import write_parts, write_people

JUDGING = "portal.owners.judging"
LIMITS = Limits(memory_bytes=2_000_000_000, seconds=100)
NOTHING = ""  # the state of no registry


class RollNotReadable(Exception):
    """The file cannot be read as a roll; one line says why."""


class RollChanged(Exception):
    """The registry is no longer the one that the file was judged against."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file would do to the registry in the state that was `seen`."""

    judged: Judged
    seen: str


@dataclass(frozen=True, slots=True)
class RollFile:
    """A file of the roll: its bytes and name, who hands it in, the upload it waited as."""

    data: bytes
    name: str
    by: UUID | None
    upload: UUID | None = None


def check_roll(
    compound: Compound | None, data: bytes, *, is_whole: bool = True, limits: Limits = LIMITS
) -> Checked:
    """What the file would do; None stands for an empty compound.  Refuses RollNotReadable.

    `is_whole` asks for what is to be written, beside the report.  Persons who are new are only
    numbered.
    """
    seen = registry_state(compound) if compound else NOTHING
    registry = registry_of(compound, on=timezone.localdate()) if compound else EMPTY
    order = {
        "registry": registry_as_message(registry),
        "compound": compound.name if compound else "",
        "demonstration": compound is None or is_demonstration(),
        "is_whole": is_whole,
    }
    try:
        (answer,) = apart.ask(JUDGING, order, data, limits)
        if "no_roll" in answer:
            raise getattr(roll, answer["no_roll"])(*answer["facts"])
    except (SheetRefusal, roll.NotARoll) as refusal:
        raise RollNotReadable(why_unreadable(refusal)) from None
    return Checked(judged_from(answer), seen)


def import_roll(
    compound: Compound, data: bytes, *, file_name: str, by: UUID | None, at: datetime
) -> Judged:
    """Judge the file against the registry as it stands now and take its good rows in.  Refuses
    RollNotReadable."""
    while True:
        checked = check_roll(compound, data)
        try:
            return write_roll(compound, RollFile(data, file_name, by), checked, at=at)
        except RollChanged:
            continue  # another import came between: judge again


@transaction.atomic
def write_roll(compound: Compound, file: RollFile, checked: Checked, *, at: datetime) -> Judged:
    """Write what a checked file makes of the registry.  Refuses RollChanged."""
    Compound.objects.select_for_update(of=("self",), no_key=True).get(pk=compound.pk)
    if registry_state(compound) != checked.seen:
        raise RollChanged
    new = [one.person.key for one in checked.judged.people if one.is_new]
    judged = checked.judged.with_keys({number: new_key() for number in new})
    kept = write_people(compound, judged.people, keeps_phones=is_in_use(compound.pk))
    write_parts(compound, judged.parts, on=timezone.localdate(at))
    row = RollImport.objects.create(
        compound=compound,
        file_name=file.name[:200],
        sha256=hashlib.sha256(file.data).hexdigest(),
        rows=judged.as_json()["rows"],
        upload=file.upload,
        by=file.by,
        at=at,
    )
    note("owners.import_roll", row, by=file.by, at=at, facts={"sha256": row.sha256})
    if kept:
        note("owners.kept_phones", row, by=file.by, at=at, facts={"kept": kept})
    return judged
