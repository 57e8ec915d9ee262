"""Rolls of many invented homes, as .csv and .xlsx, the way clerks write them."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

from portal.demo.rolls import id_number

PARTS = 100_000
HEADER = ("房号", "建筑面积(㎡)", "产权人", "手机", "身份证号", "份额", "用途", "交付状态")
SURNAMES = "陈李王张刘杨黄赵吴周徐孙马朱胡郭何林罗高"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂文辉玲红兰"
PACKAGE = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-'
    'types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="业主清册" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/'
    'package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship '
    'Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def rows(parts: int = PARTS) -> Iterator[tuple[str, ...]]:
    """So many homes and a tenth more lines for married couples; rooms in three spellings, one home
    in a hundred with a fault, one in thirty sold to nobody yet."""
    dice = Random(1)
    ways = ("{}-{}-{}{:02}", "{}幢{}单元{}{:02}室", "{:02}栋{}-{}{:02}")
    for place in range(parts):
        home, entrance = place % 120, place // 120
        room = ways[entrance // 4 % 3].format(
            entrance // 4 + 1, entrance % 4 + 1, home // 4 + 1, home % 4 + 1
        )
        area = f"{dice.randrange(4000, 20000) / 100:.2f}" if place % 100 else "面积不详"
        if place % 30 == 29:
            yield (room, area, "", "", "", "", "住宅", "未售")
            continue
        married = place % 10 == 0
        for _ in range(1 + married):
            yield (room, area, *_person(dice), "1/2" if married else "", "住宅", "已交付")


def _person(dice: Random) -> tuple[str, str, str]:
    name = dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN)
    born = date(1945, 1, 1) + timedelta(days=dice.randrange(20_000))
    return name, f"100{dice.randrange(10**8):08}", id_number(born, dice.randrange(1000))


def write_csv(path: Path) -> Path:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    writer.writerows(rows())
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
    return path


def write_xlsx(path: Path) -> Path:
    """As a spreadsheet program packs it: texts once in a list, areas as numbers."""
    texts: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, text in PACKAGE.items():
            packed.writestr(name, text)
        with packed.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f"<worksheet {MAIN}><sheetData>".encode())
            for number, row in enumerate((HEADER, *rows()), 1):
                sheet.write(_line(number, row, texts).encode())
            sheet.write(b"</sheetData></worksheet>")
        items = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
        packed.writestr("xl/sharedStrings.xml", f"<sst {MAIN}>{items}</sst>")
    return path


def _line(number: int, row: tuple[str, ...], texts: dict[str, int]) -> str:
    cells = "".join(
        _cell(f"{'ABCDEFGH'[place]}{number}", text, texts) for place, text in enumerate(row) if text
    )
    return f'<row r="{number}">{cells}</row>'


def _cell(at: str, text: str, texts: dict[str, int]) -> str:
    if text.replace(".", "").isdecimal() and "." in text:
        return f'<c r="{at}"><v>{text}</v></c>'
    return f'<c r="{at}" t="s"><v>{texts.setdefault(text, len(texts))}</v></c>'
