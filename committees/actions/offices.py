"""A seat on the committee brings its holder's account the office 业委会成员, and takes it back.

It follows from the seat and is nobody's appointment: given for the rest of the term when the seat
is taken or, later, when the account is bound; never to alternates.  Whoever appoints by hand is
left alone: an office held already stays as it is, and what was ended by hand is not given again.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from committees import queries
from committees.models import Member
from portal.accounts import actions as accounts
from portal.accounts.models import CompoundOffice, User
from portal.owners.models import Binding

ROLE = CompoundOffice.Role.MEMBER


def give_offices(members: Iterable[Member], *, at: datetime) -> None:
    """Give the office to those of `members` of one compound who have a seat and an account."""
    seated = [one for one in members if one.alternate_rank is None]
    users = _users_of(seated)
    for member in seated:
        user = users.get(member.owner_id)
        if user is not None:
            _give(member, user, at=at)


def take_back(members: Iterable[Member], *, last_on: date, at: datetime) -> None:
    """End the offices that came with these seats with that day; one that begins later never was."""
    for member in members:
        office = member.office
        if office is None:
            continue
        if last_on < office.since:
            _remember(member, None)
            accounts.call_off_office(office, by=None, at=at)
            continue
        with suppress(accounts.EndedAlready):
            accounts.end_office(office, on=last_on, by=None, at=at)


@transaction.atomic
def follow_binding(binding: Binding, *, at: datetime) -> None:
    """Give the office to who was found to be a member; take it back where that was ended."""
    today = queries.local(at).date()
    seats = Member.objects.filter(compound_id=binding.compound_id, owner=binding.owner_id)
    seats = seats.select_related("term", "office")
    if binding.ended_at is None:
        still = Q(until__isnull=True) | Q(until__gte=today)
        give_offices(seats.filter(still, term__ends_on__gte=today), at=at)
        return
    given = list(seats.filter(office__user=binding.user))
    take_back(given, last_on=today - timedelta(days=1), at=at)
    for member in given:  # bound again, the account is given the office again
        _remember(member, None)


def _users_of(members: list[Member]) -> dict[UUID, User]:
    """Whose account each owner's is; 2 queries."""
    if not members:
        return {}
    owners = [member.owner_id for member in members]
    bound = Binding.objects.current().filter(compound_id=members[0].compound_id, owner__in=owners)
    by_owner = dict(bound.values_list("owner_id", "user"))
    users = User.objects.in_bulk(by_owner.values())
    return {owner: users[user] for owner, user in by_owner.items() if user in users}


def _give(member: Member, user: User, *, at: datetime) -> None:
    if member.office is not None and member.office.user_id == user.pk:
        return
    today = queries.local(at).date()
    take_back([member], last_on=today - timedelta(days=1), at=at)
    until = member.until or member.term.ends_on
    since = _free_from(member, user, max(member.since, today), until)
    if since is None:
        return
    wanted = accounts.Appointment(user, ROLE, since, until)
    with suppress(accounts.Unfit):  # the account is shut
        _remember(member, accounts.appoint(member.compound, wanted, by=None, at=at))


def _free_from(member: Member, user: User, since: date, until: date) -> date | None:
    """The first day on which the user does not hold the office already, None if it is held to the
    end."""
    held = CompoundOffice.objects.filter(
        Q(until__isnull=True) | Q(until__gte=since),
        compound_id=member.compound_id,
        user=user,
        role=ROLE,
        since__lte=until,
    )
    for office in held.order_by("since"):
        if office.until is None:
            return None
        since = office.until + timedelta(days=1)
    return since if since <= until else None


def _remember(member: Member, office: CompoundOffice | None) -> None:
    member.office = office
    member.save(update_fields=["office"])
