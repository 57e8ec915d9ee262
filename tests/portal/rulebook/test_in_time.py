"""Valid on D, known by K: what a later loading corrects changes no day before it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.rulebook.actions import load_rulebook, set_compound_rule
from portal.rulebook.models import Rule
from portal.rulebook.queries import RulesInTime, history, rules_for_each
from tests.factories import places

SHANGHAI = ZoneInfo("Asia/Shanghai")
LAWS = '[authority.law]\ntitle = "《法》"\nregion = "cn"\nin_force = 2021-01-01\nis_binding = true'
FIRST, SECOND, THIRD = (datetime(2026, 10, day, 9, tzinfo=SHANGHAI) for day in (1, 10, 20))
DAYS = [date(2026, 10, 1) + timedelta(days=3 * n) for n in range(10)]


def book(*rules: str) -> dict[str, str]:
    head = 'subject = "甲"\nposition = 1'
    return {"authorities.toml": LAWS, "a.toml": "\n\n".join([head, *rules])}


def rule(value: int, *, key: str = "a.days", more: str = "") -> str:
    return (
        f'[[rule]]\nkey = "{key}"\ntitle = "甲"\nvalue = {value}\noperator = ">="\n'
        f'unit = "days"\nauthority = "law"\nconfidence = "H"\n{more}'
    )


@pytest.fixture
def here(db):
    return places.compound()


def values(compound, known_at=None, key="a.days"):
    """The number of the key on each of ten days; None where there is none."""
    found = RulesInTime([key], [compound.pk], known_at=known_at)
    told = [found.on(compound.pk, day).get(key) for day in DAYS]
    again = [
        rules_for_each([key], [compound.pk], on=day, known_at=known_at)[compound.pk].get(key)
        for day in DAYS
    ]
    assert told == again
    return [rule.value if rule else None for rule in told]


def from_day(on, before, after):
    return [after if day >= on else before for day in DAYS]


def test_a_corrected_number_acts_from_the_day_of_its_loading(here):
    load_rulebook(book(rule(5)), at=FIRST)
    load_rulebook(book(rule(7)), at=SECOND)
    assert values(here) == from_day(SECOND.date(), 5, 7)
    assert values(here, FIRST) == [5] * 10
    load_rulebook(book(rule(9)), at=THIRD)
    load_rulebook(book(rule(8)), at=THIRD + timedelta(hours=1))  # once more on one day
    assert values(here) == [
        8 if day >= THIRD.date() else 7 if day >= SECOND.date() else 5 for day in DAYS
    ]
    assert values(here, THIRD - timedelta(hours=1)) == from_day(SECOND.date(), 5, 7)
    assert [row.value for row in Rule.objects.standing()] == ["8"]


def test_a_removed_rule_ends_with_the_day_before(here):
    load_rulebook(book(rule(5), rule(1, key="a.other")), at=FIRST)
    load_rulebook(book(rule(1, key="a.other")), at=SECOND)
    assert values(here) == from_day(SECOND.date(), 5, None)
    assert values(here, FIRST) == [5] * 10
    load_rulebook(book(rule(6), rule(1, key="a.other")), at=THIRD)


def test_a_law_entered_late_holds_from_its_own_day_for_whoever_knows_it(here):
    own = "effective_from = 2026-10-07\n"
    load_rulebook(book(rule(5)), at=FIRST)
    ended = rule(5, more="effective_to = 2026-10-06\n")
    load_rulebook(book(ended, rule(7, more=own)), at=THIRD)
    assert values(here) == from_day(date(2026, 10, 7), 5, 7)
    assert values(here, THIRD - timedelta(seconds=1)) == [5] * 10


def test_a_compounds_own_number_acts_from_its_day(here):
    free = 'room = "free"\n'
    load_rulebook(book(rule(5, more=free)), at=FIRST)
    set_compound_rule(here, "a.days", 6, "《规约》第1条", by=None, at=SECOND)
    set_compound_rule(here, "a.days", 4, "《规约》第2条", by=None, at=THIRD)
    assert values(here) == [
        4 if day >= THIRD.date() else 6 if day >= SECOND.date() else 5 for day in DAYS
    ]


def test_the_page_of_a_key_shows_what_was_said_before(here):
    load_rulebook(book(rule(5)), at=FIRST)
    load_rulebook(book(rule(7)), at=SECOND)
    told = history("a.days", region="cn", on=THIRD.date())
    assert [row.value for row in told.present] == ["7"]
    assert [(row.value, row.acts_until) for row in told.past] == [("5", date(2026, 10, 9))]
    assert told.standing.value == "7"


def test_any_day_costs_the_same_for_one_compound_and_for_three(here, django_assert_num_queries):
    load_rulebook(book(rule(5)), at=FIRST)
    every = [here, places.compound(), places.compound()]
    for some in (every[:1], every):
        with django_assert_num_queries(3):
            found = RulesInTime(["a.days"], [one.pk for one in some])
            assert [found.on(one.pk, day)["a.days"].value for one in some for day in DAYS]
