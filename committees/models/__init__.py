"""The rows of self-government."""

from .announced import AnnouncedPlan, Rescheduled, SealingKey
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
from .committees import Committee, Member, PostHeld, PostsChosen, Term
from .meetings import CalledOff, Candidate, Matter, Meeting, Voter, VoterPart

__all__ = [
    "AnnouncedPlan",
    "Ballot",
    "CalledOff",
    "Candidate",
    "Committee",
    "LedgerEvent",
    "Matter",
    "Meeting",
    "Member",
    "Opening",
    "PostHeld",
    "PostsChosen",
    "Refused",
    "Rescheduled",
    "Result",
    "SealingKey",
    "Served",
    "Term",
    "Turnout",
    "Voided",
    "Voter",
    "VoterPart",
    "Waiver",
]
