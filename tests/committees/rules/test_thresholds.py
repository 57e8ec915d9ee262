"""The gates of Civil Code art. 278, exactly at their bars."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees.rules.thresholds import (
    Bar,
    Gate,
    GateName,
    Measure,
    Shortfall,
    Verdict,
    Weight,
    agreement,
    participation,
)

TWO_THIRDS = Bar(Fraction(2, 3), inclusive=True)
OVER_HALF = Bar(Fraction(1, 2), inclusive=False)
THREE_QUARTERS = Bar(Fraction(3, 4), inclusive=True)

# Area and heads: of all, taking part, agreeing; then whether quorum, ordinary and special hold.
VECTORS = {
    "exact 2/3 quorum, exactly half yes": (9000, 90, 6000, 60, 3000, 30, True, False, False),
    "exact 2/3 quorum, one over half on both": (9000, 90, 6000, 60, 3001, 31, True, True, False),
    "area 1 short of 2/3": (9000, 90, 5999, 60, 5999, 60, False, False, False),
    "heads 1 short of 2/3": (9000, 90, 6000, 59, 6000, 59, False, False, False),
    "exact 3/4 on both": (9000, 90, 6000, 60, 4500, 45, True, True, True),
    "3/4 area, heads one short": (9000, 90, 6000, 60, 4500, 44, True, True, False),
    "area majority, heads exactly half": (9000, 90, 6000, 60, 5000, 30, True, False, False),
    "developer block of 30 % in yes": (10000, 71, 10000, 71, 6400, 36, True, True, False),
    "real roll, rounding at 2/3": (6023496, 566, 4015664, 378, 2007833, 190, True, True, False),
}


def decided(bar, *, eligible, participated, agreed):
    return Verdict(
        participation(TWO_THIRDS, participated=participated, eligible=eligible),
        agreement(bar, agreed=agreed, participated=participated),
    )


@pytest.mark.parametrize("case", VECTORS.values(), ids=VECTORS.keys())
def test_the_vectors_of_the_law_come_out(case):
    area, heads, area_took, heads_took, area_yes, heads_yes, quorum, ordinary, special = case
    numbers = {
        "eligible": Weight(heads, area),
        "participated": Weight(heads_took, area_took),
        "agreed": Weight(heads_yes, area_yes),
    }
    by_majority = decided(OVER_HALF, **numbers)
    by_three_quarters = decided(THREE_QUARTERS, **numbers)
    assert by_majority.participation.is_cleared is quorum
    assert (by_majority.passed, by_three_quarters.passed) == (ordinary, special)


def test_three_quarters_of_those_taking_part_is_enough_though_half_of_all():
    verdict = decided(
        THREE_QUARTERS,
        eligible=Weight(90, 9000),
        participated=Weight(60, 6000),
        agreed=Weight(45, 4500),
    )
    assert verdict.passed is True
    assert THREE_QUARTERS.cleared_by(45, of=90) is False


BARS = st.builds(
    Bar,
    st.fractions(0, 1, max_denominator=12),
    st.booleans(),
)


@given(BARS, st.integers(0, 400), st.integers(0, 400))
def test_a_bar_is_cleared_by_cross_multiplication(bar, part, whole):
    left, right = part * bar.share.denominator, whole * bar.share.numerator
    expected = whole > 0 and (left > right or (bar.inclusive and left == right))
    assert bar.cleared_by(part, of=whole) is expected


@given(BARS, st.integers(0, 60))
def test_the_least_is_the_first_number_that_clears(bar, whole):
    clearing = [part for part in range(whole + 1) if bar.cleared_by(part, of=whole)]
    assert bar.least(of=whole) == (clearing[0] if clearing else None)


@given(BARS, st.integers(0, 60), st.integers(1, 60))
def test_what_is_still_needed_clears_and_one_less_does_not(bar, part, whole):
    needed = bar.still_needed(part, of=whole)
    if needed is None:
        assert bar.cleared_by(whole, of=whole) is False
        return
    assert bar.cleared_by(part + needed, of=whole) is True
    if needed:
        assert bar.cleared_by(part + needed - 1, of=whole) is False


@pytest.mark.parametrize(
    ("bar", "part", "whole", "needed"),
    [
        (TWO_THIRDS, 59, 90, 1),
        (TWO_THIRDS, 60, 90, 0),
        (TWO_THIRDS, 0, 566, 378),  # two thirds of 566 are 377.33
        (TWO_THIRDS, 4015663, 6023496, 1),
        (OVER_HALF, 30, 60, 1),
        (OVER_HALF, 30, 61, 1),
        (OVER_HALF, 31, 60, 0),
        (THREE_QUARTERS, 44, 60, 1),
        (THREE_QUARTERS, 0, 0, None),
        (Bar(Fraction(1), inclusive=False), 5, 5, None),
        (Bar(Fraction(1), inclusive=True), 4, 5, 1),
    ],
)
def test_still_needed_is_exact_at_the_edge(bar, part, whole, needed):
    assert bar.still_needed(part, of=whole) == needed


def test_nothing_clears_a_bar_of_nothing():
    assert Bar(Fraction(0), inclusive=True).cleared_by(0, of=0) is False


def test_a_no_gives_every_reason():
    verdict = decided(
        THREE_QUARTERS,
        eligible=Weight(90, 9000),
        participated=Weight(59, 6000),
        agreed=Weight(40, 4499),
    )
    assert verdict.shortfalls == (
        Shortfall(GateName.PARTICIPATION, Measure.HEADS, 59, 90, TWO_THIRDS, 1),
        Shortfall(GateName.AGREEMENT, Measure.HEADS, 40, 59, THREE_QUARTERS, 5),
        Shortfall(GateName.AGREEMENT, Measure.AREA, 4499, 6000, THREE_QUARTERS, 1),
    )
    assert verdict.passed is False


def test_a_yes_gives_no_reason():
    gate = participation(TWO_THIRDS, participated=Weight(60, 6000), eligible=Weight(90, 9000))
    assert gate == Gate(GateName.PARTICIPATION, TWO_THIRDS, Weight(60, 6000), Weight(90, 9000))
    assert gate.shortfalls == ()


@pytest.mark.parametrize(
    ("participated", "still_needed"),
    [(Weight(59, 5999), (1, 1)), (Weight(60, 0), (0, 6000)), (Weight(0, 6000), (60, 0))],
)
def test_a_gate_says_what_is_still_needed_on_each_measure(participated, still_needed):
    gate = participation(TWO_THIRDS, participated=participated, eligible=Weight(90, 9000))
    assert (gate.still_needed(Measure.HEADS), gate.still_needed(Measure.AREA)) == still_needed
    assert (gate.heads, gate.area) == tuple(needed == 0 for needed in still_needed)


def test_weights_add_up():
    assert Weight(1, 8932) + Weight(2, 0) == Weight(3, 8932)
