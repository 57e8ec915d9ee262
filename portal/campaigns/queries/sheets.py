"""An entry item by item: what it says of itself, what the records say, what each level gave."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

from portal.campaigns.models import Attachment, Entry, Scoring, SelfScore, Submission
from portal.campaigns.rules.standard import Heading, Item, Scorer, Standard
from portal.campaigns.rules.total import Total
from portal.campaigns.rules.words import points_words

from .entries import draft_of, files_of
from .sources import frozen_records

NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Given:
    """What a level gave for an item, in words, and its note."""

    by: str
    points: str
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    """An item of an entry with all that stands beside it; `record` is None of uploaded ones."""

    item: Item
    own: str
    words: str
    files: list[Attachment]
    record: Mapping[str, Any] | None
    given: list[Given]

    def given_by(self, scorer: Scorer) -> str:
        label = str(Scoring.By(scorer).label)
        return next((one.points for one in self.given if one.by == label), NOTHING)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the standard, its points so far, and its items."""

    heading: Heading
    points: str
    lines: list[Line]


def sections_of(
    entry: Entry,
    standard: Standard,
    submission: Submission,
    scorings: Mapping[Scorer, Scoring],
    reckoned: Total,
) -> list[Section]:
    """The whole of a submitted entry; 1 query."""
    files = files_of(entry)
    return [
        Section(
            heading,
            NOTHING if reckoned.tenths is None else points_words(reckoned.headings[heading.code]),
            [_line(item, submission, files, scorings.values()) for item in heading.items],
        )
        for heading in standard.headings
    ]


def draft_lines(entry: Entry, standard: Standard, at: datetime) -> list[tuple[Heading, list[Line]]]:
    """A draft as it would be submitted at that moment."""
    marks, files = draft_of(entry), files_of(entry)
    records = frozen_records(standard.sources, entry.compound, at)
    return [
        (
            heading,
            [
                _draft_line(item, marks.get(item.code), files, records.get(item.source))
                for item in heading.items
            ],
        )
        for heading in standard.headings
    ]


def _draft_line(
    item: Item,
    mark: SelfScore | None,
    files: Mapping[str, list[Attachment]],
    record: Mapping[str, Any] | None,
) -> Line:
    tenths = mark.tenths if mark else None
    return Line(
        item=item,
        own=NOTHING if tenths is None else points_words(tenths),
        words=mark.words if mark else "",
        files=files.get(item.code, []),
        record=record,
        given=[],
    )


def _line(
    item: Item,
    submission: Submission,
    files: Mapping[str, list[Attachment]],
    scorings: Iterable[Scoring],
) -> Line:
    own = submission.body["marks"][item.code]
    return Line(
        item=item,
        own=points_words(own["tenths"]),
        words=own["words"],
        files=files.get(item.code, []),
        record=submission.body["records"].get(item.source),
        given=[_given(one, item) for one in scorings],
    )


def _given(scoring: Scoring, item: Item) -> Given:
    mark = scoring.marks[item.code]
    return Given(str(Scoring.By(scoring.level).label), points_words(mark["tenths"]), mark["note"])


@dataclass(frozen=True, slots=True)
class Summary:
    """A total in words: points of all, outcome, what is missing, what is short of a level."""

    points: str
    of: int
    scorers: list[tuple[str, str]]
    reckoned: Total
    vetoes: list[str]
    missing: list[tuple[str, int]]
    short: str

    @property
    def level(self) -> str:
        return self.reckoned.level.title if self.reckoned.level else ""

    @property
    def next_level(self) -> str:
        return self.reckoned.next_level.title if self.reckoned.next_level else ""


def summary_of(standard: Standard, reckoned: Total) -> Summary:
    titles = {veto.code: veto.title for veto in standard.vetoes}
    lacking = Counter(one.scorer for one in reckoned.missing)
    return Summary(
        points=NOTHING if reckoned.tenths is None else points_words(reckoned.tenths),
        of=standard.points,
        scorers=[
            (str(Scoring.By(scorer).label), points_words(reckoned.scorers[scorer]))
            for scorer in Scorer
            if scorer in reckoned.scorers
        ],
        reckoned=reckoned,
        vetoes=[titles[code] for code in reckoned.vetoes],
        missing=[(str(Scoring.By(scorer).label), count) for scorer, count in lacking.items()],
        short="" if reckoned.short is None else points_words(ceil(reckoned.short)),
    )
