"""A compound's committee for its page: its terms, who sits in each, in which post."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from committees.models import Meeting, Member, Term
from portal.places.models import Compound

Post = Member.Post
ORDER = list(Post)  # chair, vice chairs, members, alternates


@dataclass(frozen=True, slots=True)
class Seated:
    """A member or an alternate with the post of a day."""

    member: Member
    post: Post

    @property
    def name(self) -> str:
        return self.member.owner.name

    @property
    def post_words(self) -> str:
        return str(self.post.label)


class State(StrEnum):
    TO_COME = "to-come"
    CURRENT = "current"
    RUN_OUT = "run-out"  # over, and nobody follows yet: its members sit on
    FOLLOWED = "followed"


@dataclass(frozen=True, slots=True)
class TermFacts:
    """A term as of `on`: today, the last day of its members, or its first while it is to come."""

    term: Term
    on: date
    state: State
    seated: tuple[Seated, ...]
    election: Meeting | None


def has_terms(compound: Compound) -> bool:
    return Term.objects.filter(compound=compound).exists()


def terms_of(compound: Compound, on: date) -> list[TermFacts]:
    """The committee's terms, the newest first, each with those who sat last in it; 3 queries."""
    terms = list(
        Term.objects.filter(compound=compound).select_related("committee").order_by("-starts_on")
    )
    members: dict[UUID, list[Member]] = {term.pk: [] for term in terms}
    rows = Member.objects.filter(compound=compound, term__in=terms).select_related("owner")
    for member in rows.order_by("since", "pk"):
        members[member.term_id].append(member)
    elections = Meeting.objects.select_related("compound").filter(
        compound=compound, pk__in=[term.meeting for term in terms if term.meeting]
    )
    meetings = {meeting.pk: meeting for meeting in elections}
    found, next_starts_on = [], None
    for term in terms:
        state = _state(term, next_starts_on, on)
        told_on = _told_on(term, state, next_starts_on or on, on)
        meeting = meetings.get(term.meeting) if term.meeting else None
        seated = seated_among(members[term.pk], told_on)
        found.append(TermFacts(term, told_on, state, seated, meeting))
        next_starts_on = term.starts_on
    return found


def seated_of(compound: Compound, term: UUID, on: date) -> tuple[Seated, ...]:
    """Who sits with a seat in a term on a day, by post; 1 query."""
    rows = Member.objects.sitting(on).filter(compound=compound, term=term).select_related("owner")
    return seated_among(rows.order_by("since", "pk"), on)


def seated_among(members: Iterable[Member], on: date) -> tuple[Seated, ...]:
    """Those of `members` in office on the day, by post, alternates by rank."""
    there = [Seated(one, Post(one.post)) for one in members if one.is_in_office(on)]
    return tuple(
        sorted(there, key=lambda one: (ORDER.index(one.post), one.member.alternate_rank or 0))
    )


def _state(term: Term, next_starts_on: date | None, on: date) -> State:
    if on < term.starts_on:
        return State.TO_COME
    if next_starts_on is not None and next_starts_on <= on:
        return State.FOLLOWED
    return State.CURRENT if on <= term.ends_on else State.RUN_OUT


def _told_on(term: Term, state: State, next_starts_on: date, on: date) -> date:
    """Members sit until the next term begins, also past the end of their own."""
    if state is State.TO_COME:
        return term.starts_on
    return next_starts_on - timedelta(days=1) if state is State.FOLLOWED else on
