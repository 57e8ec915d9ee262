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

__all__ = [
    "Answer",
    "Entry",
    "EquipmentFacts",
    "PlaceFacts",
    "change_equipment",
    "change_place",
    "log_check",
    "log_in_bulk",
    "recheck_defect",
    "register_equipment",
    "register_place",
    "repair_defect",
    "retire_equipment",
    "retire_place",
]
