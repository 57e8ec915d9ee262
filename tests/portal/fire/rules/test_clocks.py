"""Extinguishers: serviced from the making, then from the last service; scrapped from the making."""

from datetime import date

import pytest

from portal.fire.rules.clocks import Agent, Lives, clocks, lives_keys

WATER, POWDER = Lives(3, 1, 6), Lives(5, 2, 10)
MADE = date(2020, 2, 29)


@pytest.mark.parametrize(
    ("lives", "serviced_on", "service_on", "scrap_on"),
    [
        (WATER, None, date(2023, 2, 28), date(2026, 2, 28)),
        (POWDER, None, date(2025, 2, 28), date(2030, 2, 28)),
        (POWDER, date(2025, 1, 15), date(2027, 1, 15), date(2030, 2, 28)),
        (POWDER, MADE, date(2025, 2, 28), date(2030, 2, 28)),  # not a service
        (POWDER, date(2028, 2, 28), date(2030, 2, 28), date(2030, 2, 28)),
        (POWDER, date(2029, 1, 15), date(2030, 2, 28), date(2030, 2, 28)),  # never after it
        (Lives(8, 2, 6), None, date(2026, 2, 28), date(2026, 2, 28)),
    ],
)
def test_the_next_service_and_the_scrapping(lives, serviced_on, service_on, scrap_on):
    found = clocks(lives, made_on=MADE, serviced_on=serviced_on)
    assert (found.service_on, found.scrap_on) == (service_on, scrap_on)


def test_service_is_due_on_its_day_and_scrapping_takes_its_place():
    found = clocks(WATER, made_on=MADE, serviced_on=None)
    days = [date(2023, 2, 27), date(2023, 2, 28), date(2026, 2, 27), date(2026, 2, 28)]
    assert [found.must_be_serviced(day) for day in days] == [False, True, True, False]
    assert [found.must_be_scrapped(day) for day in days] == [False, False, False, True]


def test_every_agent_has_its_rules(rulebook):
    from portal.rulebook.queries import rules_for

    keys = [key for agent in Agent for key in lives_keys(agent)]
    found = rules_for(keys, on=date(2026, 11, 24))
    assert {key: int(found[key].value) for key in keys} == {
        "extinguisher.repair.first.water.years": 3,
        "extinguisher.repair.next.water.years": 1,
        "extinguisher.life.water.years": 6,
        "extinguisher.repair.first.powder.years": 5,
        "extinguisher.repair.next.powder.years": 2,
        "extinguisher.life.powder.years": 10,
        "extinguisher.repair.first.gas.years": 5,
        "extinguisher.repair.next.gas.years": 2,
        "extinguisher.life.gas.years": 10,
        "extinguisher.repair.first.co2.years": 5,
        "extinguisher.repair.next.co2.years": 2,
        "extinguisher.life.co2.years": 12,
    }
