"""Numbers, days and moments as readers see them."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from portal.tools.ui.words import (
    area_words,
    count_words,
    day_words,
    deadline_words,
    moment_words,
    percent_words,
    phone_words,
)


@pytest.mark.parametrize(
    ("hundredths", "words"),
    [
        (0, "0.00 ㎡"),
        (1, "0.01 ㎡"),
        (99, "0.99 ㎡"),
        (100, "1.00 ㎡"),
        (8905, "89.05 ㎡"),
        (108932, "1,089.32 ㎡"),
        (123456789012, "1,234,567,890.12 ㎡"),
        (-5, "-0.05 ㎡"),
        (-108932, "-1,089.32 ㎡"),
    ],
)
def test_an_area_has_two_decimals_and_its_unit(hundredths, words):
    assert area_words(hundredths) == words


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        (37, "人", "37 人"),
        (1200, "户", "1,200 户"),
        (1200, "", "1,200"),
        (214000, "㎡", "2,140.00 ㎡"),
    ],
)
def test_a_count_carries_its_unit(number, unit, words):
    assert count_words(number, unit) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ((0, 7), "0.00%"),
        ((7, 7), "100.00%"),
        ((3, 7), "42.86%"),
        ((2, 3), "66.67%"),
        ((1199, 1800), "66.61%"),
        ((19999, 30000), "66.66%"),
        ((49996, 100000), "49.996%"),
        ((50004, 100000), "50.004%"),
        ((4995, 10000), "49.95%"),
        ((1, 100000), "0.001%"),
        ((1, 2000), "0.05%"),
        ((1203, 1800), "66.83%"),
        ((499999, 1000000), "49.9999%"),
        ((1, 2), "50.00%"),
        ((999999, 1000000), "99.9999%"),
        ((5, 4), "125.00%"),
        ((5, 0), "—"),
        ((0, 0), "—"),
        ((-1, 3), "-33.33%"),
        ((-1, 100000), "-0.001%"),
        (Fraction(2, 3), "66.67%"),
        (Fraction(0), "0.00%"),
        (Fraction(1), "100.00%"),
    ],
)
def test_a_share_is_rounded_and_stays_on_its_side_of_every_bar(share, words):
    assert percent_words(share) == words


@given(part=st.integers(0, 10**9), whole=st.integers(1, 10**9))
def test_a_share_is_near_and_never_across_a_bar(part, whole):
    exact = Fraction(part, whole)
    shown = Fraction(percent_words((part, whole)).removesuffix("%")) / 100
    assert abs(shown - exact) <= Fraction(1, 20000)
    for turn in (Fraction(1, 2), Fraction(2, 3), Fraction(1)):
        assert (shown >= turn) <= (exact >= turn)
        assert (shown <= turn) <= (exact <= turn)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 22), "2026年11月22日"),
        (date(2026, 1, 2), "2026年1月2日"),
        (datetime(2026, 11, 22, 15, 59, 59, tzinfo=UTC), "2026年11月22日"),
        (datetime(2026, 11, 22, 16, 0, tzinfo=UTC), "2026年11月23日"),
    ],
)
def test_a_day_is_the_day_where_the_reader_is(day, words):
    assert day_words(day) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 22, 1, 5, tzinfo=UTC), "2026年11月22日 09:05"),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), "2027年1月1日 00:00"),
    ],
)
def test_a_moment_is_read_off_the_local_clock(at, words):
    assert moment_words(at) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("+8613800001234", "138 0000 1234"),
        ("13800001234", "138 0000 1234"),
        ("+85291234567", "+85291234567"),
        ("0577-67222222", "0577-67222222"),
        ("", ""),
    ],
)
def test_a_phone_is_written_in_threes_and_fours(number, words):
    assert phone_words(number) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 25, 16, tzinfo=UTC), "2026年11月25日 24:00"),
        (datetime(2026, 12, 31, 16, tzinfo=UTC), "2026年12月31日 24:00"),
        (datetime(2026, 11, 25, 16, 1, tzinfo=UTC), "2026年11月26日 00:01"),
        (datetime(2026, 11, 25, 7, 16, tzinfo=UTC), "2026年11月25日 15:16"),
    ],
)
def test_a_deadline_at_midnight_is_the_end_of_its_day(at, words):
    assert deadline_words(at) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-hans", "2026年11月26日"), ("en", "26 Nov 2026"), (None, "2026年11月26日")],
)
def test_a_day_is_written_in_the_readers_language(language, words):
    with translation.override(language):
        assert day_words(date(2026, 11, 26)) == words
