"""Which kinds of part count where."""

import pytest

from portal.owners.rules.scopes import ALL, BUILDING, HOMES, Counting, counts_in, kinds_in
from portal.owners.rules.words import DWELLING, OFFICE, PARKING, PUBLIC, SHOP, STORAGE

EVERYWHERE = (ALL, HOMES, BUILDING)


@pytest.mark.parametrize(
    ("kind", "by_default", "with_parking"),
    [
        (DWELLING, EVERYWHERE, EVERYWHERE),
        (SHOP, EVERYWHERE, EVERYWHERE),
        (OFFICE, EVERYWHERE, EVERYWHERE),
        (PARKING, (ALL,), EVERYWHERE),
        (STORAGE, (ALL,), EVERYWHERE),
        (PUBLIC, (), ()),
    ],
)
def test_each_kind_counts_where_the_rules_say(kind, by_default, with_parking):
    assert counts_in(kind, Counting()) == by_default
    assert counts_in(kind, Counting(parking=True)) == with_parking


def test_the_kinds_of_a_scope_are_those_that_count_in_it():
    kinds = [DWELLING, PARKING, PUBLIC]
    assert kinds_in(ALL, kinds, Counting()) == [DWELLING, PARKING]
    assert kinds_in(HOMES, kinds, Counting()) == [DWELLING]
    assert kinds_in(HOMES, kinds, Counting(parking=True)) == [DWELLING, PARKING]
