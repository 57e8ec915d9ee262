"""The line of stages: what is done, where we are, what comes."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stage:
    label: str
    note: str
    state: str


def placed(stages: Iterable[tuple[str, ...]], current: str) -> list[Stage]:
    """Each stage with its state: done before `current`, now at it, later after it.

    A `current` that is no stage's value stands for the end: all are done.
    """
    line, state = [], "done"
    rows = [tuple(str(word) for word in stage) for stage in stages]
    for value, label, *note in rows:
        here = value == str(current)
        line.append(Stage(label, note[0] if note else "", "now" if here else state))
        if here:
            state = "later"
    return line
