"""How the machine is, for its administrators: the checks, the queue, the timetable."""

from dataclasses import dataclass
from datetime import datetime

from portal.tools import queue
from portal.tools.health import checks


@dataclass(frozen=True, slots=True)
class Operations:
    """`failing` names the checks that do not hold; `given_up` is cut off after 200."""

    at: datetime
    failing: list[str]
    holding: list[str]
    state: queue.State
    given_up: list[queue.GivenUp]
    turns: list[queue.Turn]


def operations(at: datetime) -> Operations:
    failing = checks.failing()
    return Operations(
        at=at,
        failing=failing,
        holding=[name for name in checks.CHECKS if name not in failing],
        state=queue.state(at),
        given_up=queue.given_up(),
        turns=queue.turns(at),
    )
