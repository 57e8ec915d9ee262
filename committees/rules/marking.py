"""Is what was marked a ballot of this meeting?

On screen an overfull election is stopped before it is sent; a paper slip is keyed as it was
marked, and the count lets a wrong mark take part and support nothing (election-record/1).
"""

from collections.abc import Mapping, Sequence

from committees.rules.matters import Decision, Matter

UNKNOWN = "unknown-matter"
WRONG_SHAPE = "wrong-shape"
TOO_MANY = "too-many"


def faults(
    matters: Sequence[Matter], choices: Mapping[str, Sequence[int]], *, on_paper: bool
) -> tuple[tuple[str, str], ...]:
    """Every fault as (matter id, code), in the order of the matters; empty if there is none."""
    known = {matter.id: matter for matter in matters}
    found = [(name, UNKNOWN) for name in choices if name not in known]
    for name, matter in known.items():
        marks = choices.get(name)
        if marks is None:
            continue
        if len(marks) != matter.width or not {0, 1}.issuperset(marks):
            found.append((name, WRONG_SHAPE))
        elif not on_paper and sum(marks) > most(matter):
            found.append((name, TOO_MANY))
    return tuple(found)


def most(matter: Matter) -> int:
    """How many marks a matter takes: one on a decision, `max_choices` in an election."""
    return 1 if isinstance(matter, Decision) else matter.max_choices
