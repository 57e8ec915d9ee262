"""Score an entry, and say or lift a veto: each word stays, the last one counts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from portal.campaigns.models import Entry, Scoring, VetoSaid
from portal.campaigns.queries.entries import standing_vetoes
from portal.campaigns.queries.standards import standard_in
from portal.campaigns.queries.steering import SCORED_IN, levels_to_score
from portal.campaigns.rules.standard import Scorer, Standard
from portal.tools.audit.actions import note

from .entering import Mark
from .locking import judged_alone
from .refusals import BadMarks, NoSuchVeto, NothingChanged, ScoredMeanwhile, WrongStage

JUDGED_IN = tuple(SCORED_IN)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A level's scores: a mark for every item.  `follows` is the number of the scoring that its
    writer saw (0: none); `request` is the form's own key."""

    scorer: Scorer
    marks: Mapping[str, Mark]
    follows: int
    request: UUID


@dataclass(frozen=True, slots=True)
class VetoWords:
    """A veto of the standard that stands from now on, or no longer, with its document."""

    veto: str
    stands: bool
    reason: str
    document: str


@transaction.atomic
def score_entry(entry: Entry, sheet: Sheet, *, by: UUID, at: datetime) -> Scoring:
    """Write a level's scores down; an earlier scoring of the level stays and no longer counts.

    The same request with the same marks once more gives back what it wrote.  Refuses
    (`WrongStage`) a level whose turn it is not, (`BadMarks`) with every item that lacks a score
    or is given too much, and (`ScoredMeanwhile`) what was written without having seen the last
    scoring, as on a form that was gone back to and sent again with other marks.
    """
    entry = judged_alone(entry, *JUDGED_IN)
    mine, marks = Scoring.objects.filter(compound_id=entry.compound_id), _values(sheet.marks)
    sent = mine.filter(request=sheet.request, entry=entry, level=sheet.scorer).first()
    if sent is not None and sent.marks == marks:
        return sent
    if sheet.scorer not in levels_to_score(entry):
        raise WrongStage(entry.campaign.stage)
    if faults := list(_mark_faults(standard_in(entry.campaign), sheet.marks)):
        raise BadMarks(faults)
    last = mine.filter(entry=entry, level=sheet.scorer).count()
    if last != sheet.follows:
        raise ScoredMeanwhile
    scoring = Scoring.objects.create(
        compound_id=entry.compound_id,
        entry=entry,
        level=sheet.scorer,
        number=last + 1,
        marks=marks,
        request=sheet.request,
        by=by,
        at=at,
    )
    facts = {"level": sheet.scorer.value, "number": scoring.number}
    note("campaigns.score_entry", entry, by=by, at=at, facts=facts)
    return scoring


@transaction.atomic
def say_veto(entry: Entry, words: VetoWords, *, by: UUID, at: datetime) -> VetoSaid:
    """Put a veto on an entry, or lift it, with its reason and document.

    Refuses (`NoSuchVeto`) what the standard does not have, (`NothingChanged`) a veto that stands,
    or does not stand, already, and (`WrongStage`) outside the stages of scoring.
    """
    entry = judged_alone(entry, *JUDGED_IN)
    if words.veto not in {veto.code for veto in standard_in(entry.campaign).vetoes}:
        raise NoSuchVeto(words.veto)
    if words.stands == (words.veto in standing_vetoes(entry)):
        raise NothingChanged
    said = VetoSaid.objects.filter(compound_id=entry.compound_id, entry=entry, veto=words.veto)
    row = VetoSaid.objects.create(
        compound_id=entry.compound_id,
        entry=entry,
        veto=words.veto,
        number=said.count() + 1,
        stands=words.stands,
        reason=words.reason,
        document=words.document,
        by=by,
        at=at,
    )
    facts = {"veto": words.veto, "stands": words.stands}
    note("campaigns.say_veto", entry, by=by, at=at, facts=facts)
    return row


def _values(marks: Mapping[str, Mark]) -> dict[str, Any]:
    return {
        code: {"tenths": mark.tenths, "note": mark.words.strip()} for code, mark in marks.items()
    }


def _mark_faults(standard: Standard, marks: Mapping[str, Mark]) -> Iterator[tuple[str, str]]:
    most = {item.code: item.most for item in standard.items}
    yield from ((code, "unknown") for code in marks if code not in most)
    for code, limit in most.items():
        mark = marks.get(code)
        if mark is None or mark.tenths is None:
            yield code, "missing"
        elif not 0 <= mark.tenths <= limit:
            yield code, "outside"
