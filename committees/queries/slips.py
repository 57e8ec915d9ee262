"""Paper slips: whose a slip is, and which were keyed; never what a slip says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from committees.models import Ballot, Meeting, Voided, Voter
from portal.accounts.models import User
from portal.approvals.models import Request
from portal.approvals.queries import open_requests
from portal.owners.rules.rooms import read_room


def voters_by(meeting: Meeting, words: str) -> list[Voter]:
    """The voters a slip number or a room means."""
    rows = Voter.objects.filter(compound_id=meeting.compound_id, meeting=meeting)
    if words.strip().isdecimal():
        return list(rows.filter(slip=int(words)))
    parsed = read_room(words)
    return list(rows.filter(rooms__contains=[parsed.key])) if parsed else []


def keyed_slips(meeting: Meeting) -> QuerySet[Ballot]:
    """The paper ballots keyed, the last one first, each with its voter and whether it is void."""
    rows = Ballot.objects.filter(
        compound_id=meeting.compound_id, meeting=meeting, channel=Ballot.Channel.PAPER
    )
    return (
        rows.defer("envelope")
        .select_related("voter")
        .prefetch_related("voided")
        .order_by("-received_at", "-pk")
    )


VOID = "committees.void_ballot"


@dataclass(frozen=True, slots=True)
class Keyer:
    """Who keyed paper ballots, how many, and how many of them are void."""

    name: str
    keyed: int
    voided: int


def keyers(meeting: Meeting) -> list[Keyer]:
    """Who keyed the meeting's paper ballots, the one of most first; 2 queries."""
    rows = (
        Ballot.objects.filter(
            compound_id=meeting.compound_id, meeting=meeting, channel=Ballot.Channel.PAPER
        )
        .values("keyed_by")
        .annotate(keyed=Count("pk", distinct=True), void=Count("voided", distinct=True))
        .order_by("-keyed", "keyed_by")
    )
    users = User.objects.in_bulk([row["keyed_by"] for row in rows])
    return [
        Keyer(users[row["keyed_by"]].name, row["keyed"], row["void"])
        for row in rows
        if row["keyed_by"] in users
    ]


def keyers_of(ballots: Iterable[Ballot]) -> dict[UUID | None, str]:
    """The names of those who keyed these ballots, by their ids."""
    ids = {one.keyed_by for one in ballots if one.keyed_by}
    return {user.pk: user.name for user in User.objects.filter(pk__in=ids)}


def voiding_asked(ballot: Ballot, at: datetime) -> Request | None:
    """The request to void a ballot that waits for an answer, if there is one."""
    return open_requests(VOID, ballot.compound, at, target=ballot.pk).first()


def voided_count(meeting: Meeting) -> int:
    """How many ballots of the meeting were voided and do not count."""
    return Voided.objects.filter(compound_id=meeting.compound_id, meeting=meeting).count()
