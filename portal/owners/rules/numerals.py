"""Chinese numerals where they count buildings, stairwells, floors and rooms."""

import re

ONES = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}
UNITS = {"十": 10, "百": 100}
COUNTING = re.compile(
    r"第?([〇零一二三四五六七八九十百]+)(?=号楼|幢|栋|棟|座|单元|门|梯|层|楼|室|号|期|区|组团|房)"
)
BELOW = re.compile("(负|地下)([一二三四五六七八九])(?![〇零一二三四五六七八九十百])(?=([0-9]?))")


def with_digits(text: str) -> str:
    """二期十二幢三〇一室 as 2期12幢301室, 负一-101 as 负1-101; numerals that count nothing stay."""
    counted = COUNTING.sub(lambda found: str(value_of(found[1])), text).replace("第", "")
    return BELOW.sub(_storey, counted)


def _storey(found: re.Match[str]) -> str:
    """负二117 is room 117 on that storey."""
    return f"{found[1]}{ONES[found[2]]}{'-' if found[3] else ''}"


def value_of(numeral: str) -> int:
    """十二 is 12, 二百零五 is 205, 三〇一 (digits read out) is 301."""
    if not any(unit in numeral for unit in UNITS):
        return int("".join(str(ONES[character]) for character in numeral))
    total, digit = 0, 0
    for character in numeral:
        if character in UNITS:
            total += (digit or 1) * UNITS[character]
            digit = 0
        else:
            digit = ONES[character]
    return total + digit
