"""Rooms: all spellings of a home have one key, and what names no part has none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.owners.rules.rooms import (
    Room,
    numbers_repeat_buildings,
    read_room,
    read_room_apart,
)


def key_of(cell, compound=""):
    room = read_room(cell, compound)
    return room.key if room else None


@pytest.mark.parametrize(
    "cell",
    [
        "1-2-301",
        "1幢2单元301室",
        "01栋2-301",
        "１－２－３０１",
        "1#2-301",
        "一幢二单元301",
        "一幢二单元三〇一室",
        "1号楼2单元301",
        "1号楼2单元301号",
        "1#楼2#301",
        "1 幢 2 单元 301 室",
        "第1幢第2单元第301室",
        "1栋2单元3层301室",
        "1栋2单元3层01室",
        "1-2-3-301",
        "1-2-3-01",
        "1—2—301",
        "1–2–301",
        "1~2~301",
        "1/2/301",
        "1.2.301",
        "1 2 301",
        "1_2_301",
        "1一2一301",
        " 1-2-301\u200b",
        "1-2-0301",
        "01-02-301",
        "1-2单元-301",
        "1栋-2单元-301室",
        "1幢2-301室",
        "1号2单元301室",
        "1-2-301（复式）",
        "幸福里1-2-301",
        "幸福里-1-2-301",
        "幸福里小区1幢2单元301室",
        "幸福里小区-1-2-301",
        "永嘉县瓯北街道人民路88号1幢2单元301室",
    ],
)
def test_all_spellings_of_a_home_have_one_key(cell):
    assert key_of(cell, "幸福里") == "1-2-301"


@pytest.mark.parametrize(
    "cell", ["3幢1201", "3-1201", "3号楼1201室", "3#1201", "三栋1201", "03-1201"]
)
def test_a_building_may_have_no_stairwells(cell):
    assert read_room(cell) == Room("3", "", "1201")


@pytest.mark.parametrize(
    ("cell", "room"),
    [
        ("A座1201", ("A", "", "1201")),
        ("A-1-301", ("A", "1", "301")),
        ("1幢A单元301", ("1", "A", "301")),
        ("1幢东单元301", ("1", "东", "301")),
        ("综合楼201", ("综合楼", "", "201")),
        ("会所-301", ("会所", "", "301")),
        ("牡丹苑3-2-301", ("牡丹苑3", "2", "301")),
        ("桂花巷3-2-301", ("桂花巷3", "2", "301")),
        ("23弄5号101室", ("23弄5", "", "101")),
        ("23弄5-101", ("23弄5", "", "101")),
        ("牡丹苑3幢2单元301", ("牡丹苑3", "2", "301")),
        ("一期2幢3单元401", ("1期2", "3", "401")),
        ("二期-2-3-401", ("2期2", "3", "401")),
        ("十二幢一单元1101", ("12", "1", "1101")),
        ("1-2-301A", ("1", "2", "301A")),
        ("1-2-301室(西)", ("1", "2", "301西")),
        ("1-2-301(1)", ("1", "2", "301-1")),
        ("1幢2单元(301)", ("1", "2", "301")),
        ("1幢301-1", ("1", "", "301-1")),
        ("1-2-301-1", ("1", "2", "301-1")),
        ("3幢0单元1201", ("3", "", "1201")),
        ("1-0-301", ("1", "", "301")),
        ("1幢1楼101", ("1", "", "101")),
    ],
)
def test_other_homes(cell, room):
    assert read_room(cell) == Room(*room)


@pytest.mark.parametrize(
    ("cell", "room"),
    [
        ("地下一层车位B-012", ("地下1层车位", "", "B12")),
        ("负一层车位B012", ("地下1层车位", "", "B12")),
        ("-1层车位B12号", ("地下1层车位", "", "B12")),
        ("车位-023", ("车位", "", "23")),
        ("23号车位", ("车位", "", "23")),
        ("B区车位12号", ("B区车位", "", "12")),
        ("商铺12号", ("商铺", "", "12")),
        ("12号商铺", ("商铺", "", "12")),
        ("1幢商铺101", ("1", "", "商铺101")),
        ("A座商铺101", ("A", "", "商铺101")),
        ("牡丹苑3幢车位12", ("牡丹苑3", "", "车位12")),
        ("1幢2单元储藏室3", ("1", "2", "储藏室3")),
        ("1-2-储藏室3", ("1", "2", "储藏室3")),
        ("地下室-12", ("地下室", "", "12")),
        ("商业街1幢2单元301", ("商业街1", "2", "301")),
    ],
)
def test_things_are_told_by_their_words_and_number(cell, room):
    assert read_room(cell) == Room(*room)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "301",
        "1201",
        "abc",
        "房号",
        "一楼左边",
        "2024-01-02",
        "2024-01-02 00:00:00",
        "1-2-",
        "1-2-000",
        "0-1-301",
        "1-2-301-302",
        "1-2-301、302",
        "1单元301",
        "东单元-301",
        "车位",
        "--",
        "1幢",
        "1-2-3-401",  # the fourth floor is not the third
        "1" * 60,
    ],
)
def test_what_names_no_part_has_no_room(cell):
    assert read_room(cell) is None


@pytest.mark.parametrize(
    "cells",
    [
        ("1", "2", "301"),
        ("1幢", "2单元", "301室"),
        ("01", "02", "0301"),
        ("1.0", "2.0", "301.0"),
        ("一幢", "二单元", "三〇一室"),
        ("1号楼", "", "2-301"),
        ("1", "", "2单元301"),
        ("1幢2单元", "", "301"),
        ("1-2", "", "301"),
        ("", "", "1-2-301"),
        ("1", "2", "1-2-301"),
        ("1", "2", "1幢2单元301室"),
        ("1", "2", "2-301"),
        ("1", "2", "1-301"),
        ("1", "2", "3-01"),
        ("幸福里1幢", "2", "301"),
    ],
)
def test_three_cells_name_the_home_together(cells):
    assert read_room_apart(*cells, "幸福里") == Room("1", "2", "301")


@pytest.mark.parametrize(
    ("cells", "room"),
    [
        (("3", "", "1201"), ("3", "", "1201")),
        (("3", "0", "1201"), ("3", "", "1201")),
        (("3", "无", "1201"), ("3", "", "1201")),
        (("3", "", "3幢1201"), ("3", "", "1201")),
        (("车位", "", "B-012"), ("车位", "", "B12")),
        (("1", "2", "商铺12"), ("1", "2", "商铺12")),
        (("A座", "", "1201"), ("A", "", "1201")),
    ],
)
def test_cells_without_a_stairwell_or_with_a_thing(cells, room):
    assert read_room_apart(*cells) == Room(*room)


@pytest.mark.parametrize(
    "cells",
    [
        ("", "", ""),
        ("", "", "301"),
        ("1", "2", ""),
        ("1", "2", "abc"),
        ("1", "3", "1-2-301"),
        ("1幢2单元", "3", "301"),
        ("1", "二楼左", "301"),
        ("1", "2", "2024-01-02"),
        ("?", "2", "301"),
    ],
)
def test_cells_that_contradict_or_say_too_little_name_no_part(cells):
    assert read_room_apart(*cells) is None


@pytest.mark.parametrize(
    ("pairs", "repeat"),
    [
        ([("1", "1-301"), ("2", "2-301")], True),
        ([("1", "1-301"), ("2", "1-301")], False),  # a stairwell then
        ([("1", "1-301"), ("1", "1-302")], False),  # one building proves nothing
        ([("1幢", "1-301"), ("02", "2-301"), ("3", "1201")], True),
        ([], False),
    ],
)
def test_whether_numbers_repeat_their_buildings_is_told_by_the_whole_roll(pairs, repeat):
    assert numbers_repeat_buildings(pairs) is repeat


homes = st.tuples(st.integers(1, 99), st.integers(0, 9), st.integers(101, 9999))


@given(
    homes,
    st.sampled_from(["{}-{}-{}", "{}幢{}单元{}室", "{}栋{}-{}", "{}#{}-{}", "{}号楼{}单元{}"]),
)
def test_a_home_is_the_same_in_every_spelling(home, spelling):
    building, stairwell, number = map(str, home)
    expected = Room(building, "" if stairwell == "0" else stairwell, number)
    assert read_room(spelling.format(*home)) == expected


@given(homes)
def test_one_cell_and_three_say_the_same(home):
    assert read_room("{}-{}-{}".format(*home)) == read_room_apart(*map(str, home))


@given(homes)
def test_a_key_is_read_as_itself(home):
    room = read_room("{}-{}-{}".format(*home))
    assert read_room(room.key) == room


ROOMY = st.text(
    st.sampled_from(list("0123456789AB-#幢栋号楼单元室层一二十车位商铺地下 ()、期座")), max_size=16
)


@given(ROOMY | st.text(max_size=30))
def test_any_text_is_a_room_that_fits_its_columns_or_none(text):
    room = read_room(text)
    assert room is None or (
        room.building and room.number and len(room.building) <= 20 and len(room.number) <= 30
    )


@given(ROOMY, ROOMY, ROOMY)
def test_any_three_cells_are_a_room_that_fits_its_columns_or_none(building, stairwell, number):
    room = read_room_apart(building, stairwell, number)
    assert room is None or (
        room.building and room.number and len(room.building) <= 20 and len(room.number) <= 30
    )


@pytest.mark.parametrize("cell", ["1幢车位", "2-车库", "3幢2单元地下室"])
def test_a_thing_in_a_building_without_a_number_is_no_part(cell):
    assert read_room(cell) is None
