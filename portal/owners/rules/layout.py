"""Where a sheet's header stands and which column holds which field of a roll."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Protocol

from .cells import compact, visible
from .headers import Claim, claim_of, is_remark

HEADER_WITHIN = 100  # rows from the top: titles and instructions may stand above
FORM_ROWS = 3  # at most so many lines of a form stand between its first and the header
DIGIT = re.compile(r"(?<!m)\d", re.IGNORECASE)
FIELDS = (
    *("phase", "cluster", "room", "building", "stairwell", "number", "area", "owner"),
    *("phone", "id_number", "certificate", "use", "share", "delivery", "role"),
)
OF_OWNERS = ("owner", "phone", "id_number", "share")
REGION = re.compile("省份?|城?市|县区?|街道|乡镇|镇")  # a column 区 beside these is a district
AREA_KIND = re.compile("(?:建筑|套内|使用|产权|专有|公摊|分摊|实测|预测|合同|计费)(?:部分)?")
GROUP = re.compile(r"[^\d:]{1,12}")
TOTALS = ("合计", "总计", "小计")


class Line(Protocol):
    """A line of a sheet: its number, its cells from column A, its own first text."""

    @property
    def number(self) -> int: ...
    @property
    def cells(self) -> tuple[str, ...]: ...
    @property
    def lead(self) -> str: ...


class Table(Protocol):
    """A sheet: its name and those of its lines that say anything."""

    @property
    def name(self) -> str: ...
    @property
    def rows(self) -> Sequence[Line]: ...


@dataclass(frozen=True, slots=True)
class Column:
    """A field's column: the file's own header, and its place (several under a merged header)."""

    header: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The header found: its row, the fields' columns, the other headers, where the lines begin."""

    header_row: int
    columns: dict[str, Column]
    ignored: tuple[str, ...]
    first: int = field(compare=False)
    fields: tuple[tuple[str, int, bool], ...] = field(init=False, compare=False, repr=False)
    has_names_with_phones: bool = field(init=False, compare=False, repr=False)
    further: tuple[str, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Lay out for every line each field's first place and whether it is the only one, whether
        one column holds the owners' names and phones, and which further owners have columns: 2 of
        owner2, phone2."""
        places = {name: column.places for name, column in self.columns.items()}
        told = tuple((name, at[0], len(at) == 1) for name, at in places.items())
        object.__setattr__(self, "fields", told)
        is_joint = "phone" in places and places["phone"] == places.get("owner")
        object.__setattr__(self, "has_names_with_phones", is_joint)
        further = [name.removeprefix("owner") for name in places if name.startswith("owner")]
        object.__setattr__(self, "further", tuple(filter(None, further)))

    def cells(self, line: Line) -> dict[str, str]:
        """What the line says in each field that it fills."""
        raw, filled = line.cells, {}
        width = len(raw)
        for name, place, is_one in self.fields:
            if not is_one:
                text = self.cell(line, name)
            elif place < width:
                text = raw[place]
                if text and not text.isalnum():
                    text = visible(text)
            else:
                continue
            if text:
                filled[name] = text
        return filled

    def cell(self, line: Line, name: str) -> str:
        """What the line says in a field, empty if nothing or without such a column."""
        column = self.columns.get(name)
        if column is None:
            return ""
        first = column.places[0]
        if len(column.places) == 1:
            return visible(line.cells[first]) if first < len(line.cells) else ""
        texts = [line.cells[place] for place in column.places if place < len(line.cells)]
        said = list(filter(None, map(visible, texts)))
        if len(set(said)) < 2:
            return said[0] if said else ""
        joint = JOINTS.get(name)
        return joint.join(said) if joint else said[0]

    def header(self, name: str) -> str:
        return self.columns[name].header if name in self.columns else ""

    def place(self, name: str) -> int:
        """The column's number from 0; -1 without such a column."""
        return self.columns[name].places[0] if name in self.columns else -1


# Under one merged header: a room in pieces, owners side by side.  Of other fields the first is it.
JOINTS = dict.fromkeys(("room", "building", "number"), "-") | dict.fromkeys(
    ("owner", "phone", "id_number", "share"), "、"
)


def find_layout(rows: Sequence[Line]) -> Layout | None:
    """The first header among the top rows: one that names a place and an area.

    A header may take two lines: a line of groups above the names, or names, units and remarks
    below; `header_row` is the lowest line that names one, a column's header its lowest name.
    What is filled in above a table (幢号 1幢, 建筑面积 1234) is no header of it.
    """
    for index in range(min(len(rows), HEADER_WITHIN)):
        layout = _layout_from(rows, index)
        if layout:
            return _closer_to_the_lines(rows, index, layout)
    return None


def _layout_from(rows: Sequence[Line], index: int) -> Layout | None:
    """The header that begins at a row, if one does."""
    row = rows[index]
    groups = _groups(rows[index - 1], row) if index else ()
    heads = [_Head(text, _at(groups, place)) for place, text in enumerate(row.cells)]
    layout = _layout(row.number, heads, index + 1)
    if layout is None:
        return None
    below = rows[index + 1] if index + 1 < len(rows) else None
    if below is None or not _continues(row, below):
        return layout
    stacked = list(_stacked(heads, below.cells))
    is_named_above = all(head in heads for head in stacked if head.text)
    return _layout(row.number if is_named_above else below.number, stacked, index + 2)


def _closer_to_the_lines(rows: Sequence[Line], index: int, layout: Layout) -> Layout:
    """The header found, unless a row just below names more fields by itself, or as many where it
    was taken for the second line of the header."""
    for later, row in enumerate(rows[index + 1 : index + 1 + FORM_ROWS], index + 1):
        heads = [_Head("" if is_remark(text) else text) for text in row.cells]
        alone = _layout(row.number, heads, later + 1)
        least = len(layout.columns) + (later >= layout.first)
        if alone and len(alone.columns) >= least:
            return _layout_from(rows, later) or alone
    return layout


@dataclass(frozen=True, slots=True)
class _Head:
    text: str
    group: str = ""

    @property
    def claim(self) -> Claim | None:
        """By its own words, else with the group's before them (业主 姓名) or behind (建筑 面积)."""
        together = (self.group + self.text, self.text + self.group)
        claims = (claim_of(self.text, self.group), *map(claim_of, together))
        return next(filter(None, claims), None)


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _groups(above: Line, row: Line) -> tuple[str, ...]:
    """The line above a header as the header of groups: no title, no "填表人：…", no data."""
    texts = {compact(cell) for cell in above.cells} - {""}
    is_one = len(texts) > 1 and above.number == row.number - 1
    return above.cells if is_one and all(GROUP.fullmatch(text) for text in texts) else ()


def _continues(row: Line, below: Line) -> bool:
    """Whether the line below belongs to the header: no number in it, and at least half of it
    repeats the header (merged cells), names fields, tells areas apart (建筑, 套内) or remarks on
    fields (units, 必填)."""
    texts = [(compact(cell), compact(_at(row.cells, at))) for at, cell in enumerate(below.cells)]
    said = [(text, above) for text, above in texts if text]
    if any(DIGIT.search(text) for text, _ in said):
        return False
    return 2 * sum(_fits_below(text, above) for text, above in said) >= len(said)


def _fits_below(text: str, above: str) -> bool:
    if text == above or is_remark(text) or claim_of(text):
        return True
    return AREA_KIND.fullmatch(text) is not None and (not above or "面积" in above)


def _stacked(heads: Sequence[_Head], below: Sequence[str]) -> Iterator[_Head]:
    """Each column under both lines; a word above an empty cell reaches over it (merged once)."""
    reaching = _Head("")
    for place in range(max(len(heads), len(below))):
        upper = heads[place] if place < len(heads) else _Head("")
        text = _at(below, place)
        reaching = upper if upper.text else reaching
        if not text or is_remark(text) or compact(text) == compact(upper.text):
            yield upper
        else:
            yield _Head(text, reaching.group + reaching.text)


def _layout(header_row: int, heads: Sequence[_Head], first: int) -> Layout | None:
    claims = {place: claim for place, head in enumerate(heads) if (claim := head.claim)}
    held: dict[str, int] = {}
    for place in sorted(claims, key=lambda place: (claims[place].rank, place)):
        if not claims[place].of:
            held.setdefault(claims[place].field, place)
    further = _further_owners(heads, claims, held)
    if "owner" in held and claims[held["owner"]].also_phone:
        held.setdefault("phone", held["owner"])
    _settle_the_phase(held, heads)
    _settle_the_place(held)
    if "area" not in held or not {"room", "number"} & held.keys():
        return None
    columns = {name: _column(heads, held[name]) for name in FIELDS if name in held}
    for number, places in enumerate(further, start=2):
        columns |= {f"{name}{number}": _column(heads, place) for name, place in places.items()}
    taken = {place for column in columns.values() for place in column.places}
    free = [visible(head.text) for place, head in enumerate(heads) if place not in taken]
    ignored = tuple(text for text, _ in groupby(filter(None, free)))
    return Layout(header_row, columns, ignored, first)


def _further_owners(
    heads: Sequence[_Head], claims: Mapping[int, Claim], held: dict[str, int]
) -> list[dict[str, int]]:
    """The columns of each further owner by field, from the left; the first is the owner if the
    header names none."""
    found: dict[str, dict[str, int]] = {}
    of = ""
    for place, claim in sorted(claims.items()):
        main = held.get(claim.field)
        is_again = not claim.of and main is not None and _repeats(heads, main, place)
        if claim.field == "owner":
            of = claim.of or (f"again {place}" if is_again else "")
            if of:
                found.setdefault(of, {}).setdefault("owner", place)
        elif claim.of:
            found.setdefault(claim.of, {}).setdefault(claim.field, place)
        elif is_again and of and claim.field in OF_OWNERS:
            found[of].setdefault(claim.field, place)
    named = [places for places in found.values() if "owner" in places]
    if named and "owner" not in held:
        held |= named.pop(0) | held
    return named


def _repeats(heads: Sequence[_Head], main: int, place: int) -> bool:
    """Whether a column is headed as an earlier one is that lies apart from it."""
    text = visible(heads[main].text)
    between = {visible(head.text) for head in heads[main : place + 1]}
    return visible(heads[place].text) == text and between != {text}


def _settle_the_phase(held: dict[str, int], heads: Sequence[_Head]) -> None:
    """One column that parts the buildings is the phase, whatever it is called; 区 beside a column
    of provinces, cities or streets is a district."""
    if any(REGION.fullmatch(compact(head.text)) for head in heads):
        held.pop("cluster", None)
    if "cluster" in held and "phase" not in held:
        held["phase"] = held.pop("cluster")


def _settle_the_place(held: dict[str, int]) -> None:
    """Either one column tells the room, or building, perhaps stairwell, and number do."""
    whole, stairwell = held.pop("whole", None), held.get("stairwell")
    if whole is None and "building" in held and "number" in held:
        return
    room = whole if whole is not None else held.get("number", held.get("building", stairwell))
    for name in ("building", "stairwell", "number"):
        held.pop(name, None)
    if room is not None:
        held["room"] = room


def _column(heads: Sequence[_Head], place: int) -> Column:
    """The column at `place`, with those to its right under the same merged header."""
    header = visible(heads[place].text)
    last = place
    while last + 1 < len(heads) and visible(heads[last + 1].text) == header:
        last += 1
    return Column(header, tuple(range(place, last + 1)))


def lines_of(table: Table, layout: Layout) -> Iterable[Line]:
    """The lines below the header that are neither empty nor a total."""
    for line in table.rows[layout.first :]:
        lead = compact(line.lead)
        if lead and not lead.startswith(TOTALS):
            yield line
