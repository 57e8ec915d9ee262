"""Points as people read them: whole or with one decimal, cut and never rounded up."""

from __future__ import annotations

from fractions import Fraction


def points_words(tenths: Fraction | int) -> str:
    """87.5 of 875 tenths, 90 of 900; a part of a tenth is cut off."""
    whole, rest = divmod(int(tenths), 10)
    return f"{whole}.{rest}" if rest else str(whole)
