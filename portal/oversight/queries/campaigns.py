"""The entries of campaigns on a day, row by row, as `portal.campaigns.queries` counts them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from portal.campaigns.models import Award, Entry, Result, Scoring, Submission
from portal.campaigns.queries import CampaignState, states
from portal.publicity.models import PublicityStart

from .county import CompoundRow
from .scope import Scope


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry with what had become of it by then; `scored` holds the levels that had scored."""

    row: CompoundRow
    entry: Entry
    submission: Submission | None
    scored: frozenset[str]
    is_in_publicity: bool
    award: Award | None


def campaign_states(scope: Scope) -> list[CampaignState]:
    """The campaigns that concern the region on the day, the newest first."""
    return states(scope.region.path, on=scope.on)


def entry_lines(rows: Sequence[CompoundRow], scope: Scope, campaign: UUID) -> list[EntryLine]:
    """The entries of the compounds in that campaign, in their order; 6 queries."""
    by_compound = {row.compound.pk: row for row in rows}
    entries = list(
        Entry.objects.filter(
            campaign=campaign, compound__in=by_compound, entered_at__lt=scope.ends_at
        ).select_related("campaign", "compound")
    )
    here = {"compound__in": by_compound, "entry__in": entries}
    done = {"at__lt": scope.ends_at}
    submitted = {one.entry_id: one for one in Submission.objects.filter(**here, **done)}
    awards = {one.entry_id: one for one in Award.objects.filter(**here, **done)}
    scored: defaultdict[UUID, set[str]] = defaultdict(set)
    for one in Scoring.objects.filter(**here, **done):
        scored[one.entry_id].add(one.level)
    running = _in_publicity(Result.objects.filter(**here), scope)
    lines = [
        EntryLine(
            by_compound[one.compound_id],
            one,
            submitted.get(one.pk),
            frozenset(scored[one.pk]),
            one.pk in running,
            awards.get(one.pk),
        )
        for one in entries
    ]
    order = {compound: place for place, compound in enumerate(by_compound)}
    return sorted(lines, key=lambda line: order[line.entry.compound_id])


def _in_publicity(results: QuerySet[Result], scope: Scope) -> set[UUID]:
    """The entries whose result was in 公示 at the end of the day."""
    end = scope.ends_at
    live = PublicityStart.objects.filter(live_at__lt=end, ends_at__gte=end)
    return set(results.filter(publicity__start__in=live).values_list("entry", flat=True))
