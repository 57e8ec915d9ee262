"""A gauge says 已达到 exactly where the law puts the bar, and how much is missing before."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees.rules.thresholds import Bar
from portal.tools.ui.gauges import Gauge, along

TWO_THIRDS, HALF = Fraction(2, 3), Fraction(1, 2)


def gauge(part, whole, bar=TWO_THIRDS, inclusive=True, unit="人"):
    needed = Bar(bar, inclusive).least(of=whole)
    return Gauge(part, whole, bar, inclusive, needed, "参与", unit)


@pytest.mark.parametrize(
    ("part", "whole", "bar", "inclusive", "needed", "is_reached"),
    [
        (1199, 1800, TWO_THIRDS, True, 1200, False),
        (1200, 1800, TWO_THIRDS, True, 1200, True),
        (1200, 1801, TWO_THIRDS, True, 1201, False),
        (900, 1800, HALF, False, 901, False),
        (901, 1800, HALF, False, 901, True),
        (900, 1799, HALF, False, 900, True),
        (900, 1800, HALF, True, 900, True),
        (0, 1800, Fraction(0), True, 0, True),
        (1800, 1800, Fraction(1), True, 1800, True),
        (1800, 1800, Fraction(1), False, None, False),
        (0, 0, TWO_THIRDS, True, None, False),
    ],
)
def test_the_bar_is_cleared_at_its_exact_number(part, whole, bar, inclusive, needed, is_reached):
    seen = gauge(part, whole, bar, inclusive)
    assert (seen.needed, seen.is_reached) == (needed, is_reached)


@given(
    part=st.integers(0, 10**7),
    whole=st.integers(1, 10**7),
    bar=st.fractions(0, 1, max_denominator=12),
    inclusive=st.booleans(),
)
def test_the_verdict_is_that_of_the_rule(part, whole, bar, inclusive):
    rule = Bar(bar, inclusive)
    part = min(part, whole)
    seen = gauge(part, whole, bar, inclusive)
    assert seen.is_reached == rule.cleared_by(part, of=whole)
    missing = rule.still_needed(part, of=whole)
    assert seen.verdict_words == (
        "未达到" if missing is None else f"还差 {missing:,} 人" if missing else "已达到"
    )


@pytest.mark.parametrize(
    ("part", "whole", "bar", "inclusive", "words"),
    [
        (10, 23, HALF, False, "须超过 1/2，即至少 12 人"),
        (10, 23, TWO_THIRDS, True, "须达到 2/3，即至少 16 人"),
        (0, 0, HALF, False, "须超过 1/2"),
        (0, 0, TWO_THIRDS, True, "须达到 2/3"),
    ],
)
def test_the_bar_stands_with_the_number_that_clears_it_if_any_does(
    part, whole, bar, inclusive, words
):
    assert gauge(part, whole, bar, inclusive).rule_words == words


def test_heads_are_counted_and_areas_measured():
    heads, area = gauge(1163, 1800), gauge(10_452_667, 16_000_000, unit="㎡")
    assert (heads.figure_words, heads.verdict_words) == ("1,163 / 1,800 人", "还差 37 人")
    assert (area.figure_words, area.verdict_words) == (
        "104,526.67 / 160,000.00 ㎡",
        "还差 2,140.00 ㎡",
    )
    assert area.rule_words == "须达到 2/3，即至少 106,666.67 ㎡"


@pytest.mark.parametrize(
    ("part", "whole", "place"),
    [
        (0, 3, "0.0000%"),
        (1, 3, "33.3333%"),
        (2, 3, "66.6666%"),
        (3, 3, "100.0000%"),
        (9, 3, "100.0000%"),
        (-1, 3, "0.0000%"),
        (1, 0, "0%"),
    ],
)
def test_a_place_on_the_bar_is_exact_to_a_ten_thousandth(part, whole, place):
    assert along(part, whole) == place


def test_what_falls_short_is_never_drawn_beyond_the_mark():
    short = gauge(1199, 1800)
    assert float(short.filled_to.rstrip("%")) < float(short.bar_at.rstrip("%"))
