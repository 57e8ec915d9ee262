"""The rows of self-government."""

from .ballots import (
    Ballot,
    LedgerEvent,
    Opening,
    Refused,
    Result,
    Served,
    Turnout,
    Voided,
    Waiver,
)
from .committees import Committee, Member, Term
from .meetings import Candidate, Matter, Meeting, Voter, VoterPart

__all__ = [
    "Ballot",
    "Candidate",
    "Committee",
    "LedgerEvent",
    "Matter",
    "Meeting",
    "Member",
    "Opening",
    "Refused",
    "Result",
    "Served",
    "Term",
    "Turnout",
    "Voided",
    "Voter",
    "VoterPart",
    "Waiver",
]
