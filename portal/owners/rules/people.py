"""The owners a line names, with what it says of each."""

import re
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple, Protocol

from .cells import compact, plain, visible
from .identity import is_credit_code, read_number
from .phones import read_phone
from .words import DELIVERED, DEVELOPERS, read_delivery

SEPARATORS = re.compile(r"[、，,;；/／\n\r]")
# A slash between digits is a share behind a name: 甲1/2、乙1/2.
BETWEEN_NAMES = re.compile(r"[、，,;；\n\r]|(?<![0-9０-９])[/／]|[/／](?![0-9０-９])")
NOBODY = {"", "-", "--", "—", "无", "暂无", "空", "空置", "无业主", "未知", "不详", "无人"}
LONGEST_NOBODY = 4  # characters of NULL, or of 空置未售 where the owner's cell says it
# What a formula that failed shows, in a workbook and in a .csv made of it.
FAILED = re.compile(r"#(?:N/A|(?:REF|VALUE|DIV/0|NUM|NULL|SPILL|CALC)!|NAME\?)")
NOBODY_FOREIGN = {"NONE", "NULL", "NAN", "N/A", "NA"}
# What follows a comma in a company's name: Foo Co., Ltd. is one owner.
COMPANY_ENDING = re.compile(r"\s*(?:Ltd|Inc|LLC|Limited|S\.?A|S\.?r\.?l)\b.*", re.IGNORECASE)
COMPANY = re.compile(
    r"公司|集团|银行|合作社|委员会|中心|厂$|局$|学校|医院|研究院|事务所|\bLtd|\bInc"
)
PHONE_IN_NAME = re.compile(r"(?:\+?86[- ]?)?1\d{10}|0\d{2,3}-\d{7,8}")
DOTS = str.maketrans(
    dict.fromkeys(
        ".\u0387\u2022\u2024\u2027\u2219\u22c5\u25cf\u30fb\uff65\uff0e\ua78f\u16eb\u2e31", "·"
    )
)
SHARE_BEHIND = re.compile(
    r"(?P<open>[(（\[【])?\s*[:：]?\s*(?:(?:产权|房屋)?(?:份额|比例|占比)|各?占有?|持有?|享有)?[:：为]?\s*"
    r"(?P<share>[0-9０-９]{1,9}[/／][0-9０-９]{1,9}|[0-9０-９.．]{1,19}[%％]|[0０][.．][0-9０-９]{1,18}"
    r"|百?[一二三四五六七八九十0-9]{1,4}分之[一二三四五六七八九十0-9]{1,4})\s*(?(open)[)）\]】])$"
)
# 甲50%乙50%: the share ends a name as a sign would.
SHARE_THEN_NAME = re.compile(r"(?<=[%％])\s*(?=[一-龥])|(?<=[%％0-9][)）\]】])\s*(?=[一-龥A-Za-z])")
LONGEST_SHARE = 60  # characters behind a name


PersonKey = tuple[str, ...]  # ("number", n), ("phone", name, phone) or ("alone", part, name)


class Mention(NamedTuple):
    """One owner as one line names them.  `name_key` is what makes two names one; `phone` and
    `number` are checked, `phone_as_entered` and `number_as_entered` what the cell says; the last
    four may be empty."""

    name: str
    name_key: str
    phone: str = ""
    number: str = ""
    phone_as_entered: str = ""
    number_as_entered: str = ""
    share: Fraction | None = None
    certificate: str = ""

    @property
    def is_alone(self) -> bool:
        """Whether nothing but the name tells who it is."""
        return not self.phone and not self.number


class Datum(NamedTuple):
    """One phone or number of a cell: as entered, and checked (empty if it fits none)."""

    entered: str
    checked: str


NOTHING = Datum("", "")


def name_key(name: str) -> str:
    """What makes two names one: without white space, widths, case and kinds of dots."""
    text = compact(name)
    return (text if text.isalnum() else text.translate(DOTS)).upper()


def read_names(cell: str) -> list[str]:
    """The owners a cell names; none where it says that nobody is (无, /, 未售)."""
    if says_nobody(cell):
        return []
    if cell.isalnum():
        return [cell]
    pieces = BETWEEN_NAMES.split(cell)
    if len(pieces) == 1:
        return [_one_name(cell)]
    names: list[str] = []
    for piece in pieces:
        if names and COMPANY_ENDING.fullmatch(piece):
            names[-1] += ", " + piece.strip()
        elif not says_nobody(piece):
            names.append(_one_name(piece))
    return names


def shares_behind(cell: str) -> tuple[str, list[str]]:
    """A cell of names without the shares behind them, and these, one for each name: 甲（50%）、乙
    is 甲、乙 and [50%, nothing].  An empty list if no share is said."""
    if cell.isalnum() and "分之" not in cell:
        return cell, []
    names: list[str] = []
    shares: list[str] = []
    for piece in BETWEEN_NAMES.split(SHARE_THEN_NAME.sub("、", cell)):
        text = piece.rstrip()
        found = SHARE_BEHIND.search(text, max(1, len(text) - LONGEST_SHARE))
        name, share = (text[: found.start()], plain(found["share"])) if found else (piece, "")
        if names and COMPANY_ENDING.fullmatch(name):
            names[-1], shares[-1] = f"{names[-1]}, {name.strip()}", share
        elif not says_nobody(name):
            names.append(name)
            shares.append(share)
    if not any(shares):
        return cell, []
    return "、".join(names), shares


def says_nobody(cell: str) -> bool:
    """Whether an owner's cell names nobody."""
    text = compact(cell)
    if FAILED.fullmatch(text):
        return True
    if len(text) > LONGEST_NOBODY:
        return False
    if text in NOBODY or text.upper() in NOBODY_FOREIGN:
        return True
    return DEVELOPERS.search(text) is not None and read_delivery(text) != DELIVERED


def _one_name(piece: str) -> str:
    """张 三, spaced out to line up with longer names, as 张三; 欧阳 娜娜 and foreign names stay."""
    words = visible(piece).split()
    is_spaced_out = any(len(word) == 1 and not word.isascii() for word in words)
    return ("" if is_spaced_out else " ").join(words)


def read_phones(cell: str, owners: int = 1, *, demonstration: bool) -> list[Datum]:
    """The phones of a cell, parted like names, or by spaces where each piece is one; beside as
    many owners NOTHING stands where one has none (、13800000000)."""
    return _data(cell, owners, read_phone, demonstration=demonstration)


def read_numbers(cell: str, owners: int = 1, *, demonstration: bool) -> list[Datum]:
    """The identity numbers of a cell, in the same way."""
    return _data(cell, owners, read_number, demonstration=demonstration)


class Check(Protocol):
    """`read_phone` or `read_number`."""

    def __call__(self, text: str, *, demonstration: bool) -> str: ...


def _data(cell: str, owners: int, check: Check, *, demonstration: bool) -> list[Datum]:
    if not cell:
        return []
    if cell.isalnum():  # one, as in most lines
        checked = check(cell, demonstration=demonstration)
        return [Datum(cell, checked)] if checked or compact(cell) not in NOBODY else []
    pieces = _pieces(cell, owners, lambda text: check(text, demonstration=demonstration))
    return [
        Datum(one, check(one, demonstration=demonstration)) if one else NOTHING for one in pieces
    ]


def _pieces(cell: str, owners: int, check: Callable[[str], str]) -> list[str]:
    if FAILED.fullmatch(visible(cell)):
        return [cell]
    pieces: list[str] = []
    for piece in SEPARATORS.split(visible(cell)):
        words = piece.split()
        if len(words) > 1 and not check(piece) and all(check(word) for word in words):
            pieces += words
        else:
            pieces.append("" if compact(piece) in NOBODY else piece.strip())
    said = [piece for piece in pieces if piece]
    return pieces if said and len(pieces) == owners else said


def apart(cell: str) -> tuple[str, str]:
    """Names and phones of a cell that holds both, as two cells."""
    text = plain(cell)
    phones = "、".join(PHONE_IN_NAME.findall(text))
    return PHONE_IN_NAME.sub("", text).strip(" :()-"), phones


def is_company(mention: Mention) -> bool:
    """Whether the owner is an organisation, by its credit code, else by its name."""
    if mention.number:
        return is_credit_code(mention.number)
    return COMPANY.search(mention.name) is not None and len(mention.name) > 4
