"""The figures of a compound on a day, and of many at one price."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from portal.fire import actions
from portal.fire.models.defects import midnight_after
from portal.fire.queries import Standing, on_time, standing, standings
from portal.places.models import Building
from tests.factories import fire, places

NEVER = Standing(0, 0, 0, 0, 0, 0, None, 0, is_registered=False)
INSTANT = timedelta(microseconds=1)


def end_of(on):
    return midnight_after(on) - INSTANT


@pytest.fixture
def kit(ruled, noon):
    """A micro station: one duty, once a month, since October."""
    where = fire.place(ruled.compound, at=noon)
    return fire.equipment(where, at=noon, kind="F20", starts_on=date(2026, 10, 5))


def test_a_compound_without_equipment_has_no_figures(ruled, noon):
    assert standing(ruled.compound, at=noon) == NEVER


def test_october_was_missed_and_november_is_overdue(kit, noon):
    found = standing(kit.compound, at=noon)
    assert found == Standing(1, 0, 1, 1, 0, 0, None, 0)


def test_a_check_heals_november_and_not_october(kit, noon):
    fire.log(kit, at=noon, duty="kit")
    found = standing(kit.compound, at=noon)
    assert found == Standing(1, 0, 0, 1, 0, 0, noon.date(), 1)


def test_a_past_day_has_the_figures_of_that_day(kit, noon):
    fire.log(kit, at=noon, duty="kit", radio="没电")
    assert standing(kit.compound, at=end_of(date(2026, 10, 4))) == NEVER
    october = end_of(date(2026, 10, 31))
    assert standing(kit.compound, at=october) == Standing(1, 1, 0, 0, 0, 0, None, 0)
    assert standing(kit.compound, at=noon).open_defects == 1
    assert standing(kit.compound, at=end_of(date(2026, 12, 30))).overdue_defects == 1


def test_retired_equipment_asks_for_nothing(kit, noon):
    actions.retire_equipment(kit, by=None, at=noon)
    assert standing(kit.compound, at=noon) == Standing(0, 0, 0, 1, 0, 0, None, 0)


def test_on_time_counts_what_ended_in_the_days(kit, noon):
    fire.log(kit, at=noon, duty="kit")
    days = {"first_on": date(2026, 10, 1), "last_on": date(2026, 11, 30)}
    assert on_time(kit.compound, **days) == (1, 2)


@pytest.mark.parametrize(("height", "due"), [(27, 7), (27.01, 1)])
def test_a_tall_building_is_patrolled_daily(ruled, noon, height, due):
    building = Building.objects.create(compound=ruled.compound, code="9", height=height)
    where = fire.place(ruled.compound, at=noon, building=building)
    piece = fire.equipment(where, at=noon, kind="F12", starts_on=noon.date())
    fire.log(piece, at=noon)
    days = {"first_on": noon.date(), "last_on": noon.date() + timedelta(days=6)}
    done, asked = on_time(ruled.compound, **days)
    assert (done, asked) == ((1, 1) if due == 7 else (1, 7))


def test_figures_cost_the_same_for_one_compound_and_for_three(
    ruled, noon, django_assert_num_queries
):
    others = [ruled.compound, places.compound(), places.compound()]
    for one in others:
        fire.defect(fire.hydrant(one, at=noon), at=noon)
    for count in (1, 3):
        with django_assert_num_queries(11):
            found = standings([one.pk for one in others[:count]], at=noon)
        assert [found[one.pk].open_defects for one in others[:count]] == [1] * count


def test_a_defect_is_overdue_from_the_day_after_its_last(kit, noon):
    defect = fire.log(kit, at=noon, duty="kit", radio="没电").defects.get()
    assert timezone.localtime(defect.due_at).time() == time()  # 24:00 of the last
    before = defect.due_at - INSTANT
    assert standing(kit.compound, at=before).overdue_defects == 0
    assert standing(kit.compound, at=defect.due_at).overdue_defects == 1


def test_a_deadline_in_hours_passes_at_its_hour(ruled, noon):
    hydrant = fire.hydrant(ruled.compound, at=noon)
    defect = fire.defect(hydrant, at=noon)
    assert defect.due_at == noon + timedelta(hours=24)
    before = standing(ruled.compound, at=defect.due_at - INSTANT)
    after = standing(ruled.compound, at=defect.due_at)
    assert (before.overdue_defects, after.overdue_defects) == (0, 1)
