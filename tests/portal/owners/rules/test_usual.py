"""What most cells say is read by a shorter way, and says the same as by the long one.

A hidden character in front, which nobody sees, keeps a cell from the shorter way.
"""

from hypothesis import given
from hypothesis import strategies as st

from portal.owners.rules import areas, cells, identity, people, phones, rooms

HIDDEN = "\u200b"
digits = st.text("0123456789", max_size=6)
letters = st.text("AZaz张李欧阳未售待无否空不详０１２ＡＢ\u3000、,-", max_size=6)
number = st.integers(0, 20301).map(str) | digits


@st.composite
def room(draw) -> str:
    building, stairwell, home = draw(number), draw(number), draw(number)
    marks = draw(st.sampled_from(["-", "幢", "栋", "号楼", "#"])), draw(st.sampled_from("-单"))
    entrance = f"{stairwell}单元" if marks[1] == "单" else f"{stairwell}-"
    return f"{building}{marks[0]}{entrance}{home}{draw(st.sampled_from(['', '室', 'A']))}"


@given(room())
def test_a_usual_room_is_the_room_it_is_by_the_long_way(cell):
    assert rooms.read_room(cell) == rooms.read_room(HIDDEN + cell)


@given(st.from_regex(r"[0-9]{0,6}\.?[0-9]{0,3}", fullmatch=True))
def test_a_usual_area_is_the_area_it_is_by_the_long_way(cell):
    assert areas.read_area(cell) == areas.read_area(HIDDEN + cell)


@given(st.from_regex(r"(1[0-9]{2}|\+86|0577)?[0-9]{7,9}", fullmatch=True), st.booleans())
def test_a_usual_phone_is_the_phone_it_is_by_the_long_way(cell, demonstration):
    short, long = (
        phones.read_phone(text, demonstration=demonstration) for text in (cell, HIDDEN + cell)
    )
    assert short == long


@given(st.dates(), st.integers(0, 999), st.booleans(), st.booleans())
def test_a_usual_number_is_the_number_it_is_by_the_long_way(born, order, is_good, demonstration):
    body = f"{'999999' if order % 2 else '330324'}{born:%Y%m%d}{order:03}"
    cell = body.rjust(17, "0") + (identity.citizen_check_digit(body.rjust(17, "0")) * is_good)
    short, long = (
        identity.read_number(text, demonstration=demonstration) for text in (cell, HIDDEN + cell)
    )
    assert short == long


@given(letters)
def test_usual_names_are_the_names_they_are_by_the_long_way(cell):
    assert people.says_nobody(cell) == people.says_nobody(HIDDEN + cell)
    assert people.name_key(cell) == people.name_key(HIDDEN + cell)
    if cell.isalnum() and not people.says_nobody(cell):
        assert people.read_names(cell) == people.read_names(HIDDEN + cell)


@given(letters | digits)
def test_usual_cells_are_compact_as_by_the_long_way(cell):
    assert cells.compact(cell) == cells.compact(HIDDEN + cell)
    assert cells.plain(cell) == cells.plain(HIDDEN + cell)
