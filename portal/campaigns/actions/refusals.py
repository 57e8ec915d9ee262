"""Why an act was not done: facts for the view to put into words."""

from portal.campaigns.queries.steering import Obstacle


class Refusal(Exception):
    """An act that was refused; nothing was changed."""


class StageBlocked(Refusal):
    """The campaign cannot go on: every obstacle."""

    def __init__(self, obstacles: tuple[Obstacle, ...]) -> None:
        super().__init__(", ".join(obstacle.why for obstacle in obstacles))
        self.obstacles = obstacles


class WrongStage(Refusal):
    """The campaign has gone past this, or has not come to it."""

    def __init__(self, stage: str) -> None:
        super().__init__(stage)
        self.stage = stage


class AlreadyOpen(Refusal):
    """The county has a campaign of this name in that year."""


class OutsideCounty(Refusal):
    """The compound does not lie in the campaign's county."""


class EntryClosed(Refusal):
    """The last day of entry is over."""


class AlreadySubmitted(Refusal):
    """What was submitted is fixed."""


class NotSubmitted(Refusal):
    """An entry that was never submitted is not judged."""


class NotFinished(Refusal):
    """A draft that cannot be submitted: (item, what) for each item that lacks something."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__(", ".join(f"{item} {what}" for item, what in faults))
        self.faults = faults


class SavedMeanwhile(Refusal):
    """Items of a draft that another person has saved otherwise after the page was opened."""

    def __init__(self, items: list[str]) -> None:
        super().__init__(", ".join(items))
        self.items = items


class DraftChanged(Refusal):
    """The draft is not what its sender looked at: somebody has saved since."""


class NoSuchVeto(Refusal):
    """The standard has no veto of this code."""


class BadMarks(Refusal):
    """Scores that cannot be taken: (item, what): `missing`, `unknown` or `outside`."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__(", ".join(f"{item} {what}" for item, what in faults))
        self.faults = faults


class ScoredMeanwhile(Refusal):
    """The same level scored this entry after the form was opened."""


class NothingChanged(Refusal):
    """The veto stands already, or does not stand."""


class DaysOutside(Refusal):
    """Fewer days of publicity than the rule, or more."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__(f"{least} to {most}")
        self.least, self.most = least, most
