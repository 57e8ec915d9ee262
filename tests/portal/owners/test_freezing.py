"""The roll frozen into a version: what stood that day, counted, hashed, and never changed."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from portal.owners import actions
from portal.owners.models import Holding, RollGroup, RollLine, RollOwner, RollVersion
from portal.places.models import Part
from portal.rulebook.models import CompoundRule
from tests.costs import cost_of
from tests.factories import people, places, rulebook


@pytest.fixture
def freeze(cast, noon):
    """Freeze the roll of a compound, the cast's if none is given."""

    def freeze_(compound=None, at=noon):
        return actions.freeze_roll(compound or cast.compound, by=cast.li.pk, at=at)

    return freeze_


def share(compound, part, *owners):
    for owner in owners:
        Holding.objects.create(compound=compound, part=part, owner=owner)


def test_a_version_is_numbered_counted_and_signed_with_who_and_when(freeze, cast, noon):
    first, second = freeze(), freeze()
    assert [(one.number, str(one)) for one in (first, second)] == [(1, "V1"), (2, "V2")]
    assert (first.parts, first.heads, first.area) == (1, 1, 8932)
    assert (first.by, first.frozen_at) == (cast.li.pk, noon)
    assert freeze(cast.other_compound).number == 1


def test_it_counts_homes_and_lists_every_part(freeze, cast):
    places.part(cast.compound, "2-1-101", area=10000)
    places.part(cast.compound, "车位-1", area=1200, kind=Part.Kind.PARKING)
    places.part(cast.compound, "储藏-1", area=300, kind=Part.Kind.STORAGE)
    version = freeze()
    assert (version.parts, version.heads, version.area) == (2, 2, 18932)
    keys = RollLine.objects.filter(version=version).order_by("key").values_list("key", flat=True)
    assert list(keys) == ["1-1-101", "2-1-101", "储藏-1", "车位-1"]


def test_three_homes_and_a_property_room_are_three_heads(freeze, cast):
    for number in (2, 3):
        people.owner(cast.compound, places.part(cast.compound, f"{number}-1-101", area=9000))
    room = places.part(cast.compound, "9-1-001", area=50000, kind=Part.Kind.PUBLIC)
    share(cast.compound, room, people.owner(cast.compound, kind="company"))
    version = freeze()
    assert (version.parts, version.heads, version.area) == (3, 3, 8932 + 18000)


def test_owners_who_count_parking_change_what_is_frozen_from_that_day_on(freeze, cast, noon):
    rulebook.load()
    places.part(cast.compound, "车位-1", area=1200, kind=Part.Kind.PARKING)
    CompoundRule.objects.create(
        compound=cast.compound,
        key="roll.parking.is-counted",
        value="1",
        clause="《议事规则》第8条",
        effective_from=noon.date() + timedelta(days=1),
    )
    before, after = freeze(), freeze(at=noon + timedelta(days=1))
    assert (before.parts, before.area, before.counts_parking) == (1, 8932, False)
    assert (after.parts, after.area, after.counts_parking) == (2, 10132, True)


def test_the_hash_is_of_what_stands_and_not_of_how_it_came_there(freeze, cast):
    pair = [people.owner(cast.compound) for _ in range(2)]
    part = places.part(cast.compound, "2-1-101")
    share(cast.compound, part, *pair)
    before = freeze().sha256
    Holding.objects.filter(part=part).delete()
    share(cast.compound, part, *reversed(pair))
    assert freeze().sha256 == before


@pytest.mark.parametrize("change", ["area", "kind", "delivery", "owner", "part"])
def test_any_change_of_what_stands_changes_the_hash(freeze, cast, change):
    before = freeze().sha256
    changes = {
        "area": {"area": 8933},
        "kind": {"kind": Part.Kind.SHOP},
        "delivery": {"delivery": Part.Delivery.UNDELIVERED},
    }
    if change in changes:
        Part.objects.filter(pk=cast.flat.pk).update(**changes[change])
    elif change == "owner":
        Holding.objects.filter(part=cast.flat).update(owner=people.owner(cast.compound))
    else:
        places.part(cast.compound, "2-1-101")
    assert freeze().sha256 != before


def test_what_another_compound_has_is_not_in_it(freeze, cast):
    before = freeze().sha256
    places.part(cast.other_compound, "2-1-101")
    assert freeze().sha256 == before
    assert RollLine.objects.filter(version__compound=cast.compound).count() == 2


def test_who_sold_is_no_owner_of_it(freeze, cast):
    buyer = people.owner(cast.compound)
    Holding.objects.filter(part=cast.flat).update(until=date(2026, 10, 1))
    share(cast.compound, cast.flat, buyer)
    version = freeze()
    owners = RollOwner.objects.filter(version=version).values_list("owner", flat=True)
    assert list(owners) == [buyer.pk]


def test_one_set_of_owners_is_one_head_and_an_overlapping_one_another_to_be_looked_at(freeze, cast):
    first, second = (people.owner(cast.compound) for _ in range(2))
    together = [places.part(cast.compound, f"2-1-{n}01", area=5000) for n in (1, 2)]
    for part in together:
        share(cast.compound, part, first, second)
    share(cast.compound, places.part(cast.compound, "2-1-301", area=6000), first)
    version = freeze()
    groups = RollGroup.objects.filter(version=version).order_by("number")
    told = [(sorted(one.lines.values_list("key", flat=True)), one.needs_a_look) for one in groups]
    assert told == [
        (["1-1-101"], False),
        (["2-1-101", "2-1-201"], True),
        (["2-1-301"], True),
    ]


def test_a_line_keeps_building_kind_and_delivery_of_the_day(freeze, cast):
    version = freeze()
    Part.objects.filter(pk=cast.flat.pk).update(kind=Part.Kind.SHOP, area=1)
    line = RollLine.objects.get(version=version)
    assert (line.part, line.key, line.building) == (cast.flat.pk, "1-1-101", "1")
    assert (line.kind, line.delivery, line.area) == ("dwelling", "delivered", 8932)


def test_a_frozen_roll_is_not_touched_by_anybody(freeze):
    version = freeze()
    for rows in (
        RollVersion.objects.filter(pk=version.pk),
        RollGroup.objects.filter(version=version),
        RollLine.objects.filter(version=version),
        RollOwner.objects.filter(version=version),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete(rows.db)


def test_freezing_costs_the_same_at_one_home_and_at_thirty(freeze, cast):
    one = cost_of(freeze)
    for number in range(30):
        people.owner(cast.compound, places.part(cast.compound, f"3-1-{number + 101}"))
    assert cost_of(freeze) == one
