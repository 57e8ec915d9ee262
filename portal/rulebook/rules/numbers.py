"""Numbers as the law writes them: 15, 2/3, 20%, 7‰, 4.5; exact, never a float."""

from __future__ import annotations

import re
from fractions import Fraction

Number = int | Fraction

_WHOLE = re.compile(r"[0-9]{1,18}")
_FRACTION = re.compile(r"([0-9]{1,18})/([0-9]{1,18})")
_DECIMAL = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,12})?)(%|‰)?")
_PARTS = {None: 1, "%": 100, "‰": 1000}


def number(text: str) -> Number:
    """The exact number, an int if digits alone; refuses (`ValueError`) anything else."""
    if _WHOLE.fullmatch(text):
        return int(text)
    if found := _FRACTION.fullmatch(text):
        over, under = int(found[1]), int(found[2])
        if not under:
            raise ValueError(text)
        return Fraction(over, under)
    if found := _DECIMAL.fullmatch(text):
        return Fraction(found[1]) / _PARTS[found[2]]
    raise ValueError(text)
