"""Areas: two decimals, units, separators, rounding, and the four reasons for none."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.owners.rules.areas import Area, read_area, written


@pytest.mark.parametrize(
    "cell",
    [
        "89.32",
        "89.32㎡",
        "89.32平方米",
        "89.32 m²",
        "89.32M2",
        "89.320",
        " 89.32 ",
        "８９．３２",
        "89.32\u200b",
        "\ufeff89.32",
        "\u00a089.32\u00a0",
        "+89.32",
        "8.932E+1",
        "'89.32",
        "89.32 平米",
    ],
)
def test_an_area_is_read_however_it_is_written(cell):
    assert read_area(cell) == Area(8932)


@pytest.mark.parametrize(
    ("cell", "hundredths"),
    [("1,089.32", 108932), ("12,345,6", None), ("1,089", 108900), ("99,999.99㎡", 9999999)],
)
def test_thousands_may_be_set_apart_where_they_are_thousands(cell, hundredths):
    expected = Area(hundredths) if hundredths else "area-not-a-number"
    assert read_area(cell) == expected


@pytest.mark.parametrize(
    ("cell", "area"),
    [
        ("89.324", Area(8932, is_rounded=True)),
        ("89.325", Area(8933, is_rounded=True)),
        ("89.335", Area(8934, is_rounded=True)),
        ("0.005", Area(1, is_rounded=True)),
        ("89.3200", Area(8932)),
    ],
)
def test_more_than_two_decimals_are_rounded_half_up_and_said_so(cell, area):
    assert read_area(cell) == area


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("", "area-missing"),
        ("  \u3000", "area-missing"),
        ("\u200b", "area-missing"),
        ("89.3.2", "area-not-a-number"),
        ("八十九", "area-not-a-number"),
        ("٨٩", "area-not-a-number"),
        ("89 32", "area-not-a-number"),
        ("nan", "area-not-a-number"),
        ("㎡", "area-not-a-number"),
        ("-", "area-not-a-number"),
        ("2024-01-02", "area-not-a-number"),
        ("约89", "area-not-a-number"),
        ("0", "area-not-positive"),
        ("0.00", "area-not-positive"),
        ("-89.32", "area-not-positive"),
        ("\u221289.32", "area-not-positive"),
        ("0.004", "area-not-positive"),
        ("100000", None),
        ("100,000.00", None),
        ("100000.01", "area-too-large"),
        ("1E99", "area-too-large"),
    ],
)
def test_why_a_cell_is_no_area(cell, why):
    found = read_area(cell)
    assert found == (why or Area(10_000_000))


@given(st.decimals("0.005", "99999.99", allow_nan=False, places=4))
def test_rounding_is_that_of_the_decimal_module(number):
    rounded = number.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert read_area(str(number)) == Area(int(rounded * 100), is_rounded=rounded != number)


@given(st.integers(1, 10_000_000))
def test_what_is_written_is_read_again(hundredths):
    assert read_area(written(hundredths)) == Area(hundredths)


@given(st.text())
def test_any_text_is_an_area_or_a_reason(text):
    found = read_area(text)
    assert isinstance(found, Area) or found.startswith("area-")
