"""What can be found wrong with a meeting's record before its count, or with its plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    PLAN = "plan"  # the tables no longer say what was announced
    TOO_EARLY = "too-early"  # keys, events or ballots stood there before the opening
    KEY = "key"  # manifest or sealing key are not those of the opening
    PARTS = "parts"  # parts or voters are not those of the manifest
    TURNOUT = "turnout"  # the turnout shown is not that of the ledger
    STRANGE = "strange"  # rows that the portal did not write
    UNTOLD = "untold"  # rows that the ledger does not tell of
    UNBACKED = "unbacked"  # events without the row they tell of
    OPENED = "opened"  # openings or a result stood there before the count
    RECOUNT = "recount"  # what the stand-alone recount found


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong; `facts` are what a sentence about it needs."""

    fault: Fault
    facts: Mapping[str, int | str] = field(default_factory=dict)
