"""One spelling for what people write of a place: digits for numerals, one dash, one minus (负)."""

import re

from .cells import plain, whole
from .numerals import with_digits

LONGEST_CELL = 200  # characters: no person wrote a longer place
SPACES = re.compile(r"\s+")
BETWEEN_WORDS = re.compile(r"(?<=[0-9A-Z])\s+(?=[0-9A-Z])")

# Below ground.  A storey is written 地下1层, a room below ground 负101.
STOREY_BELOW = re.compile(
    r"(?:地下|负|(?<![A-Z0-9])B|^-)(\d)(?:层|楼|F)|(?:地下|负)(\d)(?=-[一-龥])"
)
BELOW = re.compile(r"地下(?=\d)(?!\d层)")

# Dashes.  Of two behind each other the second is a minus, unless all of them are doubled.
DASH = "\u2010-\u2015\u2212\ufe63~\u301c_/\\\\|\u00b7\u2022\u2027\u2219\u22c5\u30fb\u30fc-"
TYPED_FOR_A_DASH = re.compile(r"(?<=\d)[一\u3127](?=\d)")  # the numeral one, a bopomofo letter
RUN = re.compile(rf"\s*[{DASH}](?:\s*[{DASH}])*\s*")
MARKED_END = re.compile("[幢栋棟座号楼#元门梯]$")
FIRST_MINUS = re.compile(r"^-(?=[\dA-Z])")

# Clusters of one compound whose buildings are numbered each from 1.
_WHICH = r"\d{1,2}|[A-Z]|[甲乙丙丁]"
_SIDE = "[东西南北中]"
_BEHIND = "(?:^|(?<=[省市县镇乡道号苑园里村-]))"
CLUSTER = (
    rf"(?:(?:{_WHICH})(?:期|区|组团|小区|园区)"
    rf"|{_BEHIND}(?:{_SIDE}(?:区|小区|组团|园区)|[一-龥]{{1,4}}组团))"
)
CLUSTERS = re.compile(CLUSTER)
CLUSTER_FIRST = re.compile(rf"^({CLUSTER})-(?=[0-9A-Z])")
ROMAN = re.compile(r"(?<![A-Z])(?:III|II|IV|I|V)(?=期|区|组团)")
ROMANS = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}
UNITS = re.compile("组团|园区|区|期")
NO_CLUSTER = {"", "无", "/", "0"}

REMARK = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
TELLS_HOMES_APART = re.compile(r"[0-9A-Z东西南北中左右前后上下]{1,3}|\d{1,5}[室号]")
IS_APART = re.compile(
    r"(?:负|地下|-)\d.*|(?:地下|人防|配套)?(?:车位|车库|车棚|储藏|储物|地下室|杂物)[间室]?[A-Z]?\d*"
)
BEHIND_THE_ROOM = re.compile(r"(?<=\d)[室号](?=[A-Z东西南北中左右前后上下]$)")

# What stands before a building: the address of a deed, the name of a compound.
ADDRESS = re.compile(
    r"^[^幢栋棟座#]*(?:省|(?<![超门集菜城夜])市(?:[一-龥]{1,3}区)?|县|街道|镇)(?=.)"
)
SOME_COMPOUND = re.compile(
    rf"^(?P<before>(?:{CLUSTER})*)-?(?P<name>[一-龥A-Z0-9]*?[一-龥]{{2}})小区-?(?=.)"
)
STREET = re.compile(rf"^(?:{CLUSTER})?-?[一-龥]+[路街巷弄道]\d+(?:弄\d+)?号-?(?=.*[幢栋棟座])")
ITS_KIND = re.compile("(?:小区|社区)$")
LONGER_NAME = "苑园里城府庭居村湾邸轩阁院郡墅坊"


def spelled(cell: str) -> str:
    """The cell in upper case, with digits for numerals, one kind of dash, no stray spaces; a minus
    before a storey or a room as 负 or 地下.  Empty if it is longer than any place."""
    if len(cell) > LONGEST_CELL:
        return ""
    text = with_digits(ROMAN.sub(_roman, SPACES.sub(" ", plain(cell)).upper()))
    text = BELOW.sub("负", STOREY_BELOW.sub(_storey_below, text))
    text = _without_remarks(whole(text))
    text = _with_dashes(TYPED_FOR_A_DASH.sub("-", text))
    if text.count(".") == 2 and text.replace(".", "").isdigit():
        text = text.replace(".", "-")
    text = SPACES.sub("", BETWEEN_WORDS.sub("-", text))
    text = FIRST_MINUS.sub("负", text).lstrip("-")
    return BEHIND_THE_ROOM.sub("", STOREY_BELOW.sub(_storey_below, text))


def in_its_compound(text: str, compound: str) -> str:
    """A spelled place without the address and the compound's name before it; the phase or cluster
    among them stays."""
    kept = ""
    for pattern in (ADDRESS, _name_of(compound), STREET, _name_of(compound)):
        found = pattern.match(text) if pattern else None
        if found:
            before = found.groupdict().get("before", found[0])
            kept += "".join(CLUSTERS.findall(before))
            text = text[found.end() :].lstrip("-")
    found = SOME_COMPOUND.match(text)
    if found and _may_be(found["name"], compound):
        kept, text = kept + found["before"], text[found.end() :]
    return CLUSTER_FIRST.sub(r"\1", kept + text)


def cluster_of(cell: str, header: str) -> str:
    """What a cell for the phase or cluster says, as it stands before a building: 2 under 期 is 2期;
    empty where it says that there is none."""
    unit = UNITS.search(header)
    text = spelled(cell)
    if text in NO_CLUSTER:
        return ""
    if re.fullmatch(rf"{_WHICH}|{_SIDE}|[一二三四五六七八九十]", text):
        return spelled(text + (unit[0] if unit else "期")).replace("园区", "区")
    return text


def _roman(found: re.Match[str]) -> str:
    return ROMANS[found[0]]


def _storey_below(found: re.Match[str]) -> str:
    return f"地下{found[1] or found[2]}层"


def _without_remarks(text: str) -> str:
    """Without what stands in brackets, unless it tells two homes apart; (复式) and (已售) do not.
    A phase in brackets comes first."""
    clusters = [one for one in REMARK.findall(text) if CLUSTERS.fullmatch(one)]
    return "".join(clusters) + REMARK.sub(_remark, text)


def _remark(found: re.Match[str]) -> str:
    if IS_APART.fullmatch(found[1]):
        return found[1].replace("-", "负", 1) if found[1].startswith("-") else found[1]
    if not TELLS_HOMES_APART.fullmatch(found[1]):
        return ""
    behind_digits = found.string[: found.start()][-1:].isdigit()
    return f"-{found[1]}" if behind_digits and found[1].isdigit() else found[1]


def _with_dashes(text: str) -> str:
    """One kind of dash.  1-1--101 is room -101; 1--1--301 doubles its dashes; 1--101 may be either,
    so its two dashes stay, and no room is told."""
    runs = ["".join(run.split()) for run in RUN.findall(text)]
    doubled = [run for run in runs if _may_hide_a_minus(run)]
    if not doubled:
        return RUN.sub("-", text)
    are_all = len(doubled) == len(runs) > 1

    def dash(found: re.Match[str]) -> str:
        if are_all or not _may_hide_a_minus("".join(found[0].split())):
            return "-"
        is_told = len(runs) > 1 or MARKED_END.search(text[: found.start()])
        return "-负" if is_told and text[found.end() : found.end() + 1].isdigit() else "--"

    return RUN.sub(dash, text)


def _may_hide_a_minus(run: str) -> bool:
    return len(run) > 1 and run[-1] in "-\u2010\u2011\u2012\u2013\u2212"


def _name_of(compound: str) -> re.Pattern[str] | None:
    """The compound's name where a building stands behind it, with or without the word 小区."""
    name = ITS_KIND.sub("", spelled(compound))
    if not name:
        return None
    return re.compile(
        rf"^(?P<before>[^幢栋棟座#]*?){re.escape(name)}(?:小区|社区)?-?(?=[^{LONGER_NAME}])"
    )


def _may_be(name: str, compound: str) -> bool:
    """Whether some 小区 named in a cell may be the compound: one of the names has the other."""
    own = ITS_KIND.sub("", spelled(compound))
    return not own or name in own or own in name
