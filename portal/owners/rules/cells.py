"""What a cell says once hidden characters, widths and stray spaces are out of the way."""

import re
from unicodedata import is_normalized, normalize

from .radicals import with_letters

# Zero-width and direction marks, soft hyphens, controls (not tab and line breaks), lone surrogates.
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
FORCED_TEXT = re.compile(r'="([^"]*)"')
WHOLE_FLOAT = re.compile(r"(-?\d+)\.0+")


UNREADABLE = "\ufffd"  # stands where bytes could not be decoded


def visible(cell: str) -> str:
    """The cell as a person sees it: without hidden characters, outer white space, and the marks
    that keep a spreadsheet program from reading it as a number ('0101, ="0101")."""
    if cell.isalnum():  # most cells: letters and digits hide nothing
        return cell
    seen = cell.strip() if cell.isprintable() else HIDDEN.sub("", cell).strip()
    if seen[:1] in "'=":
        forced = FORCED_TEXT.fullmatch(seen)
        return forced[1].strip() if forced else seen.removeprefix("'")
    return seen


def plain(cell: str) -> str:
    """What is seen, with full-width letters, digits and signs as ordinary ones (NFKC), and radicals
    as the letters they stand for."""
    seen = cell if cell.isalnum() else visible(cell)
    if seen.isascii():
        return seen
    if not is_normalized("NFKC", seen):
        seen = normalize("NFKC", seen).strip()
    return seen if seen.isalnum() else with_letters(seen)


def compact(cell: str) -> str:
    """The plain cell without any white space."""
    if cell.isalnum() and (cell.isascii() or is_normalized("NFKC", cell)):  # as most cells are
        return cell
    return "".join(plain(cell).split())


def whole(text: str) -> str:
    """301.0, as a program writes a whole number, as 301; anything else as it is."""
    found = WHOLE_FLOAT.fullmatch(text)
    return found[1] if found else text
