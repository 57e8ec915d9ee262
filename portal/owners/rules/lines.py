"""One line of a roll as values, with what can be told from the line alone."""

from dataclasses import dataclass

from .areas import Area, read_area, written
from .findings import BAD, Finding, finding
from .layout import Layout, Line
from .people import (
    Mention,
    PersonKey,
    apart,
    mentions_of,
    read_names,
    read_numbers,
    read_phones,
    says_nobody,
)
from .rooms import Room, read_room, read_room_apart
from .shares import ShareUnreadable, read_shares
from .words import DELIVERED, DWELLING, read_delivery, read_use

Cells = dict[str, str]  # by field
UNCHECKED = ("phone-invalid", "id-number-invalid")


@dataclass(frozen=True, slots=True)
class Ways:
    """How a file is read: the compound's name, which rooms may carry; whether invented phones and
    numbers pass (a demonstration's database); whether numbers repeat their buildings."""

    compound: str = ""
    demonstration: bool = False
    numbers_repeat_buildings: bool = False


@dataclass(slots=True)
class RollLine:
    """A line read.  `area`, `use` and `delivery` are None where the line says nothing of them (or
    no area that could be read); `room` is None where no part can be told."""

    line: Line
    layout: Layout
    row: int
    room: Room | None = None
    part: str = ""  # the room's key, empty without a room
    area: int | None = None
    use: str | None = None
    delivery: str | None = None
    mentions: tuple[Mention, ...] = ()
    persons: tuple[PersonKey, ...] = ()  # who each of the mentions is
    share_is_unreadable: bool = False
    repeated: frozenset[int] = frozenset()  # which of the mentions came before
    bad: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()

    def find(self, at: str, code: str, value: str | None = None, **facts: object) -> None:
        """Write down a fault or a doubt about the field `at`: its whole cell, or `value` of it."""
        said = cells_of(self.line, self.layout).get(at, "") if value is None else value
        found = finding(self.layout, self.row, at, code, said, **facts)
        if code in BAD:
            self.bad += (found,)
        else:
            self.warnings += (found,)

    @property
    def told_warnings(self) -> tuple[Finding, ...]:
        """Without those of a datum that is kept unchecked: a bad row's is not kept."""
        kept = UNCHECKED if self.bad else ()
        return tuple([found for found in self.warnings if found.code not in kept])

    def has_only(self, code: str) -> bool:
        return all(found.code == code for found in self.bad)

    @property
    def names_only_repeated(self) -> bool:
        """Whether whoever the line names came before at its part."""
        return len(self.repeated) == len(self.mentions)

    @property
    def has_wrong_area(self) -> bool:
        return any(found.code.startswith("area-") for found in self.bad)


def read_line(line: Line, layout: Layout, ways: Ways) -> RollLine:
    """The line's values, with the faults and doubts that need no other line."""
    cells = cells_of(line, layout)
    read = RollLine(line, layout, line.number)
    _read_room(read, cells, ways)
    _read_area(read, cells)
    _read_words(read, cells)
    _read_owners(read, cells, ways)
    return read


def cells_of(line: Line, layout: Layout) -> Cells:
    """What the line says in each field; nearly no line is asked twice, so none keeps it.

    A cell merged over the owner's and those beside it is the owner's alone.
    """
    cells = layout.cells(line)
    if layout.has_names_with_phones:
        cells["owner"], cells["phone"] = apart(cells.get("owner", ""))
    elif (owner := cells.get("owner")) and owner in (cells.get("phone"), cells.get("id_number")):
        return {name: text for name, text in cells.items() if name == "owner" or text != owner}
    return cells


def _read_room(read: RollLine, cells: Cells, ways: Ways) -> None:
    if "room" in read.layout.columns:
        asked, missing = "room", "room" not in cells
        read.room = read_room(cells.get("room", ""), ways.compound)
    else:
        pieces = [cells.get(name, "") for name in ("building", "stairwell", "number")]
        read.room = _read_apart(pieces, ways)
        empty = [name for name in ("number", "building") if name not in cells]
        asked, missing = empty[0] if empty else "number", bool(empty)
    if read.room:
        read.part = read.room.key
    else:
        read.find(asked, "room-missing" if missing else "room-unreadable")


def _read_apart(pieces: list[str], ways: Ways) -> Room | None:
    building, stairwell, number = pieces
    if ways.numbers_repeat_buildings and not stairwell:
        whole = read_room(number, ways.compound)
        if whole and not whole.stairwell:
            return whole
    return read_room_apart(building, stairwell, number, ways.compound)


def _read_area(read: RollLine, cells: Cells) -> None:
    area = read_area(cells.get("area", ""))
    if isinstance(area, Area):
        read.area = area.hundredths
        if area.is_rounded:
            read.find("area", "area-rounded", kept=written(area.hundredths))
    elif area != "area-missing" or read.room is None:  # an earlier line of the part may say it
        read.find("area", area)


def _read_words(read: RollLine, cells: Cells) -> None:
    if "use" in cells:
        read.use = read_use(cells["use"])
        if read.use is None:
            read.use = DWELLING
            read.find("use", "use-unknown")
    said = cells.get("delivery", "")
    if not said and says_nobody(cells.get("owner", "")):
        said = cells.get("owner", "")
        read.delivery = None if read_delivery(said) == DELIVERED else read_delivery(said)
    elif said:
        read.delivery = read_delivery(said)


def _read_owners(read: RollLine, cells: Cells, ways: Ways) -> None:
    names = read_names(cells.get("owner", ""))
    if not names:
        if read.room is None and read.delivery in (None, DELIVERED):
            read.find("owner", "owner-missing")
        return
    invented = ways.demonstration
    phones = read_phones(cells.get("phone", ""), len(names), demonstration=invented)
    numbers = read_numbers(cells.get("id_number", ""), len(names), demonstration=invented)
    for datum in phones:
        if datum.entered and not datum.checked:
            read.find("phone", "phone-invalid", datum.entered)
    for at, datum in enumerate(numbers):
        if datum.entered and (not datum.checked or at >= len(names)):
            read.find("id_number", "id-number-invalid", datum.entered)
    try:
        shares = read_shares(cells.get("share", ""), len(names))
    except ShareUnreadable:
        read.share_is_unreadable = True
        shares = [None] * len(names)
    certificate = cells.get("certificate", "")
    read.mentions = mentions_of(names, phones, numbers, shares, certificate)
