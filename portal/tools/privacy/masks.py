"""What of a name, a phone or a number may be shown where the whole may not (law.md §8.2).

"Enough to distinguish namesakes" is the test: 张*, 张*三, 欧阳*.
"""

STAR = "*"
_PAIRS = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶"
    "太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良"
    "漆雕乐正宰父谷梁拓跋夹谷轩辕令狐段干百里呼延东郭南门羊舌微生梁丘左丘西门第五即墨"
    "达奚褚师纳兰完颜叶赫"
)
TWO_CHARACTER_SURNAMES = frozenset(_PAIRS[at : at + 2] for at in range(0, len(_PAIRS), 2))
SHOWN_DIGITS = 4
SHORTEST_WITH_A_HEAD = 11  # a mobile number: three in front, four behind, four hidden


def masked_name(name: str, *, is_company: bool = False) -> str:
    """The surname, stars, and the last character of a given name of two or more.

    A company's name is public (企业信用信息公示) and stays as it is.
    """
    name = name.strip()
    if is_company or not name:
        return name
    has_long_surname = len(name) > 2 and name[:2] in TWO_CHARACTER_SURNAMES
    surname, given = (name[:2], name[2:]) if has_long_surname else (name[:1], name[1:])
    if len(given) < 2:
        return surname + STAR
    return surname + STAR * (len(given) - 1) + given[-1]


def masked_phone(phone: str) -> str:
    """138****1234; mainland numbers without +86; of shorter ones the last four, or nothing."""
    digits = phone.removeprefix("+86").replace("-", "").replace(" ", "")
    if len(digits) >= SHORTEST_WITH_A_HEAD:
        return digits[:3] + STAR * 4 + digits[-SHOWN_DIGITS:]
    return _tail(digits)


def masked_number(number: str) -> str:
    """An identity document's number: its last four, or nothing of a short one."""
    return _tail(number.strip())


def masked_email(address: str) -> str:
    """The first letter and the domain."""
    local, at, domain = address.partition("@")
    return f"{local[:1]}{STAR * 3}{at}{domain}" if at else STAR * len(address)


def _tail(text: str) -> str:
    if len(text) < 2 * SHOWN_DIGITS:
        return STAR * len(text)
    return STAR * (len(text) - SHOWN_DIGITS) + text[-SHOWN_DIGITS:]
