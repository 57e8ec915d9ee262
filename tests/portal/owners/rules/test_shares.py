"""Shares: three ways to write them, several in a cell, and the tolerance of the whole."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.owners.rules.shares import ShareUnreadable, make_a_whole, read_share, read_shares

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


@pytest.mark.parametrize(
    "cell", ["1/2", "50%", "0.5", "１／２", "½", "50", ".5", " 50 % ", "二分之一", "2024-01-02"]
)
def test_a_half_however_it_is_written(cell):
    assert read_shares(cell, 1) == [HALF]


@pytest.mark.parametrize("cell", ["abc", "0", "0%", "1/0", "0/2", "3/2", "101", "-1/2", "1e9"])
def test_what_is_given_and_no_share_is_refused(cell):
    with pytest.raises(ShareUnreadable):
        read_shares(cell, 1)


@pytest.mark.parametrize("cell", ["", "-", "/", "共同共有", "单独所有", "无"])
def test_what_says_no_share_says_none(cell):
    assert read_shares(cell, 2) == [None, None]


@pytest.mark.parametrize(
    ("cell", "owners", "shares"),
    [
        ("1/3、2/3", 2, [THIRD, 2 * THIRD]),
        ("1/3\n2/3", 2, [THIRD, 2 * THIRD]),
        ("1/3 2/3", 2, [THIRD, 2 * THIRD]),
        ("50%/50%", 2, [HALF, HALF]),
        ("0.5 50%", 2, [HALF, HALF]),
        ("1/3；1/3；1/3", 3, [THIRD] * 3),
        ("50%", 2, [HALF, HALF]),
        ("各50%", 2, [HALF, HALF]),
        ("各1/3", 2, [THIRD, THIRD]),
        ("100%", 2, [None, None]),  # held jointly, the share of each unknown
        ("1/3", 2, [Fraction(1, 6)] * 2),
        ("1/3", 3, [THIRD] * 3),
        ("1/2、", 2, [HALF, HALF]),
        ("1/2、1/4", 3, [HALF, Fraction(1, 4), None]),
    ],
)
def test_several_owners_in_one_cell(cell, owners, shares):
    assert read_shares(cell, owners) == shares


def test_more_shares_than_owners_are_refused():
    with pytest.raises(ShareUnreadable):
        read_shares("1/3、1/3、1/3", 2)


def test_a_third_as_a_program_writes_it_is_a_third():
    assert read_share("0.333333333333333") == THIRD


@pytest.mark.parametrize(
    ("shares", "is_whole"),
    [
        (["1/2", "1/2"], True),
        (["33.33%", "33.33%", "33.33%"], True),
        (["49.99%", "49.99%"], True),  # misses 1 by 0.02 %: 0.01 % for each
        (["49.98%", "50%"], True),
        (["49.97%", "50%"], False),
        (["50.02%", "50%"], True),
        (["50.03%", "50%"], False),
        (["99.99%"], True),
        (["99.98%"], False),
        (["1/2"], False),
        (["50%", "50%", "50%"], False),
    ],
)
def test_the_whole_may_be_missed_by_a_hundredth_of_a_percent_for_each_owner(shares, is_whole):
    assert make_a_whole([read_share(share) for share in shares]) is is_whole


@given(st.integers(1, 60))
def test_equal_shares_make_a_whole(owners):
    assert make_a_whole([read_share(f"1/{owners}")] * owners)


@given(st.text(max_size=20), st.integers(0, 5))
def test_any_cell_gives_each_owner_a_share_or_none_or_is_refused(cell, owners):
    try:
        shares = read_shares(cell, owners)
    except ShareUnreadable:
        return
    assert len(shares) == owners
    assert all(share is None or 0 < share <= 1 for share in shares)
