"""Places in the order in which one walks past them."""

import pytest

from portal.places.models import Building, Part, Stairwell
from tests.factories import places

pytestmark = pytest.mark.django_db


def test_rooms_stand_as_one_walks_past_them():
    compound = places.compound()
    rooms = [
        ("10", "1", "101"),
        ("2", "1", "1001"),
        ("2", "1", "101"),
        ("2", "10", "102"),
        ("2", "2", "102"),
    ]
    for house, stair, number in rooms:
        building, _ = Building.objects.get_or_create(compound=compound, code=house)
        stairwell, _ = Stairwell.objects.get_or_create(
            compound=compound, building=building, code=stair
        )
        part = places.part(compound, f"{house}-{stair}-{number}")
        part.building, part.stairwell, part.number = building, stairwell, number
        part.save()
    places.part(compound, "车位-3")
    found = [part.key for part in Part.objects.filter(compound=compound).by_room()]
    assert found == ["2-1-101", "2-1-1001", "2-2-102", "2-10-102", "10-1-101", "车位-3"]
