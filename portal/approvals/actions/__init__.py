"""Changes to requests: ask, agree, refuse, take back, act alone, lapse."""

from .answering import act_alone, agree, lapse, refuse, withdraw
from .asking import Wanted, ask
from .refusals import (
    AnsweredAlready,
    AskedAlready,
    AskerLeft,
    CarriedOutNot,
    NeverAlone,
    NobodyAnswers,
    NoOfficeHere,
    Oneself,
    Refusal,
    SameOffice,
    TimeIsOver,
)

__all__ = [
    "AnsweredAlready",
    "AskedAlready",
    "AskerLeft",
    "CarriedOutNot",
    "NeverAlone",
    "NoOfficeHere",
    "NobodyAnswers",
    "Oneself",
    "Refusal",
    "SameOffice",
    "TimeIsOver",
    "Wanted",
    "act_alone",
    "agree",
    "ask",
    "lapse",
    "refuse",
    "withdraw",
]
