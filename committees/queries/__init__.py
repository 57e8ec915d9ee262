"""Reads that span the models of meetings and of committees."""

from .announced import announced_plan, moves_of, posted_words, sealing_keys, still_stands
from .committee import choice_in_force, following_term
from .own_rules import settable_rules
from .progress import eligible, parts_are_the_rolls, publications, slates, turned_out
from .record import (
    ballot_seqs,
    last_hash,
    parts_csv_bytes,
    record_ballots,
    record_events,
    record_files,
    record_parts,
    served_voters,
    told_move,
    told_moves,
    untold_first,
    untold_voidings,
    voided_seqs,
    voters_of_unopenable,
)
from .results import results_of
from .roll import (
    frozen_heads,
    parts_on_the_roll,
    room_on_the_roll,
    stands_on_the_roll,
    voters_at,
    voters_of,
)
from .rules import (
    days_of,
    local,
    periods,
    plan,
    result_days,
    rules_of,
    rules_of_the_day,
    term_years,
)
from .soundness import (
    first_of_no_kind,
    parts_hash,
    rows_and_ledger,
    turnout_is_the_ledgers,
    was_opened_before,
)
from .stages import MeetingStage, meeting_stages
from .standing import CommitteeStanding, ReElection, committee_standings, re_elections
from .terms import ALERT_RULES, term_marks

__all__ = [
    "ALERT_RULES",
    "CommitteeStanding",
    "MeetingStage",
    "ReElection",
    "announced_plan",
    "ballot_seqs",
    "choice_in_force",
    "committee_standings",
    "days_of",
    "eligible",
    "first_of_no_kind",
    "following_term",
    "frozen_heads",
    "last_hash",
    "local",
    "meeting_stages",
    "moves_of",
    "parts_are_the_rolls",
    "parts_csv_bytes",
    "parts_hash",
    "parts_on_the_roll",
    "periods",
    "plan",
    "posted_words",
    "publications",
    "re_elections",
    "record_ballots",
    "record_events",
    "record_files",
    "record_parts",
    "result_days",
    "results_of",
    "room_on_the_roll",
    "rows_and_ledger",
    "rules_of",
    "rules_of_the_day",
    "sealing_keys",
    "served_voters",
    "settable_rules",
    "slates",
    "stands_on_the_roll",
    "still_stands",
    "term_marks",
    "term_years",
    "told_move",
    "told_moves",
    "turned_out",
    "turnout_is_the_ledgers",
    "untold_first",
    "untold_voidings",
    "voided_seqs",
    "voters_at",
    "voters_of",
    "voters_of_unopenable",
    "was_opened_before",
]
