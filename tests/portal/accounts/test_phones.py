"""Phone numbers in one form, however they are written."""

import pytest

from portal.accounts import phones
from portal.accounts.access import asks


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("13800138000", "+8613800138000"),
        ("138 0013 8000", "+8613800138000"),
        ("138-0013-8000", "+8613800138000"),
        ("１３８００１３８０００", "+8613800138000"),
        ("+86 13800138000", "+8613800138000"),
        ("008613800138000", "+8613800138000"),
        ("8613800138000", "+8613800138000"),
        ("0577-67222222", "+8657767222222"),
        ("+39 333 123 4567", "+393331234567"),
    ],
)
def test_a_number_has_one_form(written, number):
    assert phones.e164(written, demonstration=False) == number


@pytest.mark.parametrize(
    "written", ["", "张三", "12345", "1380013800", "138001380000", "23800138000"]
)
def test_what_is_no_number_is_refused_without_repeating_it(written):
    with pytest.raises(phones.NotAPhone) as refusal:
        phones.e164(written, demonstration=True)
    assert refusal.value.args == ()


@pytest.mark.parametrize("written", ["10000000001", "+8610000000001", "100 0000 0001"])
def test_invented_numbers_pass_at_the_demonstration_only(written):
    assert phones.e164(written, demonstration=True) == "+8610000000001"
    with pytest.raises(phones.NotAPhone):
        phones.e164(written, demonstration=False)


@pytest.mark.parametrize(
    ("number", "takes"),
    [
        ("+8613800138000", True),
        ("+8617012345678", True),
        ("+8610000000001", True),
        ("+8657767222222", False),
        ("+393331234567", False),
        ("+85291234567", False),
    ],
)
def test_codes_go_to_mainland_mobiles(number, takes):
    assert phones.takes_codes(number) == takes


def test_a_view_that_asks_nothing_cannot_say_that_it_asks():
    with pytest.raises(TypeError):
        asks()
