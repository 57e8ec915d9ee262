"""The register: what stands where, under which code, and until when."""

from datetime import date, timedelta

import pytest

from portal.fire import actions
from portal.fire.actions import refusals
from portal.fire.models import Equipment, FirePlace
from portal.places.models import Building, Stairwell
from portal.tools.audit.models import AuditEntry
from tests.factories import fire, places


@pytest.fixture
def here(ruled):
    return ruled.compound


@pytest.fixture
def building(here):
    return Building.objects.create(compound=here, code="9")


def notes(act):
    return AuditEntry.objects.filter(act=act).count()


def test_digits_are_given_in_turn_and_belong_to_the_compound(here, noon):
    digits = [fire.place(here, at=noon, name=name).code for name in "甲乙"]
    assert [int(one) - int(digits[0]) for one in digits] == [0, 1]
    assert all(len(one) == 4 for one in digits)
    assert fire.place(places.compound(), at=noon).code == digits[0]


def test_digits_of_a_retired_place_are_not_given_again(here, noon):
    first = fire.place(here, at=noon)
    FirePlace.objects.filter(pk=first.pk).update(code=str(int(first.code) + 1))
    assert fire.place(here, at=noon).code == str(int(first.code) + 2)


def test_a_stairwell_says_its_building(here, building, noon):
    well = Stairwell.objects.create(compound=here, building=building, code="1")
    assert fire.place(here, at=noon, stairwell=well).building == building


def test_a_building_of_elsewhere_or_a_stairwell_of_another_is_refused(here, building, noon):
    other = Building.objects.create(compound=here, code="8")
    well = Stairwell.objects.create(compound=here, building=other, code="1")
    elsewhere = Building.objects.create(compound=places.compound(), code="1")
    for wrong in ({"building": building, "stairwell": well}, {"building": elsewhere}):
        with pytest.raises(refusals.ElsewhereBuilding):
            fire.place(here, at=noon, **wrong)
    assert not FirePlace.objects.exists()


def test_a_place_is_changed_and_keeps_its_digits(here, building, noon):
    place = fire.place(here, at=noon)
    facts = actions.PlaceFacts(name="新名", building=building, storey=-1)
    changed = actions.change_place(place, facts, by=None, at=noon)
    assert (changed.name, changed.building, changed.is_below_ground) == ("新名", building, True)
    assert (changed.code, changed.token) == (place.code, place.token)
    assert notes("fire.change_place") == 1


def test_nothing_is_put_at_a_place_that_is_out_of_use(here, noon):
    place = fire.place(here, at=noon)
    actions.retire_place(place, by=None, at=noon)
    with pytest.raises(refusals.NotInUse):
        fire.equipment(place, at=noon)
    assert not Equipment.objects.exists()


def test_a_place_with_equipment_in_use_is_not_retired(here, noon):
    piece = fire.hydrant(here, at=noon)
    with pytest.raises(refusals.Refusal):
        actions.retire_place(piece.place, by=None, at=noon)
    actions.retire_equipment(piece, by=None, at=noon)
    actions.retire_place(piece.place, by=None, at=noon)
    piece.place.refresh_from_db()
    assert piece.place.retired_on == noon.date()


def test_retired_twice_it_is_retired_once(here, noon):
    piece = fire.hydrant(here, at=noon)
    for days in (0, 5):
        at = noon + timedelta(days=days)
        actions.retire_equipment(piece, by=None, at=at)
        actions.retire_place(piece.place, by=None, at=at)
    piece.refresh_from_db()
    piece.place.refresh_from_db()
    assert (piece.retired_on, piece.place.retired_on) == (noon.date(), noon.date())
    assert (notes("fire.retire_equipment"), notes("fire.retire_place")) == (1, 1)


def test_what_was_to_begin_later_is_retired_no_earlier_than_it_began(here, noon):
    later = noon.date() + timedelta(days=30)
    piece = fire.hydrant(here, at=noon, starts_on=later)
    assert actions.retire_equipment(piece, by=None, at=noon).retired_on == later


def test_codes_are_given_by_kind_and_one_written_by_hand_stands_once(here, noon):
    assert [fire.hydrant(here, at=noon).code for _ in range(2)] == ["F06-0001", "F06-0002"]
    assert fire.hydrant(here, at=noon, code="门厅栓").code == "门厅栓"
    with pytest.raises(refusals.CodeTaken):
        fire.hydrant(here, at=noon, code="门厅栓")
    assert fire.hydrant(places.compound(), at=noon, code="门厅栓").code == "门厅栓"


def test_changed_to_the_code_of_another_it_is_refused(here, noon):
    first, second = fire.hydrant(here, at=noon), fire.hydrant(here, at=noon)
    facts = actions.EquipmentFacts(kind="F06", code=first.code)
    with pytest.raises(refusals.CodeTaken):
        actions.change_equipment(second, facts, by=None, at=noon)
    second.refresh_from_db()
    assert second.code == "F06-0002"


def test_without_a_code_and_a_first_day_a_change_keeps_both(here, noon):
    piece = fire.hydrant(here, at=noon, starts_on=date(2026, 3, 1))
    facts = actions.EquipmentFacts(kind="F06", quantity=4)
    changed = actions.change_equipment(piece, facts, by=None, at=noon)
    assert (changed.code, changed.starts_on, changed.quantity) == (
        "F06-0001",
        date(2026, 3, 1),
        4,
    )


def test_a_kind_is_changed_until_the_first_check(here, noon):
    piece = fire.hydrant(here, at=noon)
    facts = actions.EquipmentFacts(kind="F12")
    assert actions.change_equipment(piece, facts, by=None, at=noon).kind == "F12"
    fire.log(Equipment.objects.get(), at=noon)
    with pytest.raises(refusals.KindIsFixed):
        actions.change_equipment(piece, actions.EquipmentFacts(kind="F06"), by=None, at=noon)
