"""A property firm serves a compound from the first day of its contract to the last."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from portal.accounts.queries import firms_under_contract
from portal.firms.models import Firm, ServiceContract
from tests.factories import people, places

STARTS, ENDS = date(2024, 1, 1), date(2026, 12, 31)
DAY = timedelta(days=1)


@pytest.fixture
def compound(db):
    return places.compound()


def contract(compound, firm=None, **fields):
    values = {"starts_on": STARTS, "ends_on": ENDS} | fields
    return ServiceContract.objects.create(compound=compound, firm=firm or people.firm(), **values)


@pytest.mark.parametrize(
    ("on", "serves"),
    [(STARTS - DAY, False), (STARTS, True), (ENDS, True), (ENDS + DAY, False)],
)
def test_both_days_of_a_contract_are_included(compound, on, serves):
    made = contract(compound)
    assert list(ServiceContract.objects.in_force(on)) == ([made] if serves else [])
    assert list(firms_under_contract(compound, on)) == ([made.firm] if serves else [])


def test_a_contract_without_an_end_goes_on(compound):
    made = contract(compound, ends_on=None)
    assert list(ServiceContract.objects.in_force(date(2099, 1, 1))) == [made]


def test_firms_of_a_day_are_named_in_order_and_once(compound):
    second, first = (people.firm(name=name) for name in ("乙物业", "丙物业"))
    for firm in (second, first):
        contract(compound, firm)
    contract(compound, first, starts_on=STARTS + DAY)
    contract(places.compound(), people.firm())
    names = [firm.name for firm in firms_under_contract(compound, STARTS + DAY)]
    assert names == sorted(["乙物业", "丙物业"])


def test_a_contract_of_one_day_is_one_and_none_ends_before_it_starts(compound):
    contract(compound, ends_on=STARTS)
    with pytest.raises(IntegrityError, match="a_contract_ends_after_it_starts"):
        with transaction.atomic():
            contract(compound, ends_on=STARTS - DAY)


def test_a_firm_has_one_contract_that_starts_on_a_day_and_another_firm_its_own(compound):
    made = contract(compound)
    contract(compound, people.firm())
    with pytest.raises(IntegrityError, match="a_contract_starts_once"), transaction.atomic():
        contract(compound, made.firm)


def test_a_firm_is_told_by_its_name_and_no_two_share_one(db):
    firm = people.firm(name="永嘉某物业")
    assert str(firm) == "永嘉某物业"
    with pytest.raises(IntegrityError), transaction.atomic():
        Firm.objects.create(name="永嘉某物业")


def test_a_contract_is_told_by_its_firm_and_its_first_day(compound):
    assert str(contract(compound, people.firm(name="永嘉某物业"))) == "永嘉某物业 2024-01-01"
