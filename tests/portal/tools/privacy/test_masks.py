"""What of a name, a phone or a number is shown (law.md §8.2)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.tools.privacy.masks import masked_email, masked_name, masked_number, masked_phone


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三", "张*"),
        ("张小三", "张*三"),
        ("张小小三", "张**三"),
        ("欧阳修", "欧阳*"),
        ("欧阳小修", "欧阳*修"),
        ("欧阳", "欧*"),
        ("司马相如", "司马*如"),
        ("张", "张*"),
        ("", ""),
        (" 张三 ", "张*"),
        ("阿不都·克里木", "阿*****木"),
        ("𬱖三", "𬱖*"),
    ],
)
def test_a_name_keeps_its_surname_and_its_last_character(name, shown):
    assert masked_name(name) == shown


def test_a_company_keeps_its_name():
    assert masked_name("永嘉县幸福物业有限公司", is_company=True) == "永嘉县幸福物业有限公司"


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("+8613800001234", "138****1234"),
        ("13800001234", "138****1234"),
        ("138 0000 1234", "138****1234"),
        ("+8657767221234", "577****1234"),
        ("0577-67221234", "057****1234"),
        ("67221234", "****1234"),
        ("1234567", "*******"),
        ("", ""),
    ],
)
def test_a_phone_keeps_three_and_four_digits(phone, shown):
    assert masked_phone(phone) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("330324199001011234", "**************1234"),
        ("33032419900101123X", "**************123X"),
        ("12345678", "****5678"),
        ("1234567", "*******"),
        ("", ""),
    ],
)
def test_a_number_keeps_its_last_four(number, shown):
    assert masked_number(number) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [("chen@example.com", "c***@example.com"), ("nonsense", "********"), ("", "")],
)
def test_an_address_keeps_its_first_letter_and_its_domain(address, shown):
    assert masked_email(address) == shown


@given(st.text(alphabet="0123456789", max_size=30))
def test_at_least_four_digits_are_hidden_or_all(digits):
    for shown in (masked_phone(digits), masked_number(digits)):
        assert sum(c.isdigit() for c in shown) <= max(len(digits) - 4, 0)


@given(st.text(alphabet="张王欧阳司马三四五六", min_size=2, max_size=8))
def test_some_of_every_name_is_hidden_and_its_length_tells_no_more(name):
    shown = masked_name(name)
    assert "*" in shown
    assert len(shown) == len(name)
    assert all(s in ("*", c) for s, c in zip(shown, name, strict=True))
