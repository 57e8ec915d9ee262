"""What the columns of a roll hold, told by their headers, whatever words these use."""

import re
from dataclasses import dataclass, replace

from .cells import compact

LONGEST = 20  # characters of a header once its remarks in brackets are off

BRACKETS = re.compile(r"[(\[【〔{<《][^)\]】〕}>》]{0,100}[)\]】〕}>》]")
LONGEST_HEADER = 300  # characters, its remarks in brackets included
ORNAMENTS = re.compile(r"[*#:;。.!?★☆※/、,|&+_\-·~]")
NUMBERED = re.compile("^(?:[0-9]{1,2}|[a-z]|[一二三四五六七八九十]{1,2})[.、](?=[一-龥])")
UNITS = {"m2", "平方米", "平米"}
HINTS = re.compile(r"^(?:必填项?|选填)|(?:必填项?|选填)$")
BESIDE_CHINESE = re.compile("(?<=[一-龥])[a-z]{2,}$|^[a-z]{2,}(?=[一-龥])")  # 房号Room No.
UNIT = re.compile(r"(?<=.)(?:单位)?(?:m2|平方米|平米)$")
OF_SOMEBODY_ELSE = re.compile(
    "租|紧急|备用|监护|配偶|家庭成员|代理|经办|填表|制表|登记人|物业公司|原业主|前业主|缴|收费|欠"
)

_WHO = (
    "业主|产权人|产权所有人|所有权人|产权单位|权利人|权属人|所有人|房主|房东|购房人|购房者|买受人"
)
_HOUSE = "楼栋|楼幢|楼宇|号楼|楼|栋|幢|棟|座"
_ROOM = "房间|房室|房号|室|户|房|门牌"
_NAMING = "号码|编号|编码|名称|号|所在|所属|自然|第"


@dataclass(frozen=True, slots=True)
class Words:
    """The headers of one field: made of these words only, with one of `keys`; `rank` orders the
    claims of several columns to the same field, the lowest first."""

    field: str
    rank: int
    keys: re.Pattern[str]
    whole: re.Pattern[str]


def _words(field: str, rank: int, keys: str, others: str = "") -> Words:
    both = f"{keys}|{others}" if others else keys
    return Words(field, rank, re.compile(keys), re.compile(f"(?:{both})+"))


_NAME = f"{_WHO}|姓名|名称|名字|单位|个人|全名|信息|及|和|与|或|的|房屋|房产|不动产|登记|现"
_CALL = f"{_WHO}|户主|本人|联系|手机|移动|电话|号码|号|方式|通讯|联络|或|及|和|与"
_PROOF = (
    f"{_WHO}|统一|社会|身份|公民|号码|编号|号|单位|企业|居民|有效|证明|营业执照|组织|机构|代码"
    "|护照|或|及|和|与|证|件"
)
_DEED = "证书|证|号码|编号|号|房屋|房产|不动产|产权|权属|所有权|登记|权|或|及|和|与"
_PLACE = f"{_NAMING}|部位|房屋|房产|单元|梯|门洞|楼层|层|业主|产权|期|区|或|及|和|与"
_KIND = "房屋|规划|设计|物业|使用|房产|实际|登记|建筑|主要"
_STATE = "是否|已|交付|交房|状态|情况|房屋|房产|销售|出售|售出|售|与否|目前|当前|使用"
_PART = "产权|所有权|共有|所有|持有|占有|所占|占|权属|业主|房屋|享有|拥有|人|各"
_SITE = "房屋|房产|不动产|物业|详细|具体|业主|专有部分|所在|家庭|居住"

_NO = "numbers?|no|code"
ENGLISH = (
    _words("area", 3, "(?:gross|grossfloor|floor|built|building)?area", "sqm|certified|total"),
    _words("id_number", 1, "idcard|idn(?:umber|o)|identity|passport", f"{_NO}|card|owner|national"),
    _words("certificate", 1, "certificate|titledeed|deed", _NO),
    _words("share", 1, "shares?", "ownership|of"),
    _words("phone", 1, "mobile|cellphone", f"{_NO}|phone|owner|contact"),
    _words("phone", 2, "(?:tele)?phone|tel", f"{_NO}|owner|contact"),
    _words("owner", 1, "owners?", "full|names?"),
    _words("owner", 2, "(?:full)?names?"),
    _words("use", 1, "use|usage|purpose", "land|of"),
    _words("delivery", 1, "deliver(?:y|ed)|handover", "status|state"),
    _words("phase", 1, "phase", _NO),
    _words("role", 1, "relation(?:ship)?", "owner|to"),
    _words("building", 1, "building|block|tower", _NO),
    _words("stairwell", 1, "stairwell|entrance|unit", _NO),
    _words("number", 1, "room|flat|apartment", _NO),
    _words("number", 3, "house|home|number", _NO),
)
VOCABULARY = (
    _words("phase", 1, "期数|期别|分期|期", "所属|所在|房屋|小区|项目|楼盘|名称|第"),
    _words("cluster", 1, "组团|园区|片区|(?<![小社])区", "所属|所在|房屋|小区|名称"),
    _words(
        "role",
        1,
        "(?:人员|业主|产权人|权利人|住户|成员|身份)(?:类型|类别|身份|关系)"
        "|[与同和](?:该|本)?(?:业主|产权所有人|产权人|权利人|户主|房主)之?间?的?关系|身份|关系",
    ),
    _words("area", 1, "专有(?:部分)?(?:建筑)?面积"),
    _words("area", 2, "(?:产权|证载|登记|不动产|房产证|产证|权证|权属)证?(?:上|书)?(?:建筑)?面积"),
    _words("area", 3, "(?:房屋|房产)?(?:建筑)?面积数?|建面", "实测|测绘|竣工|合同|预测|总?"),
    _words("area", 4, "平方数?|平米数?|平方米|m2"),
    _words("area", 5, "套内(?:建筑)?面积|(?:使用|计费)面积"),
    _words("id_number", 1, "身份证|证件号|证件编号|公民身份|信用代码|身份号码", _PROOF),
    _words("id_number", 2, "证件|护照|营业执照号", f"{_WHO}|有效|号码|号"),
    _words(
        "certificate",
        1,
        "不动产权证|房地产权证|产权证|房产证|权证|产证|房权证|不动产证|所有权证|权属证",
        _DEED,
    ),
    _words("certificate", 2, "证书", "编号|号码|号"),
    _words("share", 1, "份额|比例|占比", _PART),
    _words("phone", 1, "手机|移动电话", _CALL),
    _words("phone", 2, "电话|联系方式|通讯方式|联系号码|通讯号码", _CALL),
    _words("phone", 3, "固定电话|座机|固话|宅电", f"{_CALL}|固定"),
    _words("owner", 1, _WHO, _NAME),
    _words("owner", 2, "姓名|名字|户主|客户|单位名称", _NAME),
    _words("owner", 3, "住户|户名", _NAME),
    _words("use", 1, "用途", _KIND),
    _words("use", 2, "性质|类型|类别|业态|功能", _KIND),
    _words("delivery", 1, "交付|交房", _STATE),
    _words("delivery", 2, "销售|出售|已售|状态|房态", _STATE),
    _words("delivery", 3, "入住", _STATE),
    _words("number", 2, "(?:房屋|房产|房源|专有部分)(?:编号|编码|号码|号|名称|信息)?"),
    _words("number", 3, "坐落|座落|地址|位置|住址", _SITE),
    *ENGLISH,
)
# A further owner of the same line: 业主2, 电话2, 第二产权人, 共有人, 共有人1身份证号.
CO_OWNER = re.compile(
    "^(?:其他|其余|另一)?(?:共有权?人|共同(?:所有|产权)人|共有(?:业主|产权人|权利人))"
    f"|^(?:其他|其余|另一)(?:{_WHO})"
)
ORDINAL = re.compile(
    "^第([2-9二三四五六七八九])|(?<=[主人r])([2-9二三四五六七八九])|(?<=[一-龥a-ln-z])([2-9])$"
)
FIRST = re.compile("^第[一1](?=[一-龥])|(?<=[主人])[一1](?=[一-龥]|$)")
VALUES = dict(zip("二三四五六七八九", "23456789", strict=True))
OF_OWNERS = frozenset({"owner", "phone", "id_number", "share"})
OTHER_AREA = re.compile(".+面积")
NOT_THE_AREA = re.compile(
    "公摊|分摊|公用|公共|共用|花园|露台|阳台|赠送|车位|车库|储藏|地下|占地|绿化|土地|宗地|总面积"
)
CARPET_AREA = re.compile("套内|使用")
PLACE = re.compile(f"(?:{_HOUSE}|{_ROOM}|{_PLACE})+")
NO_PLACE = re.compile("房屋|房产|楼层|层")
HOUSE, ENTRANCE, ROOM = re.compile(_HOUSE), re.compile("单元|梯|门洞"), re.compile(_ROOM)
NAME_AND_PHONE = re.compile(
    f"(?:{_WHO}|姓名|户主|名称)+(?:及|和|与|或)?(?:联系)?(?:手机|电话|联系方式).*"
)
CONNECTED = re.compile("[/、,&+]|及|和|与|姓名|名称")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a header says its column holds; `also_phone` where name and phone share it; `of` is
    empty but where it is a further owner's (2, or 共 of 共有人)."""

    field: str
    rank: int
    also_phone: bool = False
    of: str = ""


def claim_of(header: str, group: str = "") -> Claim | None:
    """The field of a header, under the header of a group if there is one; None if it is no field
    of a roll.  Places are `whole`, `building`, `stairwell` and `number` (which may be the whole).
    """
    full = compact(group + header).lower()
    word = header_word(header)
    if not word or len(word) > LONGEST or OF_SOMEBODY_ELSE.search(full):
        return None
    of, bare = _further(word, header_word(group) if group else "")
    if not of:
        return _claim_of(bare, full)
    claim = _claim_of(bare, full) if bare else Claim("owner", 1)
    return replace(claim, of=of) if claim and claim.field in OF_OWNERS else None


def _further(word: str, group: str) -> tuple[str, str]:
    """Which further owner a header, or its group, speaks of, and what it says of that owner."""
    beside = CO_OWNER.match(word)
    if beside is None and (of := _of_group(group)):
        return of, word
    number = ORDINAL.search(word)
    of = next(filter(None, number.groups())) if number else ""
    bare = FIRST.sub("", ORDINAL.sub("", word, count=1))
    if beside is None:
        return VALUES.get(of, of), bare
    return f"共{VALUES.get(of, of)}", CO_OWNER.sub("", bare)


def _of_group(group: str) -> str:
    of, bare = _further(group, "") if group else ("", "")
    return of if CO_OWNER.match(group) or re.fullmatch(f"(?:{_WHO}|信息)+", bare) else ""


def _claim_of(word: str, full: str) -> Claim | None:
    if NAME_AND_PHONE.fullmatch(word) and CONNECTED.search(full):
        return Claim("owner", 4, also_phone=True)
    for words in VOCABULARY:
        if words.whole.fullmatch(word) and words.keys.search(word):
            return _area_claim(words.rank, full) if words.field == "area" else _claim(words)
    if OTHER_AREA.fullmatch(word):
        return _area_claim(6, full)
    return _place_claim(word)


def header_word(header: str) -> str:
    """A header without remarks in brackets, units, asterisks and line breaks, its translation and
    the 1 of 业主1 too."""
    if len(header) > LONGEST_HEADER:
        return ""
    bare = NUMBERED.sub("", BRACKETS.sub("", compact(header).lower()))
    word = UNIT.sub("", HINTS.sub("", ORNAMENTS.sub("", bare)))
    beside = BESIDE_CHINESE.search(word)
    if beside and any(words.whole.fullmatch(beside[0]) for words in ENGLISH):
        word = word.replace(beside[0], "")
    return word.removesuffix("1")


def is_remark(text: str) -> bool:
    """Whether a filled cell only remarks on a header: (㎡), ㎡, 必填, （多人请用顿号分开）."""
    if len(text) > LONGEST_HEADER:
        return False
    bare = BRACKETS.sub("", compact(text).lower())
    return not bare or bare in UNITS or bool(HINTS.search(bare))


def _claim(words: Words) -> Claim:
    return Claim(words.field, words.rank)


def _area_claim(rank: int, full: str) -> Claim | None:
    if NOT_THE_AREA.search(full):
        return None
    return Claim("area", 7 if CARPET_AREA.search(full) else rank)


def _place_claim(word: str) -> Claim | None:
    if not PLACE.fullmatch(word):
        return None
    bare = NO_PLACE.sub("", word)
    house, entrance, room = (bool(part.search(bare)) for part in (HOUSE, ENTRANCE, ROOM))
    if house and room:
        return Claim("whole", 1)
    if house:
        return Claim("building", 2 if entrance else 1)
    if room:
        return Claim("number", 1)
    return Claim("stairwell", 1) if entrance else None
