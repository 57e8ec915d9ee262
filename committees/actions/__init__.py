"""What is done to a meeting: one function, one transaction."""

from .calling_off import call_off
from .choosing import Posts, choose_posts
from .counting import count_ballots
from .filling import fill_vacancies
from .leaving import Leaving, leave_seat, return_to_seat
from .ledger import grow_ledger
from .nominating import Nomination, nominate, publish, withdraw
from .offices import follow_binding
from .preparing import (
    DecisionPlan,
    ElectionPlan,
    MeetingPlan,
    change_meeting,
    discard_meeting,
    drop_matter,
    freeze_roll,
    prepare_meeting,
    put_matter,
)
from .seating import seat_committee
from .taking_over import EarlierTerm, Seat, take_over_term, undo_taking_over
from .unopenable import ask_to_void_unopenable, void_unopenable
from .voiding import ask_to_void, void_as_asked
from .voting import Slip, cast_ballot, close_voting, open_voting, reschedule, serve, void_ballot
from .waiving import ask_to_waive, waive

__all__ = [
    "DecisionPlan",
    "EarlierTerm",
    "ElectionPlan",
    "Leaving",
    "MeetingPlan",
    "Nomination",
    "Posts",
    "Seat",
    "Slip",
    "ask_to_void",
    "ask_to_void_unopenable",
    "ask_to_waive",
    "call_off",
    "cast_ballot",
    "change_meeting",
    "choose_posts",
    "close_voting",
    "count_ballots",
    "discard_meeting",
    "drop_matter",
    "fill_vacancies",
    "follow_binding",
    "freeze_roll",
    "grow_ledger",
    "leave_seat",
    "nominate",
    "open_voting",
    "prepare_meeting",
    "publish",
    "put_matter",
    "reschedule",
    "return_to_seat",
    "seat_committee",
    "serve",
    "take_over_term",
    "undo_taking_over",
    "void_as_asked",
    "void_ballot",
    "void_unopenable",
    "waive",
    "withdraw",
]
