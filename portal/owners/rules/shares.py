"""Shares in a home: 1/2, 50% or 0.5, and whether a part's owners hold the whole."""

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from .cells import compact

TOLERANCE = Fraction(1, 10_000)  # 0.01 % for each owner
MANY = 200  # owners of one part, more than any has
PLACES = 10**18  # far below the tolerance, however many share
LARGEST_DENOMINATOR = 1_000_000  # 0.333333333333333, as a program writes it, is a third
FRACTION = re.compile(r"(\d{1,9})/(\d{1,9})")
WORDED = re.compile(r"(\d{1,4})分之(\d{1,4})")
DECIMAL = re.compile(r"(\d{0,9}(?:\.\d{0,18})?)(%?)")
TYPED_AS_A_DAY = re.compile(r"\d{4}-(\d{2})-(\d{2})")  # 1/2 becomes 2 January in a spreadsheet
ONES = str.maketrans("一二三四五六七八九", "123456789")
EACH = re.compile(r"^(?:各占?|均为?|每人)")
NOT_SAID = {"", "-", "/", "无", "共有", "共同共有", "单独所有", "全部", "按份共有"}
SEPARATORS = re.compile(r"[、,;\n]|(?<=%)/(?=[\d.]+%)")  # 50%/50% too
SHARE = re.compile(r"\d{1,9}/\d{1,9}|\d*\.\d+|[\d.]+%")


class ShareUnreadable(ValueError):
    """A share is given and is no share."""


def read_shares(cell: str, owners: int) -> list[Fraction | None]:
    """Each owner's share from one cell, in the names' order; None where none is said.

    A single share beside several owners is each one's if that makes the whole (or it says 各);
    else they hold it together and nothing is known of each but that.  Refuses ShareUnreadable.
    """
    if not cell:
        return [None] * owners
    pieces = [piece for piece in SEPARATORS.split(_lined(cell)) if piece not in NOT_SAID]
    if not pieces or not owners:
        return [None] * owners
    shares = [read_share(EACH.sub("", piece)) for piece in pieces]
    if len(shares) == 1 and owners > 1:
        return _together(shares[0], owners, is_each=EACH.match(pieces[0]) is not None)
    if len(shares) > owners:
        raise ShareUnreadable(cell)
    return [*shares, *[None] * (owners - len(shares))]


@lru_cache(maxsize=1_000)
def read_share(text: str) -> Fraction:
    """One share; a number above 1 is a percentage, but what misses 1 by the tolerance is 1.
    Refuses ShareUnreadable, also for nothing."""
    value = _value(text.translate(ONES)).limit_denominator(LARGEST_DENOMINATOR)
    if value <= 0 or value > 1 + TOLERANCE:
        raise ShareUnreadable(text)
    return min(value, Fraction(1))


def make_a_whole(shares: Sequence[Fraction]) -> bool:
    """Whether these sum to 1, give or take 0.01 % for each owner."""
    return abs(total_of(shares) - 1) <= TOLERANCE * len(shares)


def total_of(shares: Sequence[Fraction]) -> Fraction:
    """Their sum; of very many cut to 18 places each, or its digits would grow without end."""
    if len(shares) <= MANY:
        return sum(shares, Fraction())
    return Fraction(sum(one.numerator * PLACES // one.denominator for one in shares), PLACES)


def _together(share: Fraction, owners: int, *, is_each: bool) -> list[Fraction | None]:
    if is_each or make_a_whole([share] * owners):
        return [share] * owners
    # Held jointly; a piece of the whole is split evenly, as Civil Code art. 309 has it in doubt.
    return [None if share == 1 else share / owners] * owners


def _lined(cell: str) -> str:
    """Without white space, but that which parts shares, as 1/3 2/3, is a line break."""
    lines = []
    for line in cell.splitlines():
        words = [compact(word) for word in line.split()]
        is_parted = len(words) > 1 and all(map(SHARE.fullmatch, words))
        lines.append("\n".join(words) if is_parted else compact(line))
    return "\n".join(lines).replace("\u2044", "/")


def _value(text: str) -> Fraction:
    day = TYPED_AS_A_DAY.fullmatch(text)
    fraction = FRACTION.fullmatch(text) or day
    if fraction and int(fraction[2]):
        return Fraction(int(fraction[1]), int(fraction[2]))
    worded = WORDED.fullmatch(text)
    if worded and int(worded[1]):
        return Fraction(int(worded[2]), int(worded[1]))
    decimal = DECIMAL.fullmatch(text)
    if not decimal or not any(character.isdigit() for character in decimal[1]):
        raise ShareUnreadable(text)
    value = Fraction(decimal[1])
    return value / 100 if decimal[2] or value > 1 + TOLERANCE else value
