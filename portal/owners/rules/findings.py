"""What is wrong with a row of a roll, or doubtful: format roll-report/1, told to a clerk."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .cells import visible
from .identity import masked_number
from .layout import Layout
from .phones import masked_phone

BAD = {
    "room-missing": "没有房号，看不出是哪一套房。请补上幢、单元和室号，例如“1-2-301”。",
    "room-unreadable": "看不出是哪一套房。请写成“1-2-301”或“1幢2单元301室”；"
    "没有单元的写成“3幢1201”。若被表格软件改成了日期，请先把该列设为文本再填。",
    "room-conflict": "同一套房在第{before}行的{what}是“{said}”，与本行不一致。请核对后改成一致。",
    "row-repeated": "同一套房的同一业主在第{before}行已经有了。请删除重复的一行；"
    "若是同名的另一人，请补上证件号或手机号。",
    "area-missing": "没有面积。请按不动产权证填写，单位为平方米，最多两位小数。",
    "area-not-a-number": "面积不是数字。请只填数字，例如“89.32”。",
    "area-not-positive": "面积必须大于0。请按不动产权证填写。",
    "area-too-large": "面积超过100000平方米，可能是小数点或单位有误。请核对。",
    "owner-missing": "已交付的房屋没有写业主。请补上业主姓名；尚未交付或未售的，请在交付一列写明。",
    "share-sum": "这套房各业主的份额相加是{sum}，不等于1。请核对每位共有人的份额。",
    "id-conflict": "同一证件号{before}登记的姓名是“{said}”。请核对姓名和证件号哪一个有误。",
}
WARNINGS = {
    "phone-invalid": "电话号码不符合手机或带区号的固定电话的格式，已按原样保留，不用于核对身份。",
    "id-number-invalid": "证件号不符合身份证、统一社会信用代码、护照或通行证的格式，"
    "已按原样保留，不用于核对身份。",
    "not-an-owner": "这一行写的是家属、租户或其他非业主的人，没有作为业主写入。",
    "sheet-unread": "这张工作表看起来也是名册，但没有读取，一次只读一张。"
    "请另存为单独的文件再导入。",
    "byte-unreadable": "这一格有无法识别的字，多半在转换编码时损坏。请对照原表核对。",
    "area-rounded": "面积多于两位小数，已四舍五入为{kept}平方米。请核对。",
    "same-name": "只有姓名，没有电话和证件号，而另有房屋也写着这个姓名。"
    "已按不同的人计算；若是同一人，请补上证件号或手机号。",
    "use-unknown": "不认识的房屋用途，已按住宅计算。"
    "请改用住宅、商铺、车位、储藏室、办公或公共用房。",
}
LONGEST_SHOWN = 200  # characters of a cell
CODES = (*BAD, *WARNINGS)
LONG_NUMBER = re.compile(r"\d{7,}[0-9Xx]")  # a phone or a number written beside a name


def _masked_in(text: str) -> str:
    return LONG_NUMBER.sub(lambda found: masked_phone(found[0]), text)


MASKS = {"phone": masked_phone, "id_number": masked_number, "owner": _masked_in}


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault or doubt: the row, the file's own header of the column, the code, what stands there
    (masked where it is a phone or a number) and what to do about it.  `place` is the column's."""

    row: int
    column: str
    code: str
    value: str
    text: str
    place: int

    def as_json(self) -> dict[str, str | int]:
        return {
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "value": self.value,
            "text": self.text,
        }


def finding(
    layout: Layout, row: int, field: str, code: str, value: str, **facts: object
) -> Finding:
    """A finding at a field of a row; `facts` fill the text's gaps."""
    text = (BAD.get(code) or WARNINGS[code]).format(**facts)
    seen = _shortened(MASKS.get(field.rstrip("0123456789"), str)(visible(value)))
    return Finding(row, layout.header(field), code, seen, text, layout.place(field))


def of_sheet(name: str) -> Finding:
    """sheet-unread: another sheet of the workbook that looks like a roll."""
    return Finding(0, "", "sheet-unread", _shortened(name), WARNINGS["sheet-unread"], -1)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """By row, then column, then the order of the format's tables."""
    return sorted(findings, key=lambda one: (one.row, one.place, CODES.index(one.code)))
