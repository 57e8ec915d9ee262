"""Enter a compound, keep its draft, submit it with the records frozen beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.campaigns.models import Attachment, Campaign, Entry, SelfScore, Submission
from portal.campaigns.queries.entries import (
    draft_of,
    files_of,
    hash_of_draft,
    submission_of,
    written_in,
)
from portal.campaigns.queries.sources import frozen_records
from portal.campaigns.queries.standards import standard_in
from portal.campaigns.queries.steering import submission_faults
from portal.places.models import Compound
from portal.tools.audit.actions import note
from portal.tools.chain.canonical import canonical, sha256
from portal.tools.files.actions import store
from portal.tools.files.reading import Readied

from .locking import campaign_alone, entry_alone
from .refusals import (
    AlreadySubmitted,
    BadMarks,
    DraftChanged,
    EntryClosed,
    NotFinished,
    OutsideCounty,
    SavedMeanwhile,
    WrongStage,
)

Stage = Campaign.Stage


@dataclass(frozen=True, slots=True)
class Mark:
    """What a compound gives itself for an item: tenths of a point, None for not yet, and words."""

    tenths: int | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """An item of a draft as its writer saw it, and as it is wanted now."""

    seen: Mark
    mark: Mark


@dataclass(frozen=True, slots=True)
class Draft:
    """A page of the draft: its items, the files to add by item, the stored files to take out."""

    edits: Mapping[str, Edit]
    uploads: Mapping[str, Readied]
    drops: frozenset[UUID] = frozenset()


@transaction.atomic
def enter(campaign: Campaign, compound: Compound, *, by: UUID, at: datetime) -> Entry:
    """Begin the compound's entry, or give back the one it has; two at once begin one.

    Refuses (`WrongStage`, `EntryClosed`) after the last day of entry, (`OutsideCounty`) a
    compound of elsewhere.
    """
    campaign = campaign_alone(campaign)
    _require_open(campaign, at)
    if not compound.region.path.startswith(campaign.region.path):
        raise OutsideCounty
    entry, is_new = Entry.objects.get_or_create(
        compound=compound, campaign=campaign, defaults={"entered_by": by, "entered_at": at}
    )
    if is_new:
        note("campaigns.enter", entry, by=by, at=at, facts={"campaign": campaign.code})
    return entry


@transaction.atomic
def save_self_score(entry: Entry, marks: Mapping[str, Mark], *, by: UUID, at: datetime) -> Entry:
    """Keep the draft's self scores; items that are not named stay as they were.

    Refuses (`BadMarks`) unknown items and scores outside an item's points, (`AlreadySubmitted`),
    and (`WrongStage`, `EntryClosed`) after the last day of entry.
    """
    entry = _draft(entry, at)
    items = {item.code: item.most for item in standard_in(entry.campaign).items}
    faults = [(code, "unknown") for code in marks if code not in items]
    faults += [
        (code, "outside")
        for code, mark in marks.items()
        if code in items and mark.tenths is not None and not 0 <= mark.tenths <= items[code]
    ]
    if faults:
        raise BadMarks(faults)
    for code, mark in marks.items():
        SelfScore.objects.update_or_create(
            compound_id=entry.compound_id,
            entry=entry,
            item=code,
            defaults={"tenths": mark.tenths, "words": mark.words.strip()},
        )
    note("campaigns.save_self_score", entry, by=by, at=at, facts={"items": len(marks)})
    return entry


@transaction.atomic
def attach_file(entry: Entry, item: str, upload: Readied, *, by: UUID, at: datetime) -> Attachment:
    """Store an upload that a form has readied as an item's evidence; the same bytes once more,
    as when a form is sent twice, are the file that is there.  The refusals of `save_self_score`.
    """
    entry = _draft(entry, at)
    if item not in {one.code for one in standard_in(entry.campaign).items}:
        raise BadMarks([(item, "unknown")])
    there = Attachment.objects.filter(compound_id=entry.compound_id, entry=entry, item=item)
    if (same := there.filter(file__sha256=upload.sha256).first()) is not None:
        return same
    file = store(upload, compound=entry.compound_id, by=by, at=at)
    attached = Attachment.objects.create(
        compound_id=entry.compound_id, entry=entry, item=item, file=file
    )
    note("campaigns.attach_file", entry, by=by, at=at, facts={"item": item, "file": str(file.pk)})
    return attached


@transaction.atomic
def save_draft(entry: Entry, draft: Draft, *, by: UUID, at: datetime) -> Entry:
    """Keep what a page of the draft changes, self scores and files together, or, refused, nothing.

    Two people write at one draft: what each leaves as it was seen stays as it stands.  Refuses
    (`SavedMeanwhile`) items that another has saved otherwise since, as `save_self_score` does,
    and leaves out files to drop that are gone.
    """
    entry = _draft(entry, at)
    changed = {item: edit for item, edit in draft.edits.items() if edit.mark != edit.seen}
    stands = {item: Mark(row.tenths, row.words) for item, row in draft_of(entry).items()}
    if meanwhile := [
        item
        for item, edit in changed.items()
        if stands.get(item, Mark(None)) not in {edit.seen, edit.mark}
    ]:
        raise SavedMeanwhile(meanwhile)
    marks = {item: edit.mark for item, edit in changed.items()}
    entry = save_self_score(entry, marks, by=by, at=at)
    for item, upload in draft.uploads.items():
        attach_file(entry, item, upload, by=by, at=at)
    dropped = Attachment.objects.filter(compound_id=entry.compound_id, entry=entry)
    for attached in dropped.filter(file__in=draft.drops):
        drop_file(attached, by=by, at=at)
    return entry


@transaction.atomic
def drop_file(attached: Attachment, *, by: UUID, at: datetime) -> None:
    """Take a file out of the draft, once; the stored file itself stays on record."""
    entry = _draft(attached.entry, at)
    there = Attachment.objects.filter(compound_id=entry.compound_id, pk=attached.pk)
    gone, _rows = there.delete()
    if gone:
        facts = {"item": attached.item, "file": str(attached.file_id)}
        note("campaigns.drop_file", entry, by=by, at=at, facts=facts)


@transaction.atomic
def submit_entry(entry: Entry, *, by: UUID, at: datetime, seen: str | None = None) -> Submission:
    """Fix the draft, with what the records say at that moment; from here nothing of it changes.

    `seen` is the hash of the draft that its sender looked at.  Refuses (`DraftChanged`) another
    one, (`NotFinished`) with every item that lacks something, (`AlreadySubmitted`), and
    (`WrongStage`, `EntryClosed`) after the last day of entry.
    """
    entry = _draft(entry, at)
    draft, files = draft_of(entry), files_of(entry)
    if seen is not None and seen != hash_of_draft(draft, files):
        raise DraftChanged
    if faults := submission_faults(entry, draft, set(files)):
        raise NotFinished(faults)
    standard = standard_in(entry.campaign)
    body: dict[str, Any] = written_in(draft, files) | {
        "records": frozen_records(standard.sources, entry.compound, at),
    }
    submission = Submission.objects.create(
        compound_id=entry.compound_id,
        entry=entry,
        body=body,
        sha256=sha256(canonical(body)),
        by=by,
        at=at,
    )
    note("campaigns.submit_entry", entry, by=by, at=at, facts={"sha256": submission.sha256})
    return submission


def _draft(entry: Entry, at: datetime) -> Entry:
    """The entry alone, while it may still be written."""
    entry = entry_alone(entry)
    if submission_of(entry) is not None:
        raise AlreadySubmitted
    _require_open(entry.campaign, at)
    return entry


def _require_open(campaign: Campaign, at: datetime) -> None:
    if campaign.stage != Stage.ENTRY:
        raise WrongStage(campaign.stage)
    if timezone.localdate(at) > campaign.entry_until:
        raise EntryClosed
