"""Rooms below ground, in phases, behind addresses; parking as people number it."""

import pytest

from portal.owners.rules.rooms import Room, in_phase, read_place, read_room, read_room_apart


def key_of(cell, compound=""):
    room = read_room(cell, compound)
    return room.key if room else None


@pytest.mark.parametrize(
    "cell",
    [
        "1-1--101",
        "1-1-−101",
        "１－１－－１０１",
        "1/1/-101",
        "1-1-(-101)",
        "1-1-负101",
        "1-1-负1-101",
        "1-1--1-101",
        "1幢1单元--101室",
        "1幢1单元负101室",
        "1幢1单元地下101室",
        "1幢1单元负1层01室",
        "1幢1单元地下一层101",
        "1幢1单元负一-101",
    ],
)
def test_a_room_below_ground_keeps_its_minus(cell):
    assert read_room(cell) == Room("1", "1", "负101")


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("1幢1单元-101室", "1-1-101"),  # a dash, for a mark stands before it
        ("1单元-101室", None),
        ("1——1——101", "1-1-101"),
        ("1--1--101", "1-1-101"),
        ("1--101", None),  # a dash typed twice, or a dash and a minus
        ("-1-1-101", None),
        ("1-1-101(-1层)", None),
        ("1-1-101(地下室)", "地下室-1-1-101"),
        ("1-1-101(含地下室)", "1-1-101"),
        ("1-1-2层负101", None),
    ],
)
def test_a_dash_that_may_be_a_minus(cell, key):
    assert key_of(cell) == key


@pytest.mark.parametrize(
    ("cells", "number"),
    [
        (("1", "1", "-101"), "负101"),
        (("1", "1", "-101.0"), "负101"),
        (("1", "1", "－101室"), "负101"),
        (("1", "1", "—101"), "负101"),
        (("1", "1", "负101"), "负101"),
        (("1", "1", "地下101"), "负101"),
        (("1", "1", "-1层101"), "负101"),
        (("1", "1", "-1-101"), "负101"),
        (("1", "1", "-1-负101"), "负101"),
        (("1幢", "1单元", "-201"), "负201"),
    ],
)
def test_a_minus_in_a_cell_of_the_room_belongs_to_it(cells, number):
    assert read_room_apart(*cells) == Room("1", "1", number)


@pytest.mark.parametrize("cells", [("1", "-1", "101"), ("1", "1", "-A-101"), ("1", "1", "-0")])
def test_a_minus_that_belongs_to_nothing_tells_no_room(cells):
    assert read_room_apart(*cells) is None


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("二期1幢1单元101", "2期1-1-101"),
        ("第二期第1幢1-101", "2期1-1-101"),
        ("Ⅱ期1幢1单元101", "2期1-1-101"),
        ("（二期）1-1-101", "2期1-1-101"),
        ("1-1-101（二期）", "2期1-1-101"),
        ("幸福花园（二期）1幢1单元101", "2期1-1-101"),
        ("二期幸福花园1幢1单元101", "2期1-1-101"),
        ("幸福花园·二期1幢1单元101", "2期1-1-101"),
        ("二期幸福小区1幢1单元101", "2期1-1-101"),
        ("A区-1幢1单元101", "A区1-1-101"),
        ("A区1-1-101", "A区1-1-101"),
        ("东区幸福路1号1幢1单元101", "东区1-1-101"),
        ("永嘉县南城街道幸福路1号东区1幢1单元101", "东区1-1-101"),
        ("翠竹组团1幢1单元101", "翠竹组团1-1-101"),
        ("翠竹组团-1-1-101", "翠竹组团1-1-101"),
        ("东小区1幢1单元101", "东小区1-1-101"),
    ],
)
def test_a_phase_or_cluster_is_a_part_of_the_building(cell, key):
    assert key_of(cell, "幸福花园") == key


@pytest.mark.parametrize(
    "cell",
    [
        "幸福花园1幢1单元101室",
        "幸福花园小区1幢1单元101室",
        "幸福小区1幢1单元101室",
        "永嘉县南城街道幸福路1号幸福花园1幢1单元101室",
        "永嘉县南城街道幸福路1号幸福花园1-1-101",
        "浙江省温州市鹿城区幸福路1弄2号1幢1单元101室",
        "温州市幸福花园1幢1单元101室",
        "1幢1单元101室（幸福花园）",
    ],
)
def test_an_address_and_the_compounds_name_before_the_building_go(cell):
    assert key_of(cell, "幸福花园") == "1-1-101"
    assert key_of(cell, "幸福花园小区") == "1-1-101"


def test_the_address_goes_from_a_cell_of_the_building_too():
    cells = ("永嘉县南城街道幸福路1号幸福花园1幢", "1单元", "101室")
    assert read_room_apart(*cells, "幸福花园") == Room("1", "1", "101")


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("阳光小区1幢101", "阳光小区1-101"),
        ("幸福花园苑1幢101", "幸福花园苑1-101"),
        ("超市101", None),
    ],
)
def test_another_name_is_not_the_compounds(cell, key):
    assert key_of(cell, "幸福花园") == key


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("B1-001", "B1-1"),
        ("B1车位023", "B1车位-23"),
        ("车位023", "车位-23"),
        ("地下一层A012", "地下1层-A12"),
        ("负一层A-012", "地下1层-A12"),
        ("负2-117", "地下2层-117"),
        ("-2-117", "地下2层-117"),
        ("负二117", "地下2层-117"),
        ("B2层117号", "地下2层-117"),
        ("负2-117号车位", "地下2层车位-117"),
        ("负2-车位117", "地下2层车位-117"),
        ("1幢负2-117号车位", "1-地下2层车位117"),
    ],
)
def test_parking_is_numbered_as_people_do(cell, key):
    assert key_of(cell) == key


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        (("地下一层", "", "A012"), "地下1层-A12"),
        (("地下一层", "", "车位023"), "地下1层车位-23"),
        (("负2", "", "117"), "地下2层-117"),
        (("地下车库", "", "A012"), "地下车库-A12"),
        (("地下车库", "1", "12"), "地下车库-1-12"),
        (("地下车库", "2", "12"), "地下车库-2-12"),
        (("地下车库", "", "东"), "地下车库-东"),
        (("地下车库", "1", ""), None),
        (("1" * 300, "", "12"), None),
    ],
)
def test_parking_in_cells_of_its_own(cells, key):
    room = read_room_apart(*cells)
    assert (room.key if room else None) == key


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        (("车位", "", "A-012"), "车位-A12"),
        (("车位", "", "23号"), "车位-23"),
        (("车位", "", "地下1层A区012"), "地下1层A区车位-12"),
        (("车位", "", "负1-012"), "地下1层车位-12"),
        (("车库", "1幢", "12"), "1-车库12"),
        (("车库", "?", "12"), None),
        (("车位", "", "不详"), None),
    ],
)
def test_a_number_alone_tells_a_place_where_the_use_says_so(cells, key):
    room = read_place(*cells)
    assert (room.key if room else None) == key


@pytest.mark.parametrize(
    ("building", "phase", "said"),
    [
        ("1", "2期", "2期1"),
        ("2期1", "2期", "2期1"),
        ("1期1", "2期", None),
        ("2期1", "翠竹组团", "翠竹组团2期1"),
        ("1" * 20, "2期", None),
    ],
)
def test_a_phase_in_a_column_of_its_own(building, phase, said):
    room = in_phase(Room(building, "1", "101"), phase)
    assert (room.building if room else None) == said


@pytest.mark.parametrize("cell", ["(" * 100_000, "一百" * 100_000, "1" * 100_000, "-" * 100_000])
def test_a_cell_longer_than_any_place_tells_none(cell):
    assert read_room(cell) is None
    assert read_room_apart(cell, cell, cell) is None
    assert read_place("车位", "", cell) is None
