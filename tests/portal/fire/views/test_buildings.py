"""A building's height, set by the firm's manager or the registry's keeper, acts from its day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.fire.queries.rounds import rounds
from portal.places.models import Building
from portal.tools.audit.models import AuditEntry
from tests.costs import page_cost


@pytest.fixture(params=["wang", "sun"])
def keeper(client, scene, request):
    client.force_login(getattr(scene.cast, request.param))
    return client


def set_height(client, scene, building, height, **more):
    path = scene.path(f"buildings/{building.pk}/change/")
    return client.post(path, {"height": height, "storeys_below": "1"} | more)


def patrols(scene, on):
    found = rounds([scene.cast.compound.pk], first_on=on, on=on)
    return next(one for one in found if one.duty.code == "patrol").standing(on).window


def test_a_height_makes_patrols_daily_from_the_next_week(keeper, scene):
    building = Building.objects.get(compound=scene.cast.compound)
    today = timezone.localdate()
    before = patrols(scene, today)
    assert set_height(keeper, scene, building, "54", storeys_above="18").status_code == 302
    building.refresh_from_db()
    assert (building.height, building.storeys_above, building.storeys_below) == (54, 18, 1)
    assert patrols(scene, today) == before
    monday = before.last_on + timedelta(days=1)
    assert patrols(scene, monday).last_on == monday
    assert AuditEntry.objects.filter(act="places.change_building").count() == 1
    page = keeper.get(scene.path("buildings/")).content.decode()
    assert "54" in page and "27" in page


def test_set_again_to_the_same_nothing_is_noted(keeper, scene):
    building = Building.objects.get(compound=scene.cast.compound)
    for _twice in range(2):
        set_height(keeper, scene, building, "54")
    assert AuditEntry.objects.filter(act="places.change_building").count() == 1


@pytest.mark.parametrize("height", ["0", "-3", "abc", "10000"])
def test_what_is_no_height_is_refused(keeper, scene, height):
    building = Building.objects.get(compound=scene.cast.compound)
    assert set_height(keeper, scene, building, height).status_code == 422


def test_a_building_is_entered_once(keeper, scene):
    path = scene.path("buildings/new/")
    sent = {"code": "12", "height": "30", "storeys_below": "0"}
    assert [keeper.post(path, sent).status_code for _ in range(2)] == [302, 302]
    assert keeper.post(path, sent | {"height": "31"}).status_code == 422
    assert Building.objects.get(code="12").height == 30


def test_a_building_of_elsewhere_is_not_found(keeper, scene):
    other = Building.objects.get(compound=scene.cast.other_compound)
    assert set_height(keeper, scene, other, "54").status_code == 404


@pytest.mark.parametrize("who", ["chen", "li", "zhao", "qian"])
def test_others_may_not(client, scene, who):
    client.force_login(getattr(scene.cast, who))
    assert client.get(scene.path("buildings/")).status_code == 403


def test_the_list_costs_the_same_at_one_and_three_rows(client, scene):
    client.force_login(scene.cast.wang)
    one = page_cost(client, scene.path("buildings/"))
    for code in ("8", "9"):
        Building.objects.create(compound=scene.cast.compound, code=code)
    assert page_cost(client, scene.path("buildings/")) == one


def test_before_its_day_a_height_is_not_there(client, scene):
    client.force_login(scene.cast.wang)
    yesterday = timezone.localdate() - timedelta(days=1)
    before = patrols(scene, yesterday)
    set_height(client, scene, Building.objects.get(compound=scene.cast.compound), "54")
    assert patrols(scene, yesterday) == before
