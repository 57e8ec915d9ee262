"""Changes to the roll."""

from .binding import (
    BoundAlready,
    Oneself,
    Tried,
    ask_to_bind,
    bind,
    bind_as_asked,
    bind_at_desk,
    end_binding,
    try_name,
)
from .delegating import NotAnOwner, name_delegate
from .freezing import freeze_roll
from .importing import RollChanged, RollNotReadable, check_roll, import_roll
from .staging import KEPT, forget_uploads, left_over_of, send_in, stage_roll, take_in
from .unlisted import enter_unlisted, forget_unlisted

__all__ = [
    "KEPT",
    "BoundAlready",
    "NotAnOwner",
    "Oneself",
    "RollChanged",
    "RollNotReadable",
    "Tried",
    "ask_to_bind",
    "bind",
    "bind_as_asked",
    "bind_at_desk",
    "check_roll",
    "end_binding",
    "enter_unlisted",
    "forget_unlisted",
    "forget_uploads",
    "freeze_roll",
    "import_roll",
    "left_over_of",
    "name_delegate",
    "send_in",
    "stage_roll",
    "take_in",
    "try_name",
]
