"""A file of homes and owners judged row by row: format roll-report/1.

Pure: sheets of text and the registry as it stands in, the report and the values to write out.
"""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from .areas import written
from .findings import Finding, in_order
from .layout import Layout, Table, find_layout, lines_of
from .lines import RollLine, Ways, read_line
from .parts import judge_part
from .people import name_key
from .persons import Persons
from .registry import PartValue, PersonValue, Registry
from .rooms import numbers_repeat_buildings
from .settling import PartLines, Settling, Totals

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
    """What a file does to the registry, and why not all of it.

    `fates` says of each row read whether it is new, changed, same or bad; `parts` and `people` are
    what the good rows leave, by room and by person, for whoever writes them.
    """

    sheet: str
    layout: Layout
    fates: dict[int, str]
    totals: Totals
    bad: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    parts: dict[str, PartValue]
    people: dict[UUID, PersonValue]

    def count(self, fate: str) -> int:
        return sum(each == fate for each in self.fates.values())

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
    table, layout = _first_with_header(sheets)
    read = _read(table, layout, Ways(compound=compound, demonstration=demonstration))
    by_part = _by_part(read)
    persons = Persons(
        registry,
        [(part, one) for part, lines in by_part.items() for line in lines for one in line.mentions],
        demonstration=demonstration,
    )
    for part, lines in by_part.items():
        for line in lines:
            line.persons = tuple(persons.key_of(part, mention) for mention in line.mentions)
    _judge_numbers(read, persons, set(by_part))
    parts = list(_judge_parts(by_part, registry))
    _warn_of_namesakes(by_part, persons)
    settling = Settling(parts, persons, registry, new_keys)
    good = settling.fates()
    return Report(
        sheet=table.name,
        layout=layout,
        fates={line.row: good.get(line.row, "bad") for line in read},
        totals=settling.totals(),
        bad=tuple(in_order(found for line in read for found in line.bad)),
        warnings=tuple(in_order(found for line in read for found in line.warnings)),
        parts=settling.parts,
        people=settling.people,
    )


def _first_with_header(sheets: Iterable[Table]) -> tuple[Table, Layout]:
    for table in sheets:
        layout = find_layout(table.rows)
        if layout:
            return table, layout
    raise NoHeader


def _read(table: Table, layout: Layout, ways: Ways) -> list[RollLine]:
    lines = list(lines_of(table, layout))
    if not lines:
        raise NoLines(table.name, layout.header_row)
    if "building" in layout.columns and "stairwell" not in layout.columns:
        pairs = ((layout.cell(line, "building"), layout.cell(line, "number")) for line in lines)
        ways = replace(ways, numbers_repeat_buildings=numbers_repeat_buildings(pairs))
    return [read_line(line, layout, ways) for line in lines]


def _by_part(read: Sequence[RollLine]) -> dict[str, list[RollLine]]:
    by_part: dict[str, list[RollLine]] = {}
    for line in read:
        if line.room:
            by_part.setdefault(line.room.key, []).append(line)
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
    names = {number: (name, 0) for number, name in persons.names_held_outside(parts).items()}
    for line in read:
        for mention in line.mentions:
            if not mention.number:
                continue
            name, row = names.setdefault(mention.number, (mention.name, line.row))
            if name_key(name) != mention.name_key:
                before = f"在第{row}行" if row else "在名册中"
                value = mention.number_as_entered
                line.find("id_number", "id-conflict", value, before=before, said=name)


def _warn_of_namesakes(by_part: dict[str, list[RollLine]], persons: Persons) -> None:
    """same-name: at the row of a name alone that stands at another part, here or in the registry
    where the file leaves that part out."""
    named = [
        (part, line, mention)
        for part, lines in by_part.items()
        for line in lines
        for mention in line.mentions
    ]
    parts_of: dict[str, set[str]] = defaultdict(set)
    for part, name in persons.names_at():
        if part not in by_part:
            parts_of[name].add(part)
    for part, _, mention in named:
        parts_of[mention.name_key].add(part)
    for _, line, mention in named:
        if mention.is_alone and len(parts_of[mention.name_key]) > 1:
            line.find("owner", "same-name", mention.name)
