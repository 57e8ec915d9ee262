"""What the pages of fire safety show, in which order, of which day; and what each costs."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.fire import actions
from portal.fire.models import Defect
from portal.fire.queries import pages
from portal.fire.queries.rounds import rounds
from portal.places.models import Building
from portal.rulebook.models import Rule
from tests.costs import cost_of, page_cost
from tests.factories import fire, people, places, uploads

TODAY = date(2026, 11, 24)  # the Tuesday of `noon`


@pytest.fixture
def here(ruled):
    return ruled.compound


def piece(compound, noon, kind, starts_on, **where):
    return fire.equipment(
        fire.place(compound, at=noon, **where), at=noon, kind=kind, starts_on=starts_on
    )


def codes(lines):
    return [line.round.equipment.code for line in lines]


def test_todays_list_puts_each_duty_where_it_stands(here, noon):
    """A micro station is checked once a month, a hydrant patrolled once a week."""
    overdue = piece(here, noon, "F20", date(2026, 10, 5))  # October was missed
    piece(here, noon, "F06", date(2026, 11, 23))  # this week's patrol, to be done by Sunday
    done = piece(here, noon, "F06", date(2026, 11, 23))
    fire.log(done, at=noon)
    found = pages.today(here, on=TODAY)
    assert codes(found.overdue) == [overdue.code]
    assert codes(found.missed) == [overdue.code]
    assert done.code in codes(found.done)
    assert found.due_today == []
    later = [line.occurrence.window.last_on for line in found.later]
    assert later == sorted(later)
    assert date(2026, 11, 29) in later


def test_on_its_last_day_a_duty_is_due_today(here, noon):
    one = piece(here, noon, "F06", date(2026, 11, 23))
    sunday = date(2026, 11, 29)
    assert one.code in codes(pages.today(here, on=sunday).due_today)
    assert one.code not in codes(pages.today(here, on=sunday - timedelta(days=1)).due_today)


def test_what_was_missed_in_thirty_days_is_told_the_newest_first(here, noon):
    piece(here, noon, "F06", date(2026, 10, 5))
    days = [line.occurrence.window.last_on for line in pages.today(here, on=TODAY).missed]
    assert days == sorted(days, reverse=True)
    assert min(days) >= TODAY - timedelta(days=30)
    assert date(2026, 11, 15) in days


def test_retired_equipment_is_due_no_more_but_what_was_missed_stays_told(here, noon):
    one = piece(here, noon, "F20", date(2026, 9, 1))
    before = pages.today(here, on=TODAY)
    assert codes(before.overdue) == [one.code]
    actions.retire_equipment(one, by=None, at=noon)
    after = pages.today(here, on=TODAY)
    assert codes(after.overdue + after.due_today + after.later + after.done) == []
    assert len(after.missed) >= len(before.missed)


def test_another_compounds_duties_are_not_mine(here, noon):
    piece(places.compound(), noon, "F20", date(2026, 10, 5))
    found = pages.today(here, on=TODAY)
    assert not (found.overdue or found.later or found.done or found.missed)


def test_a_place_shows_its_own_pieces_in_the_order_of_their_codes(here, noon):
    where = fire.place(here, at=noon)
    for kind in ("F18", "F06"):
        facts = {"agent": "powder", "made_on": date(2024, 5, 1)} if kind == "F18" else {}
        fire.equipment(where, at=noon, kind=kind, **facts)
    fire.hydrant(here, at=noon)
    found = pages.pieces_at(where, on=TODAY)
    assert [one.equipment.code for one in found] == ["F06-0001", "F18-0001"]
    assert [one.clocks is None for one in found] == [True, False]
    clocks = found[1].clocks
    assert (clocks.service_on, clocks.scrap_on) == (date(2029, 5, 1), date(2034, 5, 1))


def test_before_its_first_day_a_piece_asks_for_nothing(here, noon):
    one = piece(here, noon, "F06", TODAY + timedelta(days=1))
    assert pages.pieces_at(one.place, on=TODAY) == []


def test_an_extinguisher_whose_years_the_rulebook_does_not_know_has_no_clocks(here, noon):
    facts = {"kind": "F18", "agent": "powder", "made_on": date(2024, 5, 1)}
    one = fire.equipment(fire.place(here, at=noon), at=noon, **facts)
    assert pages.clocks_at(here, on=TODAY).of(one) is not None
    Rule.objects.filter(key__contains="powder").delete()
    assert pages.clocks_at(here, on=TODAY).of(one) is None


@pytest.mark.parametrize(("height", "storey", "days"), [(27, 1, 7), (30, 1, 1), (None, 1, 7)])
def test_the_rule_of_a_duty_is_that_of_its_building(here, noon, height, storey, days):
    building = Building.objects.create(compound=here, code="9", height=height)
    piece(here, noon, "F06", date(2026, 1, 1), building=building, storey=storey)
    patrol = next(
        one for one in rounds([here.pk], first_on=TODAY, on=TODAY) if one.duty.code == "patrol"
    )
    window = patrol.standing(TODAY).window
    assert (window.last_on - window.first_on).days + 1 == days


def test_what_stands_outside_is_looked_after_as_the_tallest_building_asks(here, noon):
    Building.objects.create(compound=here, code="9", height=60)
    piece(here, noon, "F06", date(2026, 1, 1))
    patrol = next(
        one for one in rounds([here.pk], first_on=TODAY, on=TODAY) if one.duty.code == "patrol"
    )
    window = patrol.standing(TODAY).window
    assert window.first_on == window.last_on == TODAY


def test_a_duty_whose_rule_is_not_in_force_does_not_come_round(here, noon):
    piece(here, noon, "F06", date(2026, 1, 1))
    duties = {one.duty.code for one in rounds([here.pk], first_on=TODAY, on=TODAY)}
    assert "patrol" in duties
    Rule.objects.all().delete()
    assert list(rounds([here.pk], first_on=TODAY, on=TODAY)) == []


def close(defect, at):
    actions.repair_defect(defect, words="已修", photo=uploads.photo(), by=fire.SOMEBODY, at=at)
    other = people.user().pk
    actions.recheck_defect(defect, passed=True, words="", photo=None, by=other, at=at)


def test_the_board_has_the_open_ones_by_deadline_then_the_closed_the_last_first(here, noon):
    found = [
        fire.defect(fire.hydrant(here, at=noon), at=noon - timedelta(days=days))
        for days in (1, 9, 5, 3)
    ]
    close(found[2], noon)
    close(found[3], noon + timedelta(hours=1))
    board = [one.pk for one in pages.defects_of(here)]
    assert board == [found[1].pk, found[0].pk, found[3].pk, found[2].pk]


def test_a_defects_state_follows_its_steps(here, noon):
    defect = fire.defect(fire.hydrant(here, at=noon), at=noon)

    def state():
        return pages.state_of(pages.defects_of(here).get())

    other = people.user().pk
    photo = uploads.photo
    seen = [state()]
    actions.repair_defect(defect, words="已修", photo=photo(), by=fire.SOMEBODY, at=noon)
    seen.append(state())
    actions.recheck_defect(defect, passed=False, words="仍锁", photo=photo(), by=other, at=noon)
    seen.append(state())
    actions.repair_defect(defect, words="再修", photo=photo(), by=fire.SOMEBODY, at=noon)
    seen.append(state())
    actions.recheck_defect(defect, passed=True, words="", photo=None, by=other, at=noon)
    seen.append(state())
    kinds = Defect.State
    assert seen == [kinds.OPEN, kinds.REPAIRED, kinds.SENT_BACK, kinds.REPAIRED, kinds.CLOSED]


def test_places_in_use_stand_before_those_that_are_not(here, noon):
    first, second = (fire.place(here, at=noon, name=name) for name in ("甲", "乙"))
    actions.retire_place(first, by=None, at=noon)
    assert [one.name for one in pages.places_of(here)] == ["乙", "甲"]
    assert second.code > first.code


def test_names_are_looked_up_at_once_and_who_is_gone_has_none(db):
    one = people.user("吴查")
    assert pages.names_of({one.pk, fire.SOMEBODY}) == {one.pk: "吴查"}


def grow(compound, at, by, where=None):
    """One more piece with a failed check, at `where` or a place of its own."""
    one = fire.equipment(where, at=at) if where else fire.hydrant(compound, at=at)
    return fire.defect(one, at=at, by=by)


def test_a_place_costs_the_same_at_one_piece_and_at_three(client, ruled):
    client.force_login(ruled.wang)
    at = timezone.now()
    where = fire.place(ruled.compound, at=at)
    grow(ruled.compound, at, ruled.wang.pk, where)
    one = page_cost(client, where.get_absolute_url())
    for _more in range(2):
        grow(ruled.compound, at, ruled.wang.pk, where)
    assert page_cost(client, where.get_absolute_url()) == one


def test_a_defect_costs_the_same_after_one_repair_and_after_three(client, ruled):
    client.force_login(ruled.wang)
    at = timezone.now()
    defect = grow(ruled.compound, at, ruled.wang.pk)
    two = people.user().pk, people.user().pk

    def round_trip():
        photo = uploads.photo
        actions.repair_defect(defect, words="已修", photo=photo(), by=two[0], at=at)
        actions.recheck_defect(
            defect, passed=False, words="没修好", photo=photo(), by=two[1], at=at
        )

    round_trip()
    one = page_cost(client, defect.get_absolute_url())
    for _more in range(2):
        round_trip()
    assert page_cost(client, defect.get_absolute_url()) == one


def test_a_check_costs_the_same_with_one_defect_and_with_two(client, ruled):
    client.force_login(ruled.wang)
    at = timezone.now()
    costs = []
    for failed in ({"reach": "被堵"}, {"reach": "被堵", "button": "松动"}):
        one = fire.hydrant(ruled.compound, at=at)
        check = fire.log(one, at=at, **failed)
        assert check.defects.count() == len(failed)
        address = reverse("fire:check", args=[ruled.compound.code, check.seq])
        costs.append(page_cost(client, address))
    assert costs[0] == costs[1]


def test_todays_list_costs_the_same_at_one_piece_and_at_three(here, noon):
    piece(here, noon, "F20", date(2026, 10, 5))
    one = cost_of(lambda: pages.today(here, on=TODAY))
    for _more in range(2):
        piece(here, noon, "F20", date(2026, 10, 5))
    assert cost_of(lambda: pages.today(here, on=TODAY)) == one
