"""Open the envelopes of ballots: only for the count, or to see that one does not open."""

import json
from collections.abc import Iterable
from uuid import UUID

from committees import queries
from committees.models import Ballot, Meeting
from committees.rules import record
from portal.tools.privacy import envelope

from .keys import private_key
from .refusals import BallotsUnopenable

Closed = tuple[
    UUID, str, str, bytes | memoryview
]  # a ballot's key, its voter, its seal, its envelope


def open_all(meeting: Meeting) -> list[record.Opening]:
    """What every ballot says that was not voided, by its number in the ledger.  Refuses
    BallotsUnopenable with all that do not open, or do not fit their seal."""
    private = private_key(meeting) or ""
    seqs = queries.ballot_seqs(meeting)
    openings, shut = [], []
    for ballot in _standing(meeting):
        seq = seqs[ballot[0]]
        said = _open(meeting, ballot, private)
        if said is None:
            shut.append(seq)
        else:
            openings.append(record.Opening(seq, *said))
    if shut:
        raise BallotsUnopenable(tuple(sorted(shut)))
    return sorted(openings, key=lambda one: one.seq)


def unopenable(meeting: Meeting) -> list[tuple[int, UUID]]:
    """The standing ballots that do not open, with their numbers in the ledger."""
    private = private_key(meeting) or ""
    seqs = queries.ballot_seqs(meeting)
    shut = [ballot for ballot in _standing(meeting) if _open(meeting, ballot, private) is None]
    return sorted((seqs[one[0]], one[0]) for one in shut)


def _standing(meeting: Meeting) -> Iterable[Closed]:
    rows = Ballot.objects.filter(
        compound_id=meeting.compound_id, meeting=meeting, voided__isnull=True
    ).values_list("pk", "voter__pseudonym", "seal", "envelope")
    return rows.iterator(chunk_size=5000)


def _open(
    meeting: Meeting, ballot: Closed, private: str
) -> tuple[dict[str, list[int]], str] | None:
    """Choices and nonce; None where the envelope is spoilt or holds what the seal is not of."""
    _pk, voter, seal, closed = ballot
    try:
        plain = envelope.open_(bytes(closed), private=private, place=f"{meeting.pk}:{voter}")
        said = json.loads(plain)
        if record.seal(voter, said["choices"], said["nonce"]) != seal:
            return None
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
    return said["choices"], said["nonce"]
