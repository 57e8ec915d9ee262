"""Which part of a compound is meant: every way people write a room, and one key for it.

1-2-301, 1幢2单元301室, 01栋2-301, １－２－３０１ and 1#2-301 are one home; 3幢1201 lies in no
stairwell, 地下一层车位B-012 and 商铺12号 in no building: their words and number tell them.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from .spelling import CLUSTERS, LONGEST_CELL, in_its_compound, spelled

# Characters of a building's or stairwell's code, of a number, of all three as a key.
LONGEST_CODE, LONGEST_NUMBER, LONGEST_KEY = 20, 30, 60


class Room(NamedTuple):
    """Where a part lies; `stairwell` may be empty, the other two never are."""

    building: str
    stairwell: str
    number: str

    @property
    def key(self) -> str:
        """The canonical room, such as 1-2-301 or 3-1201."""
        building, stairwell, number = self
        if stairwell:
            return f"{building}-{stairwell}-{number}"
        return f"{building}-{number}" if number else building


# Most rolls write 1-2-301 or 1幢2单元301室, which is read fast.
USUAL = re.compile(
    r"(?:0(?=\d\D))?([1-9]\d{0,2})(?:-|幢|栋|号楼|#)"
    r"(?:0(?=\d\D))?([1-9]\d?)(?:-|单元)([1-9]\d{2,4})室?",
    re.ASCII,
)
NAME = r"[A-Z0-9一-龥]*?[A-Z0-9一-龥]"
STAIRWELL = r"\d{1,2}|[A-Z]|[东西南北中左右甲乙丙丁]"
BUILDING_MARKED = re.compile(
    rf"(?P<name>{NAME})(?P<mark>号楼|#楼|幢楼|栋楼|幢|栋|棟|座|楼|#|号(?=-?[A-Z]?\d))-?(?P<rest>.+)"
)
BUILDING_DASHED = re.compile(
    r"(?P<name>(?:[A-Z0-9一-龥]{0,8}(?:期|区|组团|苑|园)-?|[一-龥]{2,8}|\d{1,4}弄)?"
    r"(?:\d{1,3}[A-Z]?|[A-Z]\d{0,2})|[一-龥]{2,8}(?<![元门梯层户]))"
    r"-(?P<rest>.+)"
)
BUILDING_ALONE = re.compile(rf"(?P<name>{NAME})(?P<mark>号楼|#楼|幢楼|栋楼|幢|栋|棟|座|楼|#|号)?")
BUILDING_AND_STAIRWELL = re.compile(
    rf"(?P<name>{NAME}?)(?:号楼|幢|栋|棟|座|#)?-?(?P<stairwell>\d{{1,2}}|[A-Z])(?P<mark>单元)?"
)
STAIRWELL_MARKED = re.compile(rf"(?P<name>{STAIRWELL})(?:单元|门|梯|座|#)-?(?P<rest>.*)")
STAIRWELL_ALONE = re.compile(rf"({STAIRWELL})(?:单元|门洞|门|梯|座|#|号)?")
NO_STAIRWELL = {"", "0", "00", "无", "-", "无单元"}
END = re.compile(r"(?:室|号房|号|房间|房|户|#)$")
FLOOR = re.compile(r"(地下)?(\d{1,2})(?:层|楼|F)-?(?=.)")
STOREY_AND_ROOM = re.compile(r"(?P<below>负?)(?P<storey>\d{1,2})")
NUMBER = re.compile(r"(?P<below>负?)(?P<digits>\d{1,5})(?P<suffix>[A-Z东西南北中左右前后上下]?)")
LETTERED = re.compile(r"[A-Z]\d{1,4}[A-Z]?")
DIGITS = re.compile(r"\d+")

THINGS = (
    "车位|车库|车棚|泊位|停车|储藏|储物|地下室|杂物|商铺|店面|店铺|商业|门面|商场|办公|写字"
    "|公共用房|管理用房|物业用房|社区用房|配套用房"
)
THING = re.compile(THINGS)
HOUSE_MARK = re.compile(r"幢|栋|棟|座|号楼|#楼")
THING_IN_BUILDING = re.compile(
    r"(?P<name>[A-Z]?\d{1,3}[A-Z]?|[A-Z0-9一-龥]*?[A-Z0-9](?=幢|栋|棟|座|号楼|#楼))"
    r"(?:幢|栋|棟|座|号楼|#楼|#|-)-?"
    rf"(?:(?P<stairwell>{STAIRWELL})(?:单元|门|梯|#|-(?=[一-龥]))-?)?(?P<rest>[一-龥].*)"
)
WORDS_FIRST = re.compile(r"(?P<words>.*[一-龥])-?(?P<tag>[A-Z0-9][A-Z0-9-]*)(?:号|室|间|#)?")
TAG_FIRST = re.compile(
    r"(?P<before>(?:负|地下)\d层?-?)?(?P<tag>[A-Z]*\d[A-Z0-9-]*)(?:号|#)?-?(?P<words>[一-龥]+)"
)
TAG = re.compile(r"[A-Z]{0,3}-?\d{1,5}[A-Z]?")
TAGGED = re.compile(
    rf"(?P<before>(?:[A-Z0-9一-龥-]{{0,12}}[一-龥]-?|负\d-)?)(?P<tag>{TAG.pattern})"
)
STOREY = re.compile(r"地下\d层")
BELOW_WORD = re.compile(r"^(?:负|地下)(\d)层?-?$")
BELOW = re.compile(
    rf"(?:地下(?P<storey>\d)层-?|负(?P<minus>\d)(?:-|(?=[A-Z])))(?P<tag>{TAG.pattern})"
)


def read_room(cell: str, compound: str = "") -> Room | None:
    """The room a cell names on its own; None if no part can be told.

    `compound` is the compound's name, which may stand in front.
    """
    usual = USUAL.fullmatch(cell)
    if usual:
        return Room(*usual.groups())
    return _read_unusual(cell, compound) if len(cell) <= LONGEST_CELL else None


@lru_cache(maxsize=50_000)
def _read_unusual(cell: str, compound: str) -> Room | None:
    text = in_its_compound(spelled(cell), compound)
    if THING.search(HOUSE_MARK.split(text)[-1]):
        return _fitting(_thing(text))
    return _fitting(_below(text) or _home(text))


@lru_cache(maxsize=50_000)
def read_room_apart(building: str, stairwell: str, number: str, compound: str = "") -> Room | None:
    """The room that three cells name together; None if no part can be told, or they contradict.

    The stairwell may be empty or stand in one of the others; the number may say all of it again.
    """
    if max(map(len, (building, stairwell, number))) > LONGEST_CELL:
        return None
    house = _building(building, compound)
    if house is None:
        return read_room(number, compound)
    entrance = _stairwell(stairwell)
    if entrance is None or (entrance and house.stairwell not in ("", entrance)):
        return None
    entrance = entrance or house.stairwell
    text = spelled(number)
    again = read_room(number, compound)
    if again and _says_again(again, text, house.building, entrance):
        return Room(house.building, entrance or again.stairwell, again.number)
    if THING.search(house.building) or STOREY.fullmatch(house.building):
        return _fitting(_of_a_storey(house.building, entrance, END.sub("", text)))
    if THING.search(text):
        tagged = _thing(text)
        found = Room(house.building, entrance, tagged.building + tagged.number) if tagged else None
    else:
        found = _in_building(house.building, entrance, text)
    return _fitting(found)


@lru_cache(maxsize=50_000)
def read_place(word: str, building: str, number: str, compound: str = "") -> Room | None:
    """The parking space or store that a number alone tells where the roll says by `word` what it
    is: A-012, 23号, 地下1层A区012; the building may be empty."""
    house = _building(building, compound) if building else None
    text = END.sub("", in_its_compound(spelled(number), compound))
    tagged = TAGGED.fullmatch(text)
    if tagged is None or (building and not house):
        return None
    before = BELOW_WORD.sub(r"地下\1层", tagged["before"])
    place = _code(before + word)
    if house is None:
        return _fitting(Room(place, "", _code(tagged["tag"])))
    return _fitting(Room(house.building, house.stairwell, place + _code(tagged["tag"])))


def in_phase(room: Room, phase: str) -> Room | None:
    """The room with its building in a phase that another column names; None if it says another."""
    if room.building.startswith(phase):
        return room
    own = CLUSTERS.match(room.building)
    if own and own[0][-1:] == phase[-1:]:
        return None
    return _fitting(room._replace(building=phase + room.building))


def _says_again(room: Room, text: str, building: str, stairwell: str) -> bool:
    """Whether the number's cell names the whole room, in agreement with the other cells.

    1-301 beside building 1 and no stairwell is stairwell 1: only a mark (1幢301), or the stairwell
    in a cell of its own, makes it the building.
    """
    agrees = room.building == building and room.stairwell in ("", stairwell or room.stairwell)
    return agrees and bool(stairwell or room.stairwell or HOUSE_MARK.search(text))


def numbers_repeat_buildings(pairs: Iterable[tuple[str, str]]) -> bool:
    """Whether a roll with cells (building, number) but no stairwells writes 3 and 3-1201.

    So if every such number begins with its building and there are two buildings at least: where
    1-301 stands beside building 2 too, the 1 is a stairwell.
    """
    buildings: set[str] = set()
    for building, number in pairs:
        house = _building(building, "")
        first, dash, rest = spelled(number).partition("-")
        if not house or not dash or "-" in rest:
            continue
        if _code(first) != house.building:
            return False
        buildings.add(house.building)
    return len(buildings) > 1


def _code(text: str) -> str:
    """A building's, stairwell's or thing's code: 01 and 1, B-012 and B12 are the same."""
    code = DIGITS.sub(lambda found: str(int(found[0])), text)
    return re.sub(r"(?<=\D)-|-(?=\D)", "", code)


def _home(text: str) -> Room | None:
    """A room told by building, perhaps stairwell, and number."""
    found = BUILDING_MARKED.fullmatch(text) or BUILDING_DASHED.fullmatch(text)
    if not found:
        return None
    building = _building_name(found)
    return _in_building(building, "", found["rest"]) if building else None


def _building_name(found: re.Match[str]) -> str:
    """1 of 1幢 and A of A座; but 综合楼 and 东座 keep the word, without which they say little."""
    name, mark = found["name"], found.groupdict().get("mark") or ""
    if re.search(r"[0-9A-Z]$", name):
        return "" if DIGITS.fullmatch(name) and not int(name) else _code(name)
    return _code(name + mark)


def _in_building(building: str, stairwell: str, text: str) -> Room | None:
    """The rest behind the building: stairwell-number, floor, number."""
    marked = STAIRWELL_MARKED.fullmatch(text)
    if marked and not stairwell:
        stairwell, text = _code(marked["name"]), marked["rest"]
    pieces = END.sub("", FLOOR.sub(_storey, text)).split("-")
    if stairwell and len(pieces) == 2 and _code(pieces[0]) == stairwell and len(pieces[1]) > 2:
        pieces = pieces[1:]  # the stairwell once more
    floored = FLOOR.search(text) is not None
    if not stairwell and len(pieces) > 1 + floored and re.fullmatch(STAIRWELL, pieces[0]):
        stairwell = _code(pieces.pop(0))
    number = _number(pieces)
    return (
        Room(building, "" if stairwell in NO_STAIRWELL else stairwell, number) if number else None
    )


def _storey(found: re.Match[str]) -> str:
    return f"{'负' if found[1] else ''}{found[2]}-"


def _number(pieces: list[str]) -> str:
    """301 of 301; of 3 and 301, or 3 and 1, where the floor stands in front; empty if none."""
    first, *others = pieces
    if not others:
        return _single_number(first)
    second = others[0]
    if len(others) > 1:
        return ""
    storey = STOREY_AND_ROOM.fullmatch(first)
    if storey:
        return _on_storey(storey["below"], int(storey["storey"]), second)
    if DIGITS.fullmatch(first) and re.fullmatch(r"\d{1,2}", second):
        return f"{int(first)}-{int(second)}"  # two homes made of one: 301-1
    return ""


def _on_storey(below: str, storey: int, text: str) -> str:
    """301 of 01 or 301 on the third storey, 负101 of 01, 101 or 负101 on the first below ground."""
    if re.fullmatch(r"\d{1,2}", text):
        return f"{below}{storey}{int(text):02}" if int(text) else ""
    room = _single_number(text)
    if not room.removeprefix(below).startswith(str(storey)):
        return ""
    return room if room.startswith(below) else below + room


def _single_number(text: str) -> str:
    found = NUMBER.fullmatch(text)
    if found:
        below, digits, suffix = found.groups()
        return f"{below}{int(digits)}{suffix}" if int(digits) else ""
    return _code(text) if LETTERED.fullmatch(text) else ""


def _below(text: str) -> Room | None:
    """A place told by its storey below ground and its number alone: 地下1层A012, 负2-117."""
    found = BELOW.fullmatch(END.sub("", text))
    if not found:
        return None
    return Room(f"地下{found['storey'] or found['minus']}层", "", _code(found["tag"]))


def _of_a_storey(building: str, stairwell: str, text: str) -> Room | None:
    """A place in what is no building, as 地下车库 or 地下1层: the same as in one cell."""
    if stairwell or not text:
        return Room(building, stairwell, _code(text)) if text else None
    whole = building + text
    again = _thing(whole) if THING.search(whole) else _below(whole)
    return again or Room(building, "", _code(text))


def _thing(text: str) -> Room | None:
    """A parking space, a shop, a store: in a building, or told by its words and number."""
    inside = THING_IN_BUILDING.fullmatch(text)
    if inside:
        tagged = _thing(inside["rest"])
        if not tagged:
            return None
        stairwell = _code(inside["stairwell"] or "")
        return Room(_code(inside["name"]), stairwell, tagged.building + tagged.number)
    found = WORDS_FIRST.fullmatch(text) or TAG_FIRST.fullmatch(text)
    if not found:
        return None
    before = BELOW_WORD.sub(r"地下\1层", found.groupdict().get("before") or "")
    return Room(_code(before + found["words"]), "", _code(found["tag"]))


def _building(cell: str, compound: str) -> Room | None:
    """What a cell for the building says, perhaps with the stairwell; `number` is left empty."""
    text = in_its_compound(spelled(cell), compound)
    joined = BUILDING_AND_STAIRWELL.fullmatch(text)
    if joined and (joined["mark"] or "-" in text):
        return Room(_code(joined["name"]), _code(joined["stairwell"]), "")
    text = BELOW_WORD.sub(r"地下\1层", text)
    found = BUILDING_ALONE.fullmatch(text)
    name = _building_name(found) if found else ""
    return Room(name, "", "") if name else None


def _stairwell(cell: str) -> str | None:
    """The code of a cell for the stairwell, empty if there is none; None if it is no stairwell."""
    text = spelled(cell)
    if text in NO_STAIRWELL:
        return ""
    found = STAIRWELL_ALONE.fullmatch(text)
    code = _code(found[1]) if found else None
    return "" if code in NO_STAIRWELL else code


def _fitting(room: Room | None) -> Room | None:
    """The room, unless one of its words is longer than any code."""
    if room is None or not room.building:
        return None
    too_long = max(len(room.building), len(room.stairwell)) > LONGEST_CODE
    too_long = too_long or len(room.number) > LONGEST_NUMBER or len(room.key) > LONGEST_KEY
    return None if too_long else room
