"""Identity numbers against the check digits of an independent library."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from portal.owners.rules.identity import (
    CREDIT_ALPHABET,
    citizen_check_digit,
    credit_check_digit,
    is_credit_code,
    masked_number,
    read_number,
    with_century,
)

CITIZEN = "11010519491231002X"


@pytest.mark.parametrize(
    "cell",
    [
        CITIZEN,
        "11010519491231002x",
        "110105 19491231 002X",
        "１１０１０５１９４９１２３１００２\uff38",
        "'11010519491231002X",
        "110105-19491231-002X",
        "11010519491231002×",
        "110105491231002",
    ],
)
def test_a_citizens_number_has_one_spelling_also_of_15_digits(cell):
    assert read_number(cell) == CITIZEN


@pytest.mark.parametrize(
    "number",
    [
        "91350100M000100Y43",
        "E12345678",
        "EA1234567",
        "G12345678",
        "H1234567890",
        "M12345678",
        "12345678",
        "0123456789B",
        "YB1234567",
        "810000199408230021",
    ],
)
def test_credit_codes_passports_and_permits_pass(number):
    assert read_number(number) == number


@pytest.mark.parametrize(
    "number",
    [
        "",
        "110105194912310021",  # check digit
        "11010519491331002X",  # month 13
        "11010519490229002X",  # no such day
        "99010519491231002X",  # no such province
        "91350100M000100Y44",
        "91350100I000100Y43",  # I is no character of the code
        "1101051949123100",
        "3.30324198001011E+17",
        "330324********1234",
        "张三",
        "110105491331002",
        "330324000012345",  # an old registration number of 15 digits
    ],
)
def test_what_fits_none_is_none(number):
    assert read_number(number) == ""


def test_the_region_of_no_place_passes_only_in_a_demonstration():
    number = "99999919800101001"
    number += citizen_check_digit(number)
    assert [read_number(number, demonstration=shown) for shown in (False, True)] == ["", number]


@given(st.from_regex(r"[1-9]\d{16}", fullmatch=True))
def test_the_check_digit_is_iso_7064(body):
    assert citizen_check_digit(body) == ric.calc_check_digit(body + "0")


@given(st.text(CREDIT_ALPHABET, min_size=17, max_size=17))
def test_the_credit_codes_check_character_is_that_of_gb_32100(body):
    assert credit_check_digit(body) == uscc.calc_check_digit(body)


@given(st.dates().filter(lambda day: day.year > 1930), st.integers(0, 999))
def test_what_the_library_accepts_passes(day, order):
    body = f"110105{day:%Y%m%d}{order:03}"
    number = body + citizen_check_digit(body)
    assume(day.year < 2100 and ric.is_valid(number))
    assert read_number(number) == number


def test_15_digits_become_18():
    assert with_century("110105491231002") == CITIZEN


@pytest.mark.parametrize(("number", "is_one"), [(CITIZEN, False), ("91350100M000100Y43", True)])
def test_a_credit_code_is_told_from_a_persons_number(number, is_one):
    assert is_credit_code(number) is is_one


@pytest.mark.parametrize(
    ("number", "masked"),
    [(CITIZEN, "110***********002X"), ("E12345678", "E*******8"), ("12", "*")],
)
def test_a_number_is_shown_by_its_ends(number, masked):
    assert masked_number(number) == masked


@given(st.text(max_size=25))
def test_what_was_read_is_read_again_the_same(text):
    number = read_number(text)
    assert not number or read_number(number) == number
