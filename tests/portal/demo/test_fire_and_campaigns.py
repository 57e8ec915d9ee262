"""The month of fire logs and the two campaigns of the demonstration."""

from collections import Counter
from datetime import timedelta

import pytest

from portal.campaigns.models import Award, Campaign, Entry, Result, Scoring
from portal.campaigns.rules.record import recomputed
from portal.demo.defects import DEFECTS
from portal.fire.models import Check, Defect, Recheck, Repair, Retirement
from portal.fire.models.defects import midnight_after
from portal.fire.queries.chain import first_break
from portal.fire.queries.pages import defects_of, state_of, today
from portal.fire.queries.retirements import is_late
from portal.fire.queries.standing import standings
from portal.firms.models import ServiceContract
from portal.places.models import Compound

from .conftest import DAY

END = midnight_after(DAY) - timedelta(microseconds=1)


@pytest.fixture
def garden(county):
    return Compound.objects.get(name="幸福花园")


def test_the_log_is_a_month_long_and_older_than_today(county):
    days = set(Check.objects.values_list("on", flat=True))
    assert days == {DAY - timedelta(days=ago) for ago in range(1, 31)}


def test_every_chain_holds(county):
    places = set(Check.objects.values_list("compound_id", flat=True))
    assert len(places) == 11
    assert [first_break(place) for place in places] == [None] * 11


def test_equipment_stands_where_a_firm_serves_and_nowhere_else(county):
    served = set(ServiceContract.objects.values_list("compound_id", flat=True))
    found = standings(Compound.objects.values_list("pk", flat=True), at=END)
    assert {pk for pk, one in found.items() if one.equipment} == served


def test_the_garden_has_defects_at_every_stage(garden):
    states = Counter(state_of(defect) for defect in defects_of(garden))
    State = Defect.State
    assert states == {State.CLOSED: 2, State.SENT_BACK: 1, State.REPAIRED: 1, State.OPEN: 2}
    assert Defect.objects.overdue_at(END).filter(compound=garden).exists()


def test_every_tale_of_a_defect_found_its_equipment(county):
    assert Defect.objects.count() == sum(len(tales) for tales in DEFECTS.values())


def test_nobody_rechecked_a_repair_of_their_own(county):
    for look in Recheck.objects.all():
        assert look.by != look.repaired_by
    assert Repair.objects.count() > Recheck.objects.count()


def test_rounds_are_due_overdue_and_missed_today(garden):
    found = today(garden, on=DAY)
    assert found.due_today
    assert {line.round.equipment.place.name for line in found.overdue} == {"4 幢一层门厅"}
    assert found.missed


def test_the_garden_shows_a_log_that_is_no_check_and_a_late_retirement(garden):
    assert [one.is_done for one in today(garden, on=DAY).empty] == [False]
    gone = Retirement.objects.get(compound=garden)
    assert is_late(gone) and gone.equipment.retired_on == gone.on == DAY - timedelta(days=12)


def test_one_campaign_is_named_and_one_is_with_the_county(county):
    assert sorted(Campaign.objects.values_list("stage", flat=True)) == ["awarded", "county"]


def test_the_named_have_the_level_of_their_total(county):
    titles = Counter(Award.objects.values_list("title", flat=True))
    assert titles == {"五星级": 1, "四星级": 2, "三星级": 2}
    for result in Result.objects.all():
        level = recomputed(result.value).level
        award = Award.objects.filter(entry=result.entry).first()
        assert (award and award.title) == (level and level.title)


def test_the_county_still_has_to_score_the_garden(garden):
    entry = Entry.objects.get(compound=garden, campaign__stage="county")
    levels = Scoring.objects.filter(entry=entry).values_list("level", flat=True)
    assert sorted(levels) == ["community", "street"]
