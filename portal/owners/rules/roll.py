"""A file of homes and owners judged row by row: format roll-report/1.

Pure: sheets of text and the registry as it stands in, the report and the values to write out.
"""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from .areas import written
from .findings import Finding, in_order, of_sheet
from .heads import Totals
from .layout import Layout, Table, find_layout, lines_of
from .lines import RollLine, Ways, read_line
from .parts import judge_part
from .people import name_key
from .persons import Persons
from .registry import PartValue, PersonValue, Registry
from .rooms import numbers_repeat_buildings
from .settling import PartLines, Settling

FORMAT = "roll-report/1"


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the cyclic garbage collector, which would walk a large roll's values, all of them in
    use, again and again: two fifths of the time at 100,000 lines.  In the end they count as old, so
    that it does not walk them at once."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.freeze()
            gc.unfreeze()
            gc.enable()


class NotARoll(Exception):
    """The file cannot be read as a roll."""


class NoHeader(NotARoll):
    """No sheet has a line that names a place and an area."""


class NoLines(NotARoll):
    """The header at `row` of `sheet` has no line below it."""

    def __init__(self, sheet: str, row: int) -> None:
        super().__init__(sheet, row)
        self.sheet = sheet
        self.row = row


@dataclass(frozen=True, slots=True)
class Report:
    """What a file does to the registry, and why not all of it; `fates` says of each row read
    whether it is new, changed, same or bad."""

    sheet: str
    layout: Layout
    lines: Sequence[RollLine]
    fates: dict[int, str]
    totals: Totals
    bad: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    settling: Settling

    @property
    @_uncollected()
    def parts(self) -> dict[str, PartValue]:
        """What the good rows leave of each part, by its room's key, for whoever writes it."""
        return self.settling.parts

    @property
    @_uncollected()
    def people(self) -> dict[UUID, PersonValue]:
        """What the good rows leave of each person whom they name."""
        return self.settling.people

    def count(self, fate: str) -> int:
        return list(self.fates.values()).count(fate)

    def as_json(self) -> dict[str, Any]:
        """The report as the format writes it."""
        fates = ("new", "changed", "same", "bad")
        return {
            "format": FORMAT,
            "sheet": self.sheet,
            "header_row": self.layout.header_row,
            "columns": {name: column.header for name, column in self.layout.columns.items()},
            "ignored": list(self.layout.ignored),
            "rows": {"read": len(self.fates)} | {fate: self.count(fate) for fate in fates},
            "roll": {
                "parts": self.totals.parts,
                "heads": self.totals.heads,
                "area": written(self.totals.area),
            },
            "bad": [one.as_json() for one in self.bad],
            "warnings": [one.as_json() for one in self.warnings],
        }


@_uncollected()
def judge(
    sheets: Iterable[Table],
    registry: Registry,
    new_keys: Iterator[UUID],
    *,
    compound: str = "",
    demonstration: bool = False,
) -> Report:
    """Judge the first sheet with a header against the registry.

    `new_keys` gives the keys of persons who are not in the registry; `compound` is the compound's
    name, which rooms may carry; invented phones and numbers pass where `demonstration` is set.
    Refuses NoHeader and NoLines.
    """
    table, layout, unread = _first_with_header(sheets)
    read = _read(table, layout, Ways(compound=compound, demonstration=demonstration))
    placed = [line for line in read if line.room]
    by_part = _by_part(placed)
    persons = Persons(
        registry, [one for line in placed for one in line.mentions], demonstration=demonstration
    )
    for line in placed:
        line.persons = tuple([persons.key_of(line.part, one) for one in line.mentions])
    _judge_numbers(read, persons, set(by_part))
    parts = list(_judge_parts(by_part, registry))
    _warn_of_namesakes(placed, persons, set(by_part))
    settling = Settling(parts, persons, registry, new_keys)
    return Report(
        sheet=table.name,
        layout=layout,
        lines=read,
        fates={line.row: "bad" for line in read} | settling.fates(),
        totals=settling.totals(),
        bad=tuple(in_order(found for line in read for found in line.bad)),
        warnings=(
            *map(of_sheet, unread),
            *in_order(found for line in read for found in line.told_warnings),
        ),
        settling=settling,
    )


def _first_with_header(sheets: Iterable[Table]) -> tuple[Table, Layout, list[str]]:
    """The sheet to read, its layout, and the names of the others that look like rolls."""
    found = None
    unread = []
    for table in sheets:
        layout = find_layout(table.rows)
        if layout and found:
            unread += [table.name] if any(lines_of(table, layout)) else []
        elif layout:
            found = table, layout
    if found is None:
        raise NoHeader
    return *found, unread


def _read(table: Table, layout: Layout, ways: Ways) -> list[RollLine]:
    lines = list(lines_of(table, layout))
    if not lines:
        raise NoLines(table.name, layout.header_row)
    if "building" in layout.columns and "stairwell" not in layout.columns:
        pairs = ((layout.cell(line, "building"), layout.cell(line, "number")) for line in lines)
        ways = replace(ways, numbers_repeat_buildings=numbers_repeat_buildings(pairs))
    read = [read_line(line, layout, ways) for line in lines]
    _miss_phases(read)
    return read


def _miss_phases(read: Sequence[RollLine]) -> None:
    """room-missing where the phase is empty and the building stands in a phase elsewhere: 1 of the
    second phase is not 1 of the first."""
    phased = {
        line.room.building.removeprefix(line.phase) for line in read if line.phase and line.room
    }
    for line in read if phased else ():
        if line.room and not line.phase and line.room.building in phased:
            line.lose_room("phase", "room-missing")


def _by_part(placed: Sequence[RollLine]) -> dict[str, list[RollLine]]:
    by_part: dict[str, list[RollLine]] = {}
    for line in placed:
        by_part.setdefault(line.part, []).append(line)
    return by_part


def _judge_parts(
    by_part: Mapping[str, Sequence[RollLine]], registry: Registry
) -> Iterator[PartLines]:
    for key, lines in by_part.items():
        room = lines[0].room
        if room:  # pragma: no branch - for the type only: a line of a part has its room
            said = judge_part(room, lines, registry.parts.get(key))
            good = [line for line in lines if not line.bad]
            yield PartLines(key, lines, good, said)


def _judge_numbers(read: Sequence[RollLine], persons: Persons, parts: set[str]) -> None:
    """id-conflict: against earlier rows, and against whoever holds a part the file leaves out; one
    who holds only parts of this file may be renamed by it."""
    names = {
        number: (name, name_key(name), 0)
        for number, name in persons.names_held_outside(parts).items()
    }
    for line in read:
        for mention in line.mentions:
            if not mention.number:
                continue
            said = (mention.name, mention.name_key, line.row)
            name, key, row = names.setdefault(mention.number, said)
            if key != mention.name_key:
                before = f"在第{row}行" if row else "在名册中"
                value = mention.number_as_entered
                line.find("id_number", "id-conflict", value, before=before, said=name)


def _warn_of_namesakes(placed: Sequence[RollLine], persons: Persons, parts: set[str]) -> None:
    """same-name: at the row of a name alone that stands at another part, here or in the registry
    where the file leaves that part out."""
    alone = [(line, one) for line in placed for one in line.mentions if one.is_alone]
    parts_of: dict[str, set[str]] = {mention.name_key: set() for _, mention in alone}
    for part, name in persons.names_at():
        if name in parts_of and part not in parts:
            parts_of[name].add(part)
    for line in placed if alone else ():
        for mention in line.mentions:
            if mention.name_key in parts_of:
                parts_of[mention.name_key].add(line.part)
    for line, mention in alone:
        if len(parts_of[mention.name_key]) > 1:
            line.find("owner", "same-name", mention.name)
