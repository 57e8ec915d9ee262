"""What stands of an entry: its draft, submission, scorings, vetoes, and its total from them."""

from collections.abc import Mapping
from typing import Any, cast

from django.db.models import QuerySet

from portal.campaigns.models import (
    Attachment,
    Campaign,
    Entry,
    Scoring,
    SelfScore,
    Submission,
    VetoSaid,
)
from portal.campaigns.rules.record import exported
from portal.campaigns.rules.standard import Scorer
from portal.campaigns.rules.total import Scores, Total, total
from portal.tools.chain.canonical import Json, canonical, instant, sha256

from .standards import standard_in


def submission_of(entry: Entry) -> Submission | None:
    return Submission.objects.filter(compound_id=entry.compound_id, entry=entry).first()


def draft_of(entry: Entry) -> dict[str, SelfScore]:
    """The draft's self scores by item."""
    rows = SelfScore.objects.filter(compound_id=entry.compound_id, entry=entry)
    return {row.item: row for row in rows}


def files_of(entry: Entry) -> dict[str, list[Attachment]]:
    """The draft's files by item, in the order in which they were uploaded."""
    found: dict[str, list[Attachment]] = {}
    rows = Attachment.objects.filter(compound_id=entry.compound_id, entry=entry)
    for row in rows.select_related("file").prefetch_related("file__names").order_by("pk"):
        found.setdefault(row.item, []).append(row)
    return found


def written_in(
    draft: Mapping[str, SelfScore], files: Mapping[str, list[Attachment]]
) -> dict[str, Any]:
    """A draft as it is fixed by its submission: self scores with words, and files by item."""
    return {
        "marks": {
            code: {"tenths": mark.tenths, "words": mark.words} for code, mark in draft.items()
        },
        "files": {
            code: [{"id": str(one.file_id), "sha256": one.file.sha256} for one in rows]
            for code, rows in files.items()
        },
    }


def hash_of_draft(draft: Mapping[str, SelfScore], files: Mapping[str, list[Attachment]]) -> str:
    """What tells one state of a draft from another; an item not scored yet counts as such."""
    written = written_in(draft, files)
    for mark in written["marks"].values():
        mark["tenths"] = "" if mark["tenths"] is None else mark["tenths"]
    return sha256(canonical(written))


def scorings_of(entry: Entry) -> QuerySet[Scoring]:
    """Every scoring, what counts last of each level."""
    rows = Scoring.objects.filter(compound_id=entry.compound_id, entry=entry)
    return rows.order_by("level", "number")


def latest_scorings(entry: Entry) -> dict[Scorer, Scoring]:
    """The scoring that counts of each level that has scored, in the order of the levels."""
    last = {Scorer(row.level): row for row in scorings_of(entry)}
    return {scorer: last[scorer] for scorer in Scorer if scorer in last}


def scores_in(scoring: Scoring) -> Scores:
    return {item: mark["tenths"] for item, mark in scoring.marks.items()}


def veto_words(entry: Entry) -> list[VetoSaid]:
    """All that was said of vetoes, in the order in which it was said."""
    rows = VetoSaid.objects.filter(compound_id=entry.compound_id, entry=entry)
    return list(rows.order_by("at", "pk"))


def standing_vetoes(entry: Entry) -> dict[str, VetoSaid]:
    """The vetoes that stand, by code."""
    last = {row.veto: row for row in sorted(veto_words(entry), key=lambda row: row.number)}
    return {code: row for code, row in last.items() if row.stands}


def total_of(entry: Entry) -> Total:
    """The total of what stands now."""
    scores = {scorer: scores_in(row) for scorer, row in latest_scorings(entry).items()}
    return total(standard_in(entry.campaign), scores, vetoes=standing_vetoes(entry).keys())


def value_of(entry: Entry, submission: Submission) -> dict[str, Json]:
    """The entry as campaign-entry/1, of what stands now."""
    scorings = latest_scorings(entry)
    scores = {scorer: scores_in(row) for scorer, row in scorings.items()}
    vetoes = sorted(standing_vetoes(entry))
    return exported(
        _facts(entry, submission, scorings),
        entry.campaign.standard.value,
        scores,
        vetoes=vetoes,
        reckoned=total(standard_in(entry.campaign), scores, vetoes=vetoes),
    )


def _facts(
    entry: Entry, submission: Submission, scorings: Mapping[Scorer, Scoring]
) -> dict[str, Json]:
    campaign, body = entry.campaign, cast(dict[str, Any], submission.body)
    return {
        "campaign": {"code": campaign.code, "name": campaign.name, "year": campaign.year},
        "compound": {"code": entry.compound.code, "name": entry.compound.name},
        "standard_sha256": campaign.standard.sha256,
        "submission": {"at": instant(submission.at), "sha256": submission.sha256},
        "self": {item: mark["tenths"] for item, mark in body["marks"].items()},
        "records": body["records"],
        "scored_at": {scorer.value: instant(row.at) for scorer, row in scorings.items()},
    }


def submitted_entries(campaign: Campaign) -> list[Entry]:
    """The entries that were submitted, by the compound's code; drafts have dropped out."""
    rows = Entry.objects.filter(campaign=campaign, submission__isnull=False)
    rows = rows.select_related("compound__region__parent", "campaign__standard")
    return list(rows.order_by("compound__code"))
