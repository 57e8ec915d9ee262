"""What is done in fire safety: one function, one transaction."""

from .defects import recheck_defect, repair_defect
from .logging import Answer, Entry, log_check, log_in_bulk
from .register import (
    EquipmentFacts,
    PlaceFacts,
    change_equipment,
    change_place,
    register_equipment,
    register_place,
    retire_equipment,
    retire_place,
)
from .retiring import Retiring, ask_to_retire, confirm_retirement, refuse_unfit

__all__ = [
    "Answer",
    "Entry",
    "EquipmentFacts",
    "PlaceFacts",
    "Retiring",
    "ask_to_retire",
    "change_equipment",
    "change_place",
    "confirm_retirement",
    "log_check",
    "log_in_bulk",
    "recheck_defect",
    "refuse_unfit",
    "register_equipment",
    "register_place",
    "repair_defect",
    "retire_equipment",
    "retire_place",
]
