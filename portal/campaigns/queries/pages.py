"""What the public pages of campaigns show."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from portal.campaigns.models import Award, Campaign, Entry, Result, Submission
from portal.campaigns.rules.record import recomputed
from portal.campaigns.rules.total import Outcome, Total
from portal.campaigns.rules.words import points_words
from portal.publicity import queries as publicities
from portal.publicity.queries import Posted

STAGE_DAYS = {
    Campaign.Stage.ENTRY: "entry_until",
    Campaign.Stage.COMMUNITY: "community_until",
    Campaign.Stage.STREET: "street_until",
    Campaign.Stage.COUNTY: "county_until",
    Campaign.Stage.PUBLICITY: "publicity_on",
}


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry in the public list; result, clock and award once there are such."""

    entry: Entry
    submission: Submission | None
    reckoned: Total | None
    posted: Posted | None
    award: Award | None

    @property
    def points(self) -> str:
        if self.reckoned is None or self.reckoned.tenths is None:
            return ""
        return points_words(self.reckoned.tenths)

    @property
    def is_refused(self) -> bool:
        """Whether the result that was posted names nobody."""
        return self.reckoned is not None and self.reckoned.outcome is not Outcome.REACHED


def campaigns() -> list[Campaign]:
    """All campaigns, the newest first; 1 query."""
    rows = Campaign.objects.select_related("region")
    return list(rows.order_by("-year", "region__path", "-code"))


def entry_lines(campaign: Campaign, at: datetime) -> list[EntryLine]:
    """The entries of a campaign: those named first by points, else by code; drafts last.  The
    number of queries does not grow with the entries."""
    rows = Entry.objects.filter(campaign=campaign).select_related(
        "compound__region__parent", "campaign"
    )
    rows = rows.prefetch_related("submission", "award", "result__publicity__start")
    rows = rows.prefetch_related("result__publicity__compound")
    lines = [_line(entry, at) for entry in rows.order_by("compound__code")]
    return sorted(lines, key=_place)


def result_of(entry: Entry) -> Result | None:
    rows = Result.objects.filter(compound_id=entry.compound_id, entry=entry)
    return rows.select_related("publicity__compound").first()


def award_of(entry: Entry) -> Award | None:
    return Award.objects.filter(compound_id=entry.compound_id, entry=entry).first()


def posted_of(result: Result, at: datetime) -> Posted:
    """The publicity of a result, with its clock."""
    return publicities.with_state(result.publicity, at)


def _line(entry: Entry, at: datetime) -> EntryLine:
    result = next(iter(entry.result.all()), None)
    return EntryLine(
        entry=entry,
        submission=next(iter(entry.submission.all()), None),
        reckoned=recomputed(result.value) if result else None,
        posted=posted_of(result, at) if result else None,
        award=next(iter(entry.award.all()), None),
    )


def _place(line: EntryLine) -> tuple[bool, bool, Fraction]:
    points = line.reckoned.tenths if line.reckoned and line.reckoned.tenths is not None else None
    return line.submission is None, line.is_refused, -(points or Fraction(0))
