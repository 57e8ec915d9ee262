"""Changes to the roll."""

from .binding import BoundAlready, bind
from .freezing import freeze_roll
from .importing import RollNotReadable, check_roll, import_roll, stage_roll, take_in

__all__ = [
    "BoundAlready",
    "RollNotReadable",
    "bind",
    "check_roll",
    "freeze_roll",
    "import_roll",
    "stage_roll",
    "take_in",
]
