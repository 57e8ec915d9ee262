"""A compound's committee: its terms, who sits in each, in which post, and how it was chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet

from committees.models import Meeting, Member, PostsChosen, Term
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
class Choosing:
    """A choice of chair and vice chairs, by names."""

    chosen: PostsChosen
    chair: str
    vices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Who left before the term was over, and who moved up for them; or who was elected into a
    vacancy.  `on` is the last day of who left, the first of who came."""

    on: date
    member: Member
    is_leave: bool
    follower: Member | None = None


@dataclass(frozen=True, slots=True)
class TermFacts:
    """A term as of `on`: today, the last day of its members, or its first while it is to come."""

    term: Term
    on: date
    state: State
    seated: tuple[Seated, ...]
    chosen: tuple[Choosing, ...]
    election: Meeting | None
    changes: tuple[Change, ...]

    @property
    def vacant(self) -> int:
        """How many of the term's seats nobody held."""
        return self.term.vacant(sum(one.post != Post.ALTERNATE for one in self.seated))

    @property
    def has_chair(self) -> bool:
        return any(one.post == Post.CHAIR for one in self.seated)


def has_terms(compound: Compound) -> bool:
    return Term.objects.filter(compound=compound).exists()


def terms_of(compound: Compound, on: date) -> list[TermFacts]:
    """The committee's terms, the newest first, each with those who sat last in it and who came and
    went meanwhile; 5 queries."""
    terms = list(
        Term.objects.filter(compound=compound).select_related("committee").order_by("-starts_on")
    )
    members: dict[UUID, list[Member]] = {term.pk: [] for term in terms}
    rows = Member.objects.filter(compound=compound, term__in=terms)
    rows = rows.select_related("owner", "elected_in__meeting__compound")
    for member in rows.order_by("since", "pk"):
        members[member.term_id].append(member)
    choices: dict[UUID, list[PostsChosen]] = {term.pk: [] for term in terms}
    for chosen in _choices(compound.pk, [term.pk for term in terms]):
        choices[chosen.term_id].append(chosen)
    elections = Meeting.objects.select_related("compound").filter(
        compound=compound, pk__in=[term.meeting for term in terms if term.meeting]
    )
    meetings = {meeting.pk: meeting for meeting in elections}
    found, next_starts_on = [], None
    for term in terms:
        state = _state(term, next_starts_on, on)
        told_on = _told_on(term, state, next_starts_on or on, on)
        meeting = meetings.get(term.meeting) if term.meeting else None
        there, acts = members[term.pk], choices[term.pk]
        seated = _seated_among(there, _in_force(acts, told_on), told_on)
        facts = (state, seated, _told(acts, there), meeting, _changes(there))
        found.append(TermFacts(term, told_on, *facts))
        next_starts_on = term.starts_on
    return found


def seated_of(compound: Compound, term: UUID, on: date) -> tuple[Seated, ...]:
    """Who sits with a seat in a term on a day, by post; 3 queries."""
    rows = Member.objects.sitting(on).filter(compound=compound, term=term).select_related("owner")
    chosen = _in_force(_choices(compound.pk, [term]), on)
    return _seated_among(rows.order_by("since", "pk"), chosen, on)


def choice_in_force(term: Term, on: date) -> PostsChosen | None:
    """The choice of chair and vice chairs that holds on a day, None where none was recorded."""
    return _in_force(_choices(term.compound_id, [term.pk]), on)


def following_term(term: Term) -> Term | None:
    """The term of the same committee that begins next after this one."""
    later = Term.objects.filter(
        compound_id=term.compound_id, committee=term.committee_id, starts_on__gt=term.starts_on
    )
    return later.order_by("starts_on").first()


def waiting_alternates(member: Member) -> list[Member]:
    """The alternates of the member's term who have not ended, by rank."""
    rows = Member.objects.filter(compound_id=member.compound_id, term=member.term_id)
    rows = rows.filter(alternate_rank__isnull=False, until__isnull=True)
    return list(rows.select_related("owner").order_by("alternate_rank"))


def _changes(members: list[Member]) -> tuple[Change, ...]:
    """The latest first."""
    followers = {one.came_for_id: one for one in members if one.came_for_id}
    found = [
        Change(one.until, one, is_leave=True, follower=followers.get(one.pk))
        for one in members
        if one.until is not None and one.end_reason in Member.LEAVES
    ]
    found += [
        Change(one.since, one, is_leave=False) for one in members if one.elected_in is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.member.pk), reverse=True))


def _choices(compound: UUID, terms: list[UUID]) -> QuerySet[PostsChosen]:
    """The choices of these terms, the one that holds longest first."""
    rows = PostsChosen.objects.filter(compound=compound, term__in=terms)
    return rows.prefetch_related("held").order_by("-since", "-at", "-pk")


def _in_force(choices: Iterable[PostsChosen], on: date) -> PostsChosen | None:
    return next((one for one in choices if one.since <= on), None)


def _told(choices: list[PostsChosen], members: list[Member]) -> tuple[Choosing, ...]:
    names = {member.pk: member.owner.name for member in members}
    found = []
    for one in choices:
        held: dict[str, list[str]] = {Post.CHAIR: [], Post.VICE: []}
        for row in one.held.all():
            held[row.post].append(names[row.member_id])
        found.append(Choosing(one, "".join(held[Post.CHAIR]), tuple(held[Post.VICE])))
    return tuple(found)


def _seated_among(
    members: Iterable[Member], chosen: PostsChosen | None, on: date
) -> tuple[Seated, ...]:
    """Those of `members` in office on the day, by post, alternates by rank."""
    held = {one.member_id: one.post for one in chosen.held.all()} if chosen else None
    there = []
    for member in members:
        post = member.post
        if held is not None and member.alternate_rank is None:
            post = held.get(member.pk, Post.MEMBER)
        if member.is_in_office(on):
            there.append(Seated(member, Post(post)))
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
