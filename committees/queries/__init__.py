"""Reads that span the models of meetings and of committees."""

from .committee import choice_in_force, following_term
from .own_rules import settable_rules
from .progress import eligible, publications, slates, turned_out
from .record import (
    last_hash,
    record_ballots,
    record_events,
    record_files,
    record_parts,
    served_voters,
    untold_first,
    untold_voidings,
    voided_seqs,
)
from .roll import (
    frozen_heads,
    parts_on_the_roll,
    room_on_the_roll,
    stands_on_the_roll,
    voters_at,
    voters_of,
)
from .rules import local, manifest, periods, result_days, rules_of, rules_of_the_day, term_years
from .stages import MeetingStage, meeting_stages
from .standing import CommitteeStanding, ReElection, committee_standings, re_elections
from .terms import ALERT_RULES, term_marks

__all__ = [
    "ALERT_RULES",
    "CommitteeStanding",
    "MeetingStage",
    "ReElection",
    "choice_in_force",
    "committee_standings",
    "eligible",
    "following_term",
    "frozen_heads",
    "last_hash",
    "local",
    "manifest",
    "meeting_stages",
    "parts_on_the_roll",
    "periods",
    "publications",
    "re_elections",
    "record_ballots",
    "record_events",
    "record_files",
    "record_parts",
    "result_days",
    "room_on_the_roll",
    "rules_of",
    "rules_of_the_day",
    "served_voters",
    "settable_rules",
    "slates",
    "stands_on_the_roll",
    "term_marks",
    "term_years",
    "turned_out",
    "untold_first",
    "untold_voidings",
    "voided_seqs",
    "voters_at",
    "voters_of",
]
