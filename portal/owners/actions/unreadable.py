"""Why a file cannot be read as a roll, in one line of the clerk's words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from portal.tools.sheets import refusals

from ..rules.roll import NoHeader, NoLines, NotARoll

KINDS = {
    "pdf": "PDF",
    "image": lazy("图片"),
    "html": lazy("网页"),
    "zip": lazy("压缩包"),
    "ole": lazy("旧版 Office 文档"),
    "text": lazy("文本"),
}
SIZES = {
    "rows": lazy("表格超过 %s 行。请分成几个文件。"),
    "columns": lazy("表格超过 %s 列。请删去多余的列后再上传。"),
}


def why_unreadable(refusal: refusals.SheetRefusal | NotARoll) -> str:
    """One line: what is wrong with the file and what to do."""
    match refusal:
        case refusals.EmptyFile():
            return _("文件是空的。请重新选择名册文件。")
        case refusals.NotASpreadsheet(kind=kind):
            words = _("这不是表格文件（%s）。请上传 .xlsx、.xls 或 .csv 文件。")
            return words % KINDS.get(kind, _("内容无法识别"))
        case refusals.Encrypted():
            return _("文件有打开密码。请去掉密码后再上传。")
        case refusals.TooLarge(what=what, limit=limit):
            return _too_large(what, limit)
        case refusals.UnclosedQuote(row=row):
            return _("第 %s 行的引号没有成对，后面的内容会丢失。请改好后再上传。") % row
        case NoHeader():
            return _("没有找到表头。表头中至少要有房号和面积两列。")
        case NoLines(sheet=sheet, row=row):
            words = _("工作表“%(sheet)s”第 %(row)s 行是表头，但下面没有数据。")
            return words % {"sheet": sheet, "row": row}
        case _:
            return _("文件已损坏，无法读取。请重新导出后再上传。")


def _too_large(what: str, limit: int) -> str:
    if what in SIZES:
        return str(SIZES[what]) % limit
    return _("文件太大，无法读取。请删去多余的工作表、图片和格式，或分成几个文件。")
