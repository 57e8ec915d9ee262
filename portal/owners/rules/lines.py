"""One line of a roll as values, with what can be told from the line alone."""

from dataclasses import dataclass

from .areas import Area, read_area, written
from .cells import UNREADABLE
from .findings import BAD, Finding, finding
from .layout import Layout, Line
from .naming import Cells, read_owners
from .people import Mention, PersonKey, apart, says_nobody
from .rooms import Room, in_phase, read_place, read_room, read_room_apart
from .spelling import cluster_of
from .words import DELIVERED, DWELLING, is_owner, place_word, read_delivery, read_use

PIECES = ("building", "stairwell", "number")
PLACES = ("phase", "cluster", "room", *PIECES)
DOUBTS = {"phone": "phone-invalid", "id_number": "id-number-invalid"}
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
    phase: str = ""  # what the columns of phases say
    is_of_nobody: bool = False  # it is about somebody who is no owner
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

    def lose_room(self, at: str, code: str) -> None:
        """No part can be told after all."""
        self.room, self.part = None, ""
        self.find(at, code)

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
    asked, missing, read.room = _room(read, cells, ways)
    read.phase = "".join(
        cluster_of(cells[name], read.layout.header(name))
        for name in ("phase", "cluster")
        if name in cells
    )
    if read.room and read.phase:
        asked, read.room = "phase", in_phase(read.room, read.phase)
    broken = [name for name in PLACES if UNREADABLE in cells.get(name, "")]
    if broken:
        asked, missing, read.room = broken[0], False, None
    if read.room:
        read.part = read.room.key
    else:
        read.find(asked, "room-missing" if missing else "room-unreadable")


def _room(read: RollLine, cells: Cells, ways: Ways) -> tuple[str, bool, Room | None]:
    """The field to blame if there is none, whether it is empty, and the room without its phase."""
    word = place_word(cells.get("use", ""))
    if "room" in read.layout.columns:
        cell = cells.get("room", "")
        room = read_room(cell, ways.compound)
        if room is None and word:
            room = read_place(word, "", cell, ways.compound)
        return "room", not cell, room
    pieces = [cells.get(name, "") for name in PIECES]
    room = _read_apart(pieces, ways)
    if room is None and word and not pieces[1]:
        room = read_place(word, pieces[0], pieces[2], ways.compound)
    empty = [name for name in ("number", "building") if name not in cells]
    return (empty[0] if empty else "number"), bool(empty), room


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
            read.find("use", "byte-unreadable" if UNREADABLE in cells["use"] else "use-unknown")
    for name in ("delivery", "certificate"):
        if UNREADABLE in cells.get(name, ""):
            read.find(name, "byte-unreadable")
    said = cells.get("delivery", "")
    if not said and says_nobody(cells.get("owner", "")):
        said = cells.get("owner", "")
        read.delivery = None if read_delivery(said) == DELIVERED else read_delivery(said)
    elif said:
        read.delivery = read_delivery(said)


def _read_owners(read: RollLine, cells: Cells, ways: Ways) -> None:
    columns, further = read.layout.columns, read.layout.further
    at = next(
        (
            name
            for name in ("role", "owner", *[f"owner{number}" for number in further])
            if UNREADABLE in cells.get(name, "")
        ),
        "",
    )
    if at:
        read.find(at, "owner-missing")
        return
    if not is_owner(cells.get("role", "")):
        read.is_of_nobody = True
        read.find("role", "not-an-owner")
        return
    named = read_owners(cells, tuple(columns), further, demonstration=ways.demonstration)
    if not named.mentions:
        if read.room is None and read.delivery in (None, DELIVERED):
            read.find("owner", "owner-missing")
        return
    for field, datum in named.doubtful:
        code = DOUBTS[field.rstrip("0123456789")]
        read.find(field, "byte-unreadable" if UNREADABLE in datum.entered else code, datum.entered)
    read.mentions, read.share_is_unreadable = named.mentions, named.share_is_unreadable
