"""The same day gives the same county; another day the same names, counts and results."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from portal.demo.build import steps
from portal.demo.compounds import PLANS, catalogue
from portal.demo.rolls import invent_roll
from portal.owners import actions as owners
from portal.owners.models import Owner
from tests.factories import places

from . import facts
from .conftest import DAY

ANOTHER = date(2026, 7, 1)


def test_the_same_county_each_time_and_on_another_day(small_county):
    with small_county():
        first, dated = facts.of_every_day(), facts.of_the_day()
        since = facts.spans_of_members(DAY)
    with small_county():
        assert facts.of_every_day() == first
        assert facts.of_the_day() == dated
    with small_county(ANOTHER):
        there = facts.of_every_day()
        assert facts.of_the_day() != dated
        assert len(facts.spans_of_members(ANOTHER)) == len(since)
    # titles of notices name their day
    for one in (first, there):
        one["NoticePage"] = len(one["NoticePage"])
        one["Result"] = [row[1] for row in one["Result"]]
        one["Meeting"] = [(code, title, stage) for code, _no, title, stage, _kind in one["Meeting"]]
    assert there == first


def test_a_scale_multiplies_compounds_under_names_and_codes_of_their_own():
    plans = catalogue(3)
    assert len(plans) == 3 * len(PLANS)
    assert len({plan.name for plan in plans}) == len({plan.code for plan in plans}) == len(plans)
    assert [plan.name for plan in plans[:: len(PLANS)]] == ["幸福花园", "幸福花园2", "幸福花园3"]


def test_the_steps_have_names_for_the_bar():
    names = [name for name, _step in steps(DAY)]
    assert len(names) == len(set(names))
    assert sum(name.startswith("业主名册") for name in names) == len(PLANS)


def test_invented_phones_and_numbers_pass_in_a_demonstration_only(db, noon):
    data = invent_roll(PLANS[12].shape, seed=13).data
    places.installation(is_demonstration=False)
    compound = places.compound()
    owners.import_roll(compound, data, file_name="名册.csv", by=None, at=noon)
    assert Owner.objects.exists()
    assert not Owner.objects.filter(phone_is_checked=True).exists()
    assert not Owner.objects.filter(id_is_checked=True).exists()


def test_a_database_in_use_is_left_alone(db):
    places.installation()
    with pytest.raises(CommandError, match="needs an empty one"):
        call_command("demo")


def test_a_scale_below_one_is_refused(db):
    with pytest.raises(CommandError, match="--scale"):
        call_command("demo", scale=0)
