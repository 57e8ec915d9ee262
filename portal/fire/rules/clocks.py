"""When is an extinguisher to be serviced, and when scrapped?  law.md §6.7.

GB 50444 table 5.3.2 (good practice since 2023-03-01) and GB 55036 table 10.0.8 (binding): the
first service is counted from the day it was made, each next from the last service.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.tools.timekeeping.periods import add_years


class Agent(StrEnum):
    WATER = "water"
    POWDER = "powder"
    GAS = "gas"
    CO2 = "co2"


@dataclass(frozen=True, slots=True)
class Lives:
    """The years of one agent: to the first service, between later ones, and to the scrapping."""

    first: int
    following: int
    life: int


@dataclass(frozen=True, slots=True)
class Clocks:
    service_on: date
    scrap_on: date

    def must_be_serviced(self, on: date) -> bool:
        return self.service_on <= on < self.scrap_on

    def must_be_scrapped(self, on: date) -> bool:
        return self.scrap_on <= on


def lives_keys(agent: str) -> tuple[str, str, str]:
    """The rules that give the years of an agent."""
    return (
        f"extinguisher.repair.first.{agent}.years",
        f"extinguisher.repair.next.{agent}.years",
        f"extinguisher.life.{agent}.years",
    )


def clocks(lives: Lives, *, made_on: date, serviced_on: date | None) -> Clocks:
    """The day of the next service, never after that of the scrapping, and of the scrapping."""
    scrap_on = add_years(made_on, lives.life)
    if serviced_on and serviced_on > made_on:
        service_on = add_years(serviced_on, lives.following)
    else:
        service_on = add_years(made_on, lives.first)
    return Clocks(min(service_on, scrap_on), scrap_on)
