"""Areas as written in a roll, as whole hundredths of a square metre."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

from .cells import plain

LARGEST = 100_000_00  # 100,000 m²
NUMBER = re.compile(
    r"(?P<number>[+\u2212-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:E[+-]?\d{1,3})?)"
    r"\s*(?:M2|平方米|平米|平方|平)?",
    re.IGNORECASE | re.ASCII,  # the digits of other scripts are a slip of the hand
)
USUAL = re.compile(r"(\d{1,5})(?:\.(\d\d?))?", re.ASCII)  # 89.32, read without a Decimal
LONGEST = 100  # characters, longer than any a person wrote
EXACT = Context(prec=LONGEST + 2)


class Area(NamedTuple):
    """A good area; `is_rounded` when the cell had said more than two decimals hold."""

    hundredths: int
    is_rounded: bool = False


@lru_cache(maxsize=20_000)  # homes of one plan have one area
def read_area(cell: str) -> Area | str:
    """The area, or why there is none: area-missing, area-not-a-number, area-not-positive (also what
    rounds to nothing) or area-too-large.  More than two decimals are rounded half up.
    """
    usual = USUAL.fullmatch(cell)
    if usual and (hundredths := int(usual[1] + (usual[2] or "").ljust(2, "0"))):
        return Area(hundredths)
    text = plain(cell)
    if not text:
        return "area-missing"
    value = _number(text)
    if value is None:
        return "area-not-a-number"
    if value > LARGEST:
        return "area-too-large"
    hundredths = int(value.to_integral_value(ROUND_HALF_UP))
    if hundredths <= 0:
        return "area-not-positive"
    return Area(hundredths, is_rounded=value != hundredths)


def _number(text: str) -> Decimal | None:
    """The hundredths said, exactly; None if `text` is no number."""
    found = NUMBER.fullmatch(text) if len(text) <= LONGEST else None
    digits = found["number"].replace(",", "").replace("\u2212", "-") if found else ""
    if not any(character.isdigit() for character in digits.upper().partition("E")[0]):
        return None
    return EXACT.multiply(Decimal(digits), Decimal(100))


def written(hundredths: int) -> str:
    """Hundredths of a square metre as a decimal string in square metres, 893200 as 8932.00."""
    return f"{hundredths // 100}.{hundredths % 100:02}"
