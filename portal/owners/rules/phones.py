"""Telephone numbers as written in a roll, as one spelling of each (E.164)."""

import re

from .cells import plain, whole

SPACING = re.compile(r"[\s()\-.·\u2010-\u2015\u2212]")
USUAL = re.compile(r"1(?:[3-9]\d|(00))\d{8}", re.ASCII)  # a mobile as most cells have it
MOBILE = re.compile(r"(?:(?:\+|00)?86)?(1[3-9]\d{9})")
LANDLINE = re.compile(
    r"(?:(?:\+|00)?86)?0?((?:10|2\d|[3-9]\d{2})[2-8]\d{6,7})(?:[转X*#,](\d{1,6}))?"
)
HAS_AREA_CODE = re.compile(r"(?:\+|00)?86|0[1-9]")
ABROAD = re.compile(r"(?:\+|00)((?!86)[1-9]\d{6,14})")
INVENTED = re.compile(r"(?:(?:\+|00)?86)?(100\d{8})")  # given to nobody: for demonstrations
EXTENSION = re.compile(r"(?<=\d{7})-(\d{1,5})$")
EXPONENT = re.compile(r"(\d)(?:\.(\d+))?E\+?(\d{1,2})", re.IGNORECASE)


def read_phone(text: str, *, demonstration: bool = False) -> str:
    """A mainland mobile or landline with its area code, or a number abroad with its country's code,
    as +8613800000000 (an extension follows a comma); empty if `text` is none of these.

    Numbers beginning 100, which nobody has, pass only where `demonstration` is set.
    """
    usual = USUAL.fullmatch(text)
    if usual and (demonstration or not usual[1]):
        return f"+86{text}"
    digits = SPACING.sub("", EXTENSION.sub(r",\1", _exact(whole(plain(text)))))
    mobile = MOBILE.fullmatch(digits) or (demonstration and INVENTED.fullmatch(digits))
    if mobile:
        return f"+86{mobile[1]}"
    landline = LANDLINE.fullmatch(digits.upper())
    if landline and HAS_AREA_CODE.match(digits):
        return f"+86{landline[1]}" + (f",{landline[2]}" if landline[2] else "")
    abroad = ABROAD.fullmatch(digits)
    return f"+{abroad[1]}" if abroad else ""


def _exact(text: str) -> str:
    """1.3812345678E+10 in full, if each digit is there; 1.38E+10 has lost some and stays."""
    found = EXPONENT.fullmatch(text)
    if not found or len(found[2] or "") != int(found[3]):
        return text
    return found[1] + (found[2] or "")


def masked_phone(text: str) -> str:
    """The first three and last four characters; one of seven or fewer is no number to hide."""
    hidden = len(text) - 7
    return text if hidden <= 0 else text[:3] + "*" * hidden + text[-4:]
