"""What a place is, by its storey, its name and what was entered of it."""

import pytest

from portal.fire.rules.premises import Premises, premises

BELOW, BOILER, CROWD = Premises.BASEMENT, Premises.BOILER_ROOM, Premises.CROWDED


@pytest.mark.parametrize(
    ("name", "storey", "said", "found"),
    [
        ("1幢1单元1层", 1, "", Premises.ORDINARY),
        ("1幢1单元1层", None, "", Premises.ORDINARY),
        ("1幢1单元", -1, "", BELOW),
        ("1幢地下一层", None, "", BELOW),
        ("2幢负一层", None, "", BELOW),
        ("B1 东区", None, "", BELOW),
        ("Ｂ１东区", None, "", BELOW),
        ("b2层", None, "", BELOW),
        ("B区门厅", 1, "", Premises.ORDINARY),
        ("非机动车库", 1, "", BELOW),
        ("锅炉房", 1, "", BOILER),
        ("锅炉房", -1, "", BELOW),
        ("会所（人员密集）", 1, "", CROWD),
        ("会所", 1, "crowded", CROWD),
        ("设备间", 1, "boiler-room", BOILER),
        ("设备间", 1, "basement", BELOW),
    ],
)
def test_a_place_is_told_by_storey_name_and_entry(name, storey, said, found):
    assert premises(name, storey, said) == found
