"""The thresholds of the book decide law.md §1.2b as its author computed it.

areas in any whole unit; A, N all; Ap, Np took part; Ay, Ny agreed
"""

from datetime import date

import pytest

from portal.rulebook.queries import rules_for

TODAY = date(2026, 11, 24)
KEYS = ("voting.participation", "voting.ordinary", "voting.special")
VECTORS = [
    ("exactly half of 2/3", 9000, 90, 6000, 60, 3000, 30, (True, False, False)),
    ("one over half", 9000, 90, 6000, 60, 3001, 31, (True, True, False)),
    ("area 1 short of 2/3", 9000, 90, 5999, 60, 5999, 60, (False, False, False)),
    ("heads 1 short of 2/3", 9000, 90, 6000, 59, 6000, 59, (False, False, False)),
    ("exactly 3/4", 9000, 90, 6000, 60, 4500, 45, (True, True, True)),
    ("3/4 of area, a head short", 9000, 90, 6000, 60, 4500, 44, (True, True, False)),
    ("heads exactly half", 9000, 90, 6000, 60, 5000, 30, (True, False, False)),
    ("developer's block", 10000, 71, 10000, 71, 6400, 36, (True, True, False)),
    ("a real roll", 6023496, 566, 4015664, 378, 2007833, 190, (True, True, False)),
]


def clears(rule, part, of):
    return part >= rule.value * of if rule.inclusive else part > rule.value * of


@pytest.mark.parametrize(
    ("a", "n", "ap", "np", "ay", "ny", "expected"),
    [pytest.param(*numbers, id=name) for name, *numbers in VECTORS],
)
def test_the_vectors_of_the_law_come_out(rulebook, a, n, ap, np, ay, ny, expected):
    found = rules_for(KEYS, on=TODAY)
    taking_part, ordinary, special = (found[key] for key in KEYS)
    quorum = clears(taking_part, ap, a) and clears(taking_part, np, n)
    decided = [
        quorum and clears(rule, ay, ap) and clears(rule, ny, np) for rule in (ordinary, special)
    ]
    assert (quorum, *decided) == expected
