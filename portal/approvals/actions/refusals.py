"""Why a request was not taken or not answered: facts for the view to put into words."""

from datetime import datetime
from uuid import UUID


class Refusal(Exception):
    """An act that was refused; nothing was changed."""


class NoOfficeHere(Refusal):
    """Who asks or answers holds no office there that may."""


class NobodyAnswers(Refusal):
    """There is nobody besides the asker who could agree."""


class AskedAlready(Refusal):
    """Somebody else has asked for this very thing, and it waits."""

    def __init__(self, request: UUID) -> None:
        super().__init__(str(request))
        self.request = request


class AnsweredAlready(Refusal):
    """The request has ended: how."""

    def __init__(self, outcome: str) -> None:
        super().__init__(outcome)
        self.outcome = outcome


class TimeIsOver(Refusal):
    """The time to answer has passed."""

    def __init__(self, lapses_at: datetime) -> None:
        super().__init__(f"{lapses_at:%F %R}")
        self.lapses_at = lapses_at


class Oneself(Refusal):
    """Who answers is who asked: the same account, or another account of the same phone."""


class SameOffice(Refusal):
    """Two people of two offices are needed, and these two hold the same."""


class AskerLeft(Refusal):
    """Who asked holds the office no more in which it was asked."""


class NeverAlone(Refusal):
    """Nobody does this alone, in no emergency."""


class CarriedOutNot(Refusal):
    """It was not done, for it cannot be done now: every reason, as sentences."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences
