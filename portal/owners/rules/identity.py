"""Numbers of identity documents and unified credit codes: which are well-formed.

GB 11643-1999 (citizens' numbers; the check digit is ISO 7064 MOD 11-2), the 15 digits it replaced,
GB 32100-2015 (unified social credit codes, modulus 31), passports, and the permits of residents of
Hong Kong, Macao and Taiwan.
"""

import re
from datetime import date
from functools import lru_cache
from operator import mul

from .cells import compact, whole

PROVINCE = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
NATIONAL = "100000"  # registered by a state authority
INVENTED_REGION = "999999"  # of no place: for demonstrations
USUAL = re.compile(r"\d{17}[\dX]", re.ASCII)  # a citizen's number as most cells have it
CITIZEN = re.compile(r"\d{17}[\dX]")
CITIZEN_BEFORE_1999 = re.compile(r"\d{15}")
FOREIGN_RESIDENT = re.compile(
    r"9(\d{2})\d{3}"
)  # permanent residents since 2023: 9, province, state
CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
OTHERS = (
    re.compile(r"[A-Z]{1,3}\d{6,8}|\d{2}[A-Z]{2}\d{5}"),  # passports
    re.compile(r"[HM]\d{8}(?:\d{2})?"),  # 港澳居民来往内地通行证
    re.compile(r"\d{8}|\d{10}[A-Z]"),  # 台湾居民来往大陆通行证
    re.compile(r"[A-Z]{3}\d{12}"),  # permanent residents until 2023
)
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
CITIZEN_WEIGHTS = tuple(pow(2, place, 11) for place in range(17, 0, -1))
PUNCTUATION = re.compile(r"[\s'’‘`()\-]")


def read_number(text: str, *, demonstration: bool = False) -> str:
    """The number in its one spelling (a citizen's always with 18 digits), or empty if it fits none.

    Region 999999, which is no place, passes only where `demonstration` is set.
    """
    if USUAL.fullmatch(text) and _is_citizens(text, demonstration=demonstration):
        return text
    number = PUNCTUATION.sub("", whole(compact(text))).upper().replace("×", "X")
    if CITIZEN_BEFORE_1999.fullmatch(number):
        number = with_century(number)
    if CITIZEN.fullmatch(number) and _is_citizens(number, demonstration=demonstration):
        return number
    if CREDIT_CODE.fullmatch(number):
        return number if _is_credit(number) else ""
    return number if any(form.fullmatch(number) for form in OTHERS) else ""


def is_credit_code(number: str) -> bool:
    """Whether a number as `read_number` returns it is an organisation's, not a person's."""
    if CREDIT_CODE.fullmatch(number) is None:
        return False
    # most citizens' numbers would be wrong as a code, which is told fastest
    return _is_credit(number) and not _is_citizens(number, demonstration=True)


def citizen_check_digit(number: str) -> str:
    """The 18th character of a citizen's number, from its first 17 (ISO 7064 MOD 11-2)."""
    region_and_year = _weighed(number[:6], 0) + _weighed(number[6:10], 6)
    day_and_order = _weighed(number[10:14], 10) + _weighed(number[14:17], 14)
    return "10X98765432"[(region_and_year + day_and_order) % 11]


@lru_cache(maxsize=5_000)  # a roll has few of each
def _weighed(digits: str, first: int) -> int:
    """A piece of a citizen's number, from its place `first`, in its weights."""
    return sum(map(mul, CITIZEN_WEIGHTS[first:], map(int, digits)))


def credit_check_digit(code: str) -> str:
    """The 18th character of a unified credit code, from its first 17 (GB 32100-2015)."""
    total = sum(
        CREDIT_ALPHABET.index(character) * weight
        for character, weight in zip(code[:17], CREDIT_WEIGHTS, strict=True)
    )
    return CREDIT_ALPHABET[-total % 31]


def with_century(number: str) -> str:
    """The 18 digits of a 15-digit number: all of their bearers were born in the 1900s."""
    body = number[:6] + "19" + number[6:]
    return body + citizen_check_digit(body)


def masked_number(text: str) -> str:
    """The first three and last four characters of a long number, one and one of a short one."""
    front, back = (3, 4) if len(text) >= 15 else (1, 1)
    return text[:front] + "*" * (len(text) - front - back) + text[-back:] if len(text) > 2 else "*"


def _is_credit(code: str) -> bool:
    """The region is checked too, or one mistyped citizen's number in 31 would pass."""
    is_somewhere = code[2:8] == NATIONAL or PROVINCE.match(code[2:4])
    return bool(is_somewhere) and credit_check_digit(code) == code[-1]


def _is_citizens(number: str, *, demonstration: bool) -> bool:
    return (
        _is_region(number[:6], demonstration)
        and _is_day(number[6:14])
        and citizen_check_digit(number) == number[-1]
    )


@lru_cache(maxsize=5_000)
def _is_region(code: str, demonstration: bool) -> bool:
    if code == INVENTED_REGION:
        return demonstration
    foreign = FOREIGN_RESIDENT.fullmatch(code)
    return PROVINCE.fullmatch(foreign[1] if foreign else code[:2]) is not None


@lru_cache(maxsize=50_000)
def _is_day(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1880 <= born.year < 2100
