"""Why an act was not done: facts for the view to put into words."""

from datetime import date

from portal.fire.rules.answers import Gap


class Refusal(Exception):
    """An act that was refused; nothing was changed."""


class LogIncomplete(Refusal):
    """What is missing or too much in a log, as (item, what)."""

    def __init__(self, gaps: tuple[tuple[str, Gap], ...]) -> None:
        super().__init__(str(gaps))
        self.gaps = gaps


class NotADuty(Refusal):
    """No such check is made on this kind of equipment."""


class NotInUse(Refusal):
    """The equipment or its place is retired, or checks of it have not begun."""


class InTheFuture(Refusal):
    """A check later than the moment of entering it."""


class PageSpent(Refusal):
    """The same page was sent before by another person or about another check."""


class CodeTaken(Refusal):
    """Another place or piece of equipment of the compound has this code."""


class ElsewhereBuilding(Refusal):
    """The building or stairwell belongs to another compound, or the two do not fit."""


class KindIsFixed(Refusal):
    """Equipment with checks in the log stays of its kind: they answer that kind's items."""


class StillInUse(Refusal):
    """A place with equipment in use cannot be retired."""


class RetirementWaits(Refusal):
    """Another request to retire the piece waits for its answer."""


class DefectClosed(Refusal):
    """The defect is closed already."""


class NotRepaired(Refusal):
    """There is no repair that waits for a recheck."""


class AlreadyRepaired(Refusal):
    """A repair waits for its recheck already."""


class SamePerson(Refusal):
    """Who made a repair does not recheck it."""


class WordsMissing(Refusal):
    """A repair is described; a recheck that fails says why."""


class Dated(Refusal):
    """A refusal with the day that it is about."""

    def __init__(self, day: date) -> None:
        super().__init__(str(day))
        self.day = day


class RetiredAlready(Dated):
    """The piece is out of use since that day."""


class DayUnfit(Dated):
    """The last day lies before the first one, which is given, or in the future."""


class CheckedSince(Dated):
    """The piece was checked after the day from which it is said to be out of use."""
