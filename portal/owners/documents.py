"""What the roll gives back to its clerk: the rows to mend."""

from portal.tools.printing.workbook import Sheet, workbook

from .rules.leftovers import head_of
from .rules.told import Judged


def left_over_file(judged: Judged, file_name: str) -> bytes:
    """The bad rows as .xlsx, each with its reasons, which is taken in again once mended.

    In Chinese like every roll.  The two last columns are for the clerk's eye: an import does not
    read them.
    """
    fields = judged.fields
    sheet = Sheet(
        title="待改正",
        heading=f"“{file_name}”中没有写入的行。改好后直接导入本文件，最后两列不必删除。",
        heads=[*map(head_of, fields), "有误的原因", "原文件行次"],
        rows=[
            [
                *(row.cells.get(one, "") for one in fields),
                " ".join(row.faults) or "本行无误，与同一房屋有误的行一起导入。",
                str(row.row),
            ]
            for row in judged.rest
        ],
    )
    return workbook([sheet])
