"""Numbers as the law writes them are read exactly."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rulebook.rules.numbers import number


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("15", 15),
        ("0", 0),
        ("2/3", Fraction(2, 3)),
        ("1/1", Fraction(1)),
        ("20%", Fraction(1, 5)),
        ("100%", Fraction(1)),
        ("7‰", Fraction(7, 1000)),
        ("4.5", Fraction(9, 2)),
        ("0.1", Fraction(1, 10)),
        ("2.5%", Fraction(1, 40)),
    ],
)
def test_what_the_law_writes_is_read_exactly(text, read):
    assert (number(text), type(number(text))) == (read, type(read))


NOT_NUMBERS = """
-1 +1 1/0 1/-2 1/2/3 一半 １５ ½ 1e3 1_000 .5 5. 1,000 5%% 2/3% NaN inf 0x10 9999999999999999999
"""


@pytest.mark.parametrize("text", [*NOT_NUMBERS.split(), "", " ", "1 /2", "15\n", " 15"])
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError):
        number(text)


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_every_fraction_is_read_back(over, under):
    assert number(f"{over}/{under}") == Fraction(over, under)
    assert number(str(over)) == over
