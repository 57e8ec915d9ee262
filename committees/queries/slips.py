"""Paper slips: whose a slip is, and which were keyed; never what a slip says."""

from django.db.models import QuerySet

from committees.models import Ballot, Meeting, Voided, Voter
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


def voided_count(meeting: Meeting) -> int:
    """How many ballots of the meeting were voided and do not count."""
    return Voided.objects.filter(compound_id=meeting.compound_id, meeting=meeting).count()
