"""Heads as interpretation art. 9 counts them."""

from itertools import count
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.owners.rules.heads import HeldPart, Totals, heads_of, totals_of

A, B, C = (UUID(int=number) for number in (1, 2, 3))
keys = count(1)


def part(*owners, area=100, developers=False):
    return HeldPart(f"1-1-{next(keys)}", area, developers, frozenset(owners))


def shape(heads):
    return [(set(head.owners), len(head.parts), head.area) for head in heads]


def test_one_owner_of_two_homes_is_one_head_with_two_areas():
    assert shape(heads_of([part(A), part(A, area=50)])) == [({A}, 2, 150)]


def test_one_set_of_owners_is_one_head_in_whatever_order():
    assert shape(heads_of([part(A, B), part(B, A)])) == [({A, B}, 2, 200)]


def test_a_set_and_a_part_of_it_are_two_heads_for_somebody_to_look_at():
    heads = heads_of([part(A), part(A, B), part(C)])
    assert [head.needs_a_look for head in heads] == [True, True, False]


def test_the_developers_unsold_and_undelivered_parts_are_one_head_also_with_a_buyer_named():
    heads = heads_of([part(developers=True), part(A, developers=True), part(A)])
    assert shape(heads) == [(set(), 2, 200), ({A}, 1, 100)]
    assert [head.is_developer for head in heads] == [True, False]


def test_delivered_parts_of_nobody_known_are_a_head_each():
    assert len(heads_of([part(), part()])) == 2


def test_without_parts_there_are_no_heads():
    assert heads_of([]) == ()
    assert totals_of([]) == Totals(0, 0, 0)


held = st.lists(st.tuples(st.frozensets(st.sampled_from([A, B, C])), st.booleans(), st.integers(1)))


@given(held)
def test_the_heads_share_out_the_parts(parts):
    parts = [part(*owners, area=area, developers=is_one) for owners, is_one, area in parts]
    heads = heads_of(parts)
    assert totals_of(parts) == Totals(len(parts), len(heads), sum(head.area for head in heads))
    shared = [one for head in heads for one in head.parts]
    assert sorted(shared, key=lambda one: one.key) == sorted(parts, key=lambda one: one.key)
    assert len({(head.is_developer, head.owners) for head in heads if head.owners}) == sum(
        1 for head in heads if head.owners
    )
    assert sum(head.is_developer for head in heads) <= 1


@pytest.mark.parametrize("order", [1, -1])
def test_heads_stand_in_the_order_of_their_first_parts(order):
    parts = [part(A), part(B), part(A)][::order]
    assert [head.parts[0] for head in heads_of(parts)] == parts[:2]
