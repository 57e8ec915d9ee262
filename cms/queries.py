"""What the public pages tell, read from the records."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from itertools import groupby
from unicodedata import normalize
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.html import strip_tags

from committees.models import Meeting
from committees.queries import CommitteeStanding, committee_standings
from committees.queries.committee import Seated, seated_of
from portal.campaigns.models import Award
from portal.campaigns.queries import awards_of
from portal.fire import queries as fire
from portal.firms.models import ServiceContract
from portal.places.models import Compound
from portal.publicity import queries as publicities
from portal.publicity.models import Publicity
from portal.publicity.queries import Posted

from .models import CompoundPage, NoticePage, NoticeText, NoticeWithdrawn

NEWEST = 6
BLANK_LINES = re.compile(r"\n{3,}")
FOUND_AT_MOST = 20
LISTED_AT_MOST = 200
BEING_DECIDED = (Meeting.Stage.PUBLISHED, Meeting.Stage.OPEN, Meeting.Stage.CLOSED)


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice in a list, with the compound it belongs to."""

    page: NoticePage
    compound: Compound


@dataclass(frozen=True, slots=True)
class Story:
    """What became of a plain notice: its earlier texts, the newest first, or its withdrawal."""

    compound: Compound
    earlier: tuple[NoticeText, ...]
    corrected_at: datetime | None
    withdrawn: NoticeWithdrawn | None


@dataclass(frozen=True, slots=True)
class Found:
    """Compounds whose name or code holds `asked`; `more` if there are others besides."""

    asked: str
    compounds: list[Compound]
    more: bool


@dataclass(frozen=True, slots=True)
class Street:
    """A street or town with its compounds by name."""

    name: str
    compounds: list[Compound]


@dataclass(frozen=True, slots=True)
class CommitteeFacts:
    """A committee on a day: how it stands, and who sits.

    Members are named in full, for they hold an office; the share of party members is told, never
    who they are.
    """

    standing: CommitteeStanding
    members: tuple[Seated, ...]


@dataclass(frozen=True, slots=True)
class CompoundFacts:
    """One compound on a day, from the records."""

    compound: Compound
    contracts: list[ServiceContract]
    committee: CommitteeFacts | None
    meetings: list[Meeting]
    running: list[Posted]
    notices: list[NoticePage]
    fire: fire.Standing
    awards: list[Award]


def find_compounds(asked: str) -> Found:
    """Those with a public page, by part of the name or the beginning of the code; 1 query."""
    asked = "".join(filter(str.isprintable, normalize("NFKC", asked))).strip()[:60]
    if not asked:
        return Found("", [], more=False)
    named = Q(name__icontains=asked) | Q(code__istartswith=asked)
    pages = CompoundPage.objects.live().values("compound")
    found = Compound.objects.filter(named, pk__in=pages).order_by("name", "code")
    compounds = list(found.select_related("region__parent")[: FOUND_AT_MOST + 1])
    return Found(asked, compounds[:FOUND_AT_MOST], more=len(compounds) > FOUND_AT_MOST)


def compounds_by_street() -> list[Street]:
    """Every compound with a public page, where they are few enough to be listed; 1 query."""
    pages = CompoundPage.objects.live().values("compound")
    rows = Compound.objects.filter(pk__in=pages).select_related("region__parent")
    found = list(rows.order_by("region__path", "name")[: LISTED_AT_MOST + 1])
    if len(found) > LISTED_AT_MOST:
        return []
    return [
        Street(street.name, list(compounds))
        for street, compounds in groupby(found, key=lambda one: one.region.parent or one.region)
    ]


def shown_notices() -> QuerySet[NoticePage]:
    """Live notices that were not withdrawn, the newest first."""
    gone = NoticeWithdrawn.objects.filter(compound=OuterRef("compound"), page=OuterRef("pk"))
    rows: QuerySet[NoticePage] = NoticePage.objects.live().filter(~Exists(gone))
    return rows.order_by("-posted_on", "-pk")


def newest_notices(limit: int = NEWEST) -> list[NoticeLine]:
    """The notices published last in all compounds; 2 queries."""
    pages = list(shown_notices()[:limit])
    compounds = Compound.objects.in_bulk({page.compound for page in pages})
    return [NoticeLine(page, compounds[page.compound]) for page in pages]


def notices_of(compound: UUID) -> list[NoticePage]:
    """A compound's notices, the newest first; 1 query."""
    return list(shown_notices().filter(compound=compound))


def story_of(page: NoticePage) -> Story:
    """What became of a plain notice; 3 queries."""
    here = {"compound": page.compound, "page": page.pk}
    compound = Compound.objects.get(pk=page.compound)
    texts = list(NoticeText.objects.filter(**here).order_by("-number"))
    return Story(
        compound=compound,
        earlier=tuple(texts[1:]),
        corrected_at=texts[0].at if len(texts) > 1 else None,
        withdrawn=NoticeWithdrawn.objects.filter(**here).first(),
    )


def plain_text_of(page: NoticePage) -> dict[str, str]:
    """A notice as its form takes it: title, and the body without its marks."""
    lines = page.body.replace("<br/>", "\n").replace("</p>", "</p>\n\n")
    body = unescape(strip_tags(lines))
    return {"title": page.title, "body": BLANK_LINES.sub("\n\n", body).strip()}


def carried_by(page: NoticePage, at: datetime) -> Posted | None:
    """The publicity that a notice carries, with its clock; 2 queries, none for a plain notice."""
    if page.publicity is None:
        return None
    found = Publicity.objects.select_related("compound").prefetch_related("start")
    return publicities.with_state(found.get(pk=page.publicity), at)


def compound_facts(compound_id: UUID, at: datetime) -> CompoundFacts:
    """What a compound's page tells."""
    on = timezone.localdate(at)
    compound = Compound.objects.select_related("region__parent").get(pk=compound_id)
    contracts = ServiceContract.objects.in_force(on).filter(compound=compound)
    meetings = Meeting.objects.filter(compound=compound, stage__in=BEING_DECIDED)
    return CompoundFacts(
        compound=compound,
        contracts=list(contracts.select_related("firm").order_by("starts_on")),
        committee=_committee(compound, on),
        meetings=list(meetings.select_related("compound").order_by("opens_at")),
        running=publicities.running(at, compound=compound),
        notices=notices_of(compound.pk),
        fire=fire.standing(compound, at=at),
        awards=awards_of(compound),
    )


def _committee(compound: Compound, on: date) -> CommitteeFacts | None:
    standing = committee_standings([compound.pk], on=on).get(compound.pk)
    if standing is None:
        return None
    return CommitteeFacts(standing, seated_of(compound, standing.term, on))
