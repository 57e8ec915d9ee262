"""The members choose a chair and vice chairs among themselves; every choice stays on record."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from committees import queries
from committees.models import Member, PostHeld, PostsChosen, Term
from committees.rules.roster import Choice, posts_faults
from portal.tools.audit.actions import note

from .refusals import PostsUnfit

Post = PostHeld.Post


@dataclass(frozen=True, slots=True)
class Posts:
    """All posts of a choice, by members: the chair, None where it is vacant, and vice chairs."""

    chair: UUID | None
    vices: frozenset[UUID]
    since: date
    basis: str

    @property
    def by_member(self) -> dict[UUID, str]:
        held = dict.fromkeys(self.vices, Post.VICE.value)
        return held | ({self.chair: Post.CHAIR.value} if self.chair else {})


@transaction.atomic
def choose_posts(term: Term, posts: Posts, *, by: UUID, at: datetime) -> PostsChosen:
    """Put down who was chosen (指导规则 art. 32); what was chosen before stays on record.  The same
    again is the same choice.  Refuses PostsUnfit."""
    term = Term.objects.select_for_update(of=("self",), no_key=True).get(
        compound_id=term.compound_id, pk=term.pk
    )
    _refuse_unfit(term, posts, queries.local(at).date())
    last = queries.choice_in_force(term, posts.since)
    if last is not None and _is_the_same(last, posts):
        return last
    chosen = PostsChosen.objects.create(
        compound_id=term.compound_id,
        term=term,
        since=posts.since,
        basis=posts.basis,
        by=by,
        at=at,
    )
    PostHeld.objects.bulk_create(
        PostHeld(compound_id=term.compound_id, chosen=chosen, member_id=member, post=post)
        for member, post in posts.by_member.items()
    )
    note("committees.choose_posts", chosen, by=by, at=at)
    return chosen


def _refuse_unfit(term: Term, posts: Posts, today: date) -> None:
    """Members sit until the next term begins, also past the end of their own."""
    following = queries.following_term(term)
    last_on = max(term.ends_on, today)
    if following is not None:
        last_on = following.starts_on - timedelta(days=1)
    sitting = Member.objects.sitting(posts.since).filter(compound_id=term.compound_id, term=term)
    faults = posts_faults(
        Choice(posts.chair, posts.vices, posts.since),
        seated=set(sitting.values_list("pk", flat=True)),
        first_on=term.starts_on,
        last_on=last_on,
    )
    if faults:
        raise PostsUnfit(faults, term.starts_on, last_on)


def _is_the_same(chosen: PostsChosen, posts: Posts) -> bool:
    held = {one.member_id: one.post for one in chosen.held.all()}
    return (chosen.since, chosen.basis, held) == (posts.since, posts.basis, posts.by_member)
