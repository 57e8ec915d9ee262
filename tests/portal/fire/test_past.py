"""Ten past days and every kind of edit: known by then, unchanged; known by now, as by hand."""

from datetime import date, timedelta

import pytest

from portal.fire import actions
from portal.fire.actions import EquipmentFacts, PlaceFacts
from portal.fire.models.defects import midnight_after
from portal.fire.queries import on_time, standing
from portal.fire.queries.rounds import rounds
from portal.fire.rules.occurrences import Window
from portal.places.actions import BuildingFacts, change_building
from portal.places.models import Building
from portal.rulebook.actions import set_compound_rule
from tests.factories import fire

INSTANT = timedelta(microseconds=1)
START = date(2026, 10, 5)  # a Monday
DAYS = [START + timedelta(days=5 * n) for n in range(10)]
PATROL = "equipment.patrol.days"


@pytest.fixture
def begun(noon):
    """The morning of the first day, when everything was registered."""
    return noon - (noon.date() - START)


@pytest.fixture
def building(ruled, begun):
    return Building.objects.create(compound=ruled.compound, code="7", height=18)


@pytest.fixture
def pump_room(ruled, building, begun):
    """A hydrant patrolled weekly and an extinguisher checked monthly, some of it done."""
    where = fire.place(ruled.compound, at=begun, name="泵房", building=building, storey=1)
    hydrant = fire.equipment(where, at=begun, starts_on=START)
    powder = {"kind": "F18", "agent": "powder", "made_on": date(2024, 5, 1)}
    fire.equipment(where, at=begun, starts_on=START, **powder)
    for days in (1, 15, 30):
        fire.log(hydrant, at=begun + timedelta(days=days))
    return where


def end_of(day):
    return midnight_after(day) - INSTANT


def figures(compound, known_at=None):
    """The figures of each of the ten days, as known by a moment; "then" is the end of that day."""
    return [
        standing(compound, at=end_of(day), known_at=end_of(day) if known_at == "then" else known_at)
        for day in DAYS
    ]


def patrols_missed(compound, known_at=None):
    return [one.missed_last_30_days for one in figures(compound, known_at)]


EDITS = {
    "storey": lambda place, at: actions.change_place(
        place, PlaceFacts("泵房", place.building, storey=-1), by=None, at=at
    ),
    "name": lambda place, at: actions.change_place(
        place, PlaceFacts("地下泵房", place.building, storey=1), by=None, at=at
    ),
    "use": lambda place, at: actions.change_place(
        place, PlaceFacts("泵房", place.building, storey=1, use="boiler-room"), by=None, at=at
    ),
    "building": lambda place, at: actions.change_place(
        place,
        PlaceFacts("泵房", Building.objects.create(compound=place.compound, code="9", height=60)),
        by=None,
        at=at,
    ),
    "height": lambda place, at: change_building(
        place.building, BuildingFacts(height=60, storeys_above=20), by=None, at=at
    ),
    "own rule": lambda place, at: set_compound_rule(
        place.compound, PATROL, 1, "《管理规约》第1条", by=None, at=at
    ),
    "kind": lambda place, at: actions.change_equipment(
        place.equipment.get(kind="F18"), EquipmentFacts(kind="F20"), by=None, at=at
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_has_no_day_of_its_own_acts_from_the_day_it_is_changed(pump_room, noon, edit):
    compound = pump_room.compound
    before = figures(compound)
    assert before == figures(compound, "then")
    assert len({one.missed_last_30_days for one in before}) > 3
    yesterday = {"first_on": START, "last_on": noon.date() - timedelta(days=1)}
    on_time_before = on_time(compound, **yesterday)
    EDITS[edit](pump_room, noon)
    assert figures(compound) == before
    assert figures(compound, "then") == before
    assert figures(compound, noon) == before
    assert on_time(compound, **yesterday) == on_time_before


def patrol(place, on, known_at=None, duty="patrol", kind="F06"):
    """The window of a duty that runs on the day."""
    found = rounds([place.compound_id], first_on=on, on=on, known_at=known_at)
    return next(
        one.standing(on).window
        for one in found
        if one.duty.code == duty and one.equipment.kind == kind
    )


@pytest.mark.parametrize("edit", ["height", "own rule", "building"])
def test_the_week_that_runs_stays_a_week_and_from_monday_on_each_day_counts(pump_room, noon, edit):
    EDITS[edit](pump_room, noon)  # a Tuesday
    sunday, monday = date(2026, 11, 29), date(2026, 11, 30)
    assert patrol(pump_room, sunday) == Window(date(2026, 11, 23), sunday)
    assert patrol(pump_room, monday) == Window(monday, monday)
    earlier = noon - timedelta(hours=1)
    if edit != "own rule":  # its day is the day it was put down
        assert patrol(pump_room, monday, earlier) == Window(monday, date(2026, 12, 6))


@pytest.mark.parametrize("edit", ["storey", "use", "name"])
def test_the_month_that_runs_stays_a_month_and_half_months_follow(pump_room, noon, edit):
    EDITS[edit](pump_room, noon)
    check = {"duty": "check", "kind": "F18"}
    november = Window(date(2026, 11, 1), date(2026, 11, 30))
    assert patrol(pump_room, date(2026, 11, 30), **check) == november
    half = Window(date(2026, 12, 1), date(2026, 12, 15))
    assert patrol(pump_room, date(2026, 12, 1), **check) == half


def test_two_edits_of_one_day_act_as_the_last_and_each_moment_keeps_its_own(pump_room, noon):
    EDITS["height"](pump_room, noon)
    later = noon + timedelta(hours=2)
    building = Building.objects.get(compound=pump_room.compound, code="7")
    change_building(building, BuildingFacts(height=20), by=None, at=later)
    monday = date(2026, 11, 30)
    assert patrol(pump_room, monday) == Window(monday, date(2026, 12, 6))
    assert patrol(pump_room, monday, later - INSTANT) == Window(monday, monday)


def test_another_kind_is_asked_for_from_its_day_on(pump_room, noon):
    EDITS["kind"](pump_room, noon)
    on = noon.date()
    asked = {
        (one.equipment.kind, one.duty.code, one.standing(on) is not None)
        for one in rounds([pump_room.compound_id], first_on=START, on=on)
        if one.equipment.code.startswith("F18")
    }
    assert asked == {("F20", "patrol", False), ("F20", "check", False), ("F20", "kit", True)}


def test_a_late_retirement_changes_its_days_for_whoever_knows_it(pump_room, begun, noon):
    compound = pump_room.compound
    kit = fire.equipment(pump_room, at=begun, kind="F20", starts_on=START)  # once a month
    before = figures(compound)
    actions.retire_equipment(kit, by=None, at=noon, on=date(2026, 10, 20))
    assert figures(compound, "then") == before
    assert figures(compound, noon - INSTANT) == before
    now = figures(compound)
    assert [one.equipment for one in now] == [3, 3, 3, 2, 2, 2, 2, 2, 2, 2]
    assert now[:3] == before[:3]
    gone = [a.missed_last_30_days - b.missed_last_30_days for a, b in zip(before, now, strict=True)]
    assert gone == [1 if day >= date(2026, 11, 1) else 0 for day in DAYS]


def test_a_late_registration_changes_its_days_for_whoever_knows_it(pump_room, noon):
    compound = pump_room.compound
    before = figures(compound)
    fire.equipment(pump_room, at=noon, kind="F20", starts_on=date(2026, 10, 15))
    assert figures(compound, "then") == before
    assert figures(compound, noon - INSTANT) == before
    now = figures(compound)
    assert [one.equipment for one in now] == [2, 2, 3, 3, 3, 3, 3, 3, 3, 3]
    extra = [
        a.missed_last_30_days - b.missed_last_30_days for a, b in zip(now, before, strict=True)
    ]
    assert extra == [1 if day >= date(2026, 11, 1) else 0 for day in DAYS]


def test_a_first_day_moved_back_is_known_from_its_entry(pump_room, noon):
    compound = pump_room.compound
    before = figures(compound)
    hydrant = pump_room.equipment.get(kind="F06")
    facts = EquipmentFacts(kind="F06", starts_on=date(2026, 10, 26))
    actions.change_equipment(hydrant, facts, by=None, at=noon)
    assert figures(compound, noon - INSTANT) == before
    assert [one.equipment for one in figures(compound)] == [1, 1, 1, 1, 1, 2, 2, 2, 2, 2]


def test_the_past_costs_one_query_more_for_any_number_of_edits(
    pump_room, noon, django_assert_num_queries
):
    compound = pump_room.compound
    for edit in (None, "storey", "height"):
        if edit:
            EDITS[edit](pump_room, noon)
        for known_at in (None, noon):
            with django_assert_num_queries(11):
                standing(compound, at=end_of(DAYS[5]), known_at=known_at)
