"""Changes to the roll."""

from .binding import BoundAlready, bind
from .delegating import NotAnOwner, name_delegate
from .freezing import freeze_roll
from .importing import RollNotReadable, check_roll, import_roll, stage_roll, take_in

__all__ = [
    "BoundAlready",
    "NotAnOwner",
    "RollNotReadable",
    "bind",
    "check_roll",
    "freeze_roll",
    "import_roll",
    "name_delegate",
    "stage_roll",
    "take_in",
]
