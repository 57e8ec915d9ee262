"""A member leaves before the term is over, and the first alternate takes the seat."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from committees import queries
from committees.models import Member, PostHeld, Term
from committees.rules.roster import Leave, leaving_faults
from portal.tools.audit.actions import note
from portal.tools.history.actions import keep, keep_removed, said_by

from .offices import give_offices, take_back
from .refusals import LeaveUnfit, LeftAlready, SeatStands

Ending = Member.Ending


@dataclass(frozen=True, slots=True)
class Leaving:
    """The last day with a seat, one of `Member.LEAVES`, its document, and who moves up."""

    last_on: date
    reason: str
    basis: str
    follower: UUID | None


@transaction.atomic
def leave_seat(member: Member, leaving: Leaving, *, by: UUID, at: datetime) -> Member:
    """End a seat, or an alternate's rank, with its last day; the follower sits from the next.

    The same once more is the same leave.  Refuses LeftAlready, and LeaveUnfit with every fault.
    """
    member = _alone(member)
    if member.until is not None:
        if not _is_the_same(member, member.until, leaving):
            raise LeftAlready(member.until)
        return member
    alternates = _alternates(member, leaving.last_on)
    faults = leaving_faults(
        Leave(leaving.last_on, leaving.follower),
        since=member.since,
        today=queries.local(at).date(),
        ranks={pk: one.alternate_rank or 0 for pk, one in alternates.items()},
    )
    if faults:
        raise LeaveUnfit(faults, member.since)
    end_seat(member, leaving.last_on, leaving.reason, leaving.basis, at=at)
    if leaving.follower is not None:
        _move_up(alternates[leaving.follower], member, leaving, at=at)
    note("committees.leave_seat", member, by=by, at=at, facts={"reason": leaving.reason})
    return member


@transaction.atomic
def return_to_seat(member: Member, *, by: UUID, at: datetime) -> None:
    """Take a leave out again that was put down by mistake, and who moved up by it; out already,
    nothing happens.  Refuses SeatStands: another term follows, or something rests on it."""
    member = _alone(member)
    if member.until is None:
        return
    mine = Member.objects.filter(compound_id=member.compound_id, term=member.term)
    follower = mine.filter(came_for=member).select_related("office").first()
    is_followed = queries.following_term(member.term) is not None
    if member.end_reason not in Member.LEAVES or is_followed or _rests_on(follower):
        raise SeatStands
    if follower is not None:
        take_back([follower], last_on=member.until, at=at)
        keep_removed([follower], Member.HISTORY, by=by, at=at)
        follower.delete()
        waited = mine.filter(owner=follower.owner_id, until=member.until)
        for alternate in waited.filter(end_reason=Ending.MOVED_UP):
            set_ending(alternate, None, "", "", at=at)
    member.office = None
    member.save(update_fields=["office"])
    set_ending(member, None, "", "", at=at)
    give_offices([member], at=at)
    note("committees.return_to_seat", member, by=by, at=at)


def end_seat(member: Member, last_on: date, reason: str, basis: str, *, at: datetime) -> None:
    set_ending(member, last_on, reason, basis, at=at)
    take_back([member], last_on=last_on, at=at)


def set_ending(
    member: Member, last_on: date | None, reason: str, basis: str, *, at: datetime
) -> None:
    """Write the last day of a seat, or take it out; what stood before stays known of its time."""
    before = said_by(member, Member.ENDING)
    member.until, member.end_reason, member.end_basis = last_on, reason, basis
    member.save(update_fields=["until", "end_reason", "end_basis"])
    keep(member, before, acts_from=None, by=None, at=at)


def _alone(member: Member) -> Member:
    """The member as it stands, while nobody else changes its term."""
    Term.objects.select_for_update(of=("self",), no_key=True).get(
        compound_id=member.compound_id, pk=member.term_id
    )
    rows = Member.objects.select_related("term__committee", "office", "compound")
    return rows.get(compound_id=member.compound_id, pk=member.pk)


def _is_the_same(member: Member, until: date, leaving: Leaving) -> bool:
    """Whether it was put down so already, with the same one moving up."""
    owners = Member.objects.filter(compound_id=member.compound_id).values_list("owner", flat=True)
    came = owners.filter(came_for=member).first()
    asked = owners.filter(pk=leaving.follower).first() if leaving.follower else None
    return (until, member.end_reason, came) == (leaving.last_on, leaving.reason, asked)


def _alternates(member: Member, on: date) -> dict[UUID, Member]:
    """Those who could move up on the day after; for an alternate's place nobody does."""
    if member.alternate_rank is not None:
        return {}
    rows = Member.objects.in_office(on).filter(
        compound_id=member.compound_id,
        term=member.term,
        alternate_rank__isnull=False,
        until__isnull=True,
    )
    return {one.pk: one for one in rows}


def _move_up(alternate: Member, member: Member, leaving: Leaving, *, at: datetime) -> None:
    end_seat(alternate, leaving.last_on, Ending.MOVED_UP, "", at=at)
    follower = Member.objects.create(
        compound=member.compound,
        term=member.term,
        owner_id=alternate.owner_id,
        is_party_member=alternate.is_party_member,
        since=leaving.last_on + timedelta(days=1),
        came_for=member,
        entered_at=at,
    )
    give_offices([follower], at=at)


def _rests_on(follower: Member | None) -> bool:
    """Whether who moved up has left since, or was chosen for a post."""
    if follower is None:
        return False
    held = PostHeld.objects.filter(compound_id=follower.compound_id, member=follower)
    return follower.until is not None or held.exists()
