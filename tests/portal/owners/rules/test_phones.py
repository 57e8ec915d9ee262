"""Phones: one spelling of each, and what fits none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.owners.rules.phones import masked_phone, read_phone


@pytest.mark.parametrize(
    "cell",
    [
        "13800000000",
        "138 0000 0000",
        "138-0000-0000",
        "+8613800000000",
        "+86 138 0000 0000",
        "008613800000000",
        "8613800000000",
        "13800000000.0",
        "１３８００００００００",
        "\u200b13800000000\u00a0",
        "1.3800000000E+10",
        "'13800000000",
        '="13800000000"',
    ],
)
def test_a_mobile_has_one_spelling(cell):
    assert read_phone(cell) == "+8613800000000"


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("0577-67221234", "+8657767221234"),
        ("057767221234", "+8657767221234"),
        ("(0577)6722 1234", "+8657767221234"),
        ("+86 577 67221234", "+8657767221234"),
        ("010-62345678", "+861062345678"),
        ("0577-67221234-801", "+8657767221234,801"),
        ("0577-67221234转801", "+8657767221234,801"),
        ("+39 333 1234567", "+393331234567"),
        ("0034 612345678", "+34612345678"),
    ],
)
def test_landlines_with_their_area_code_and_numbers_abroad_pass(cell, phone):
    assert read_phone(cell) == phone


@pytest.mark.parametrize(
    "cell",
    [
        "1380000",
        "12800000000",
        "138000000001",
        "67221234",
        "1.38E+10",
        "无",
        "",
        "138*0000000",
        "张三",
        "+86",
        "4001234567",
    ],
)
def test_what_fits_none_is_none(cell):
    assert read_phone(cell) == ""


def test_invented_numbers_pass_only_in_a_demonstration():
    assert [read_phone("10000000001", demonstration=shown) for shown in (False, True)] == [
        "",
        "+8610000000001",
    ]


@pytest.mark.parametrize(
    ("text", "masked"),
    [("1380000", "1380000"), ("13800001234", "138****1234"), ("138000012345", "138*****2345")],
)
def test_a_phone_is_shown_by_its_ends(text, masked):
    assert masked_phone(text) == masked


@given(st.text(max_size=30))
def test_what_was_read_is_read_again_the_same(text):
    phone = read_phone(text)
    assert not phone or read_phone(phone) == phone
