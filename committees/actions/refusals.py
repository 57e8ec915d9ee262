"""Why an act was not done: facts for the view to put into words."""

from datetime import date, datetime

from committees.rules.findings import Finding
from committees.rules.roster import LeavingFault, PostsFault, RosterFault
from committees.rules.thresholds import Bar
from committees.rules.timetable import Obstacle


class Refusal(Exception):
    """An act that was refused; nothing was changed."""


class StepBlocked(Refusal):
    """The step is not due: every obstacle, waivable or not."""

    def __init__(self, obstacles: tuple[Obstacle, ...]) -> None:
        super().__init__(", ".join(obstacle.code for obstacle in obstacles))
        self.obstacles = obstacles


class NothingToWaive(Refusal):
    """Nothing is in the way of the step, or no longer what was asked to be waived."""


class WrongStage(Refusal):
    """The meeting has gone past this, or has not come to it."""

    def __init__(self, stage: str) -> None:
        super().__init__(stage)
        self.stage = stage


class VotingNotOpen(Refusal):
    def __init__(self, opens_at: datetime, closes_at: datetime) -> None:
        super().__init__(f"{opens_at:%F} - {closes_at:%F}")
        self.opens_at = opens_at
        self.closes_at = closes_at


class AlreadyVoted(Refusal):
    """This voter has a ballot that counts; which channel it came by."""

    def __init__(self, channel: str) -> None:
        super().__init__(channel)
        self.channel = channel


class RequestSpent(Refusal):
    """The same page was sent before, by another voter or for a ballot that was voided since."""


class BallotMalformed(Refusal):
    """What was marked cannot be a ballot of this meeting: (matter, what) for each fault."""

    def __init__(self, faults: tuple[tuple[str, str], ...]) -> None:
        super().__init__(str(faults))
        self.faults = faults


class NotAnOwner(Refusal):
    """Only an owner on the roll may stand (指导规则 art. 31)."""


class AlreadyStands(Refusal):
    """The owner is a candidate of this election already."""


class AlreadyVoided(Refusal):
    """The ballot does not count already."""


class ChainBroken(Refusal):
    """The ledger does not follow from itself; counting stops until it is looked into."""

    def __init__(self, seq: int) -> None:
        super().__init__(str(seq))
        self.seq = seq


class BallotsUnopenable(Refusal):
    """Ballots whose envelopes do not open, or do not fit their seals: their numbers."""

    def __init__(self, seqs: tuple[int, ...]) -> None:
        super().__init__(", ".join(str(seq) for seq in seqs))
        self.seqs = seqs


class EveryBallotOpens(Refusal):
    """There is no ballot that does not open, or one of those asked about opens after all."""


class ReasonTaken(Refusal):
    """A word that only the voiding of ballots that do not open may give as its reason."""


class RecordUnsound(Refusal):
    """What is kept does not hold: everything that was found.  The step stops, nothing is stored."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(", ".join(f"{one.fault} {dict(one.facts)}" for one in findings))
        self.findings = findings


class KeyDiffers(Refusal):
    """The ballot would be sealed for another manifest or key than those of the opening."""


class CommitteeElectedAlready(Refusal):
    """The meeting has an election of the committee already: its title."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.title = title


class NotTheCommittee(Refusal):
    """The election is of another body, or fills a vacancy: no term begins with it."""


class NobodyElected(Refusal):
    """There is nobody to seat: the meeting elected no one."""


class TooFewElected(Refusal):
    """No committee stands: how many were elected, of how many seats, and the share it takes."""

    def __init__(self, elected: int, seats: int, bar: Bar) -> None:
        super().__init__(f"{elected} of {seats}, {bar}")
        self.elected, self.seats, self.bar = elected, seats, bar


class BeforeTheElection(Refusal):
    """A seat cannot begin before the day of the count: that day."""

    def __init__(self, first_on: date) -> None:
        super().__init__(first_on.isoformat())
        self.first_on = first_on


class NoVacancy(Refusal):
    """Every seat of the term is held on that day or from a later one: how many there are."""

    def __init__(self, seats: int) -> None:
        super().__init__(str(seats))
        self.seats = seats


class RosterUnfit(Refusal):
    """Those named cannot sit together: every fault of the list."""

    def __init__(self, faults: tuple[RosterFault, ...]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


class PostsUnfit(Refusal):
    """The posts cannot be held so: every fault of the choice, and the days of the term."""

    def __init__(self, faults: tuple[PostsFault, ...], first_on: date, last_on: date) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults
        self.first_on, self.last_on = first_on, last_on


class TermStands(Refusal):
    """The term is no entry that could be taken out again."""


class TermOverlaps(Refusal):
    """The committee's last term begins on or after the day given."""

    def __init__(self, starts_on: date) -> None:
        super().__init__(str(starts_on))
        self.starts_on = starts_on


class LeaveUnfit(Refusal):
    """A leave that cannot be: every fault, and since when the member sits."""

    def __init__(self, faults: tuple[LeavingFault, ...], since: date) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults
        self.since = since


class LeftAlready(Refusal):
    """The member has left; with which day."""

    def __init__(self, last_on: date) -> None:
        super().__init__(f"{last_on}")
        self.last_on = last_on


class SeatStands(Refusal):
    """A leave that can no longer be taken out."""


class NoTermToFill(Refusal):
    """On that day no term runs in which a vacancy could be filled."""


class SeatedAlready(Refusal):
    """Elected into a vacancy, but a member on that day."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(len(names))
        self.names = names
