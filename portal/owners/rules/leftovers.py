"""The rows of a roll that were not taken in, to be mended and sent again (PRODUCT.md, 1).

A part with a bad row comes back with all its rows: sent alone, the mended one would name too few
owners.  Rooms stand in one column however the file wrote them, so that a few rows are read as the
whole file was.
"""

from collections import defaultdict
from typing import NamedTuple

from .lines import PLACES, RollLine, cells_of
from .roll import Report
from .rooms import Room, read_room

HEADS = {
    "room": "房号",
    "area": "产权面积",
    "owner": "业主",
    "phone": "手机号",
    "id_number": "身份证号",
    "certificate": "不动产权证号",
    "use": "用途",
    "share": "份额",
    "delivery": "交付状态",
    "role": "人员类型",
}


class LeftOver(NamedTuple):
    """A row to send again: its number in the file, its cells by field, what is wrong with it (of a
    good row of a part with a bad one: nothing)."""

    row: int
    cells: dict[str, str]
    faults: tuple[str, ...]


def left_over(report: Report) -> list[LeftOver]:
    """The bad rows in their order, each with the others of its part."""
    parts = {line.part for line in report.lines if line.bad and line.part}
    again = [line for line in report.lines if line.bad or line.part in parts]
    faults: dict[int, list[str]] = defaultdict(list)
    for found in report.bad:
        faults[found.row].append(f"{found.column}：{found.text}" if found.column else found.text)
    return [LeftOver(line.row, _cells(line), tuple(faults[line.row])) for line in again]


def fields_of(report: Report) -> list[str]:
    """The fields that the file has, in the order of HEADS, those of further owners last."""
    columns = report.layout.columns
    further = [one for one in columns if one not in HEADS and one not in PLACES]
    return [*(one for one in HEADS if one == "room" or one in columns), *further]


def head_of(field: str) -> str:
    """The header of a field: 业主2 of owner2."""
    name = field.rstrip("0123456789")
    return HEADS[name] + field.removeprefix(name)


def _cells(line: RollLine) -> dict[str, str]:
    cells = cells_of(line.line, line.layout)
    said = [cells[name] for name in PLACES if name in cells]
    room = _in_one(line.room, said) if line.room else "-".join(said)
    return {name: text for name, text in cells.items() if name not in PLACES} | {"room": room}


def _in_one(room: Room, said: list[str]) -> str:
    """The room in a spelling that is read as the same room: its key, with marks, or as it was."""
    stairwell = f"{room.stairwell}单元" if room.stairwell else ""
    marked = f"{room.building}幢{stairwell}{room.number}"
    spellings = (room.key, marked, "-".join(said))
    return next((one for one in spellings if read_room(one) == room), room.key)
