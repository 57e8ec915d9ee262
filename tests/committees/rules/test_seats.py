"""Who takes the seats, and what a tie leaves open."""

from dataclasses import replace
from hashlib import sha256

import pytest

from committees.rules.matters import Tie
from committees.rules.seats import Contender, Seating, Standing, seat
from committees.rules.thresholds import Measure, Weight

BY_HEADS, BY_AREA = (Measure.HEADS,), (Measure.AREA,)
BOTH, AREA_FIRST = (*BY_HEADS, *BY_AREA), (*BY_AREA, *BY_HEADS)


def contenders(*support):
    return [Contender(f"c{n}", Weight(*won)) for n, won in enumerate(support, start=1)]


def seated(rules, support, *, seats, alternates=0, rank_by=BOTH):
    return seat(
        contenders(*support),
        seats=seats,
        alternates=alternates,
        rules=replace(rules, rank_by=rank_by),
    )


@pytest.mark.parametrize(
    ("rank_by", "elected", "alternates"),
    [
        (BOTH, ("c3", "c2", "c1"), ("c4",)),
        (AREA_FIRST, ("c4", "c3", "c2"), ("c1",)),
        (BY_AREA, ("c4", "c3", "c2"), ("c1",)),
    ],
)
def test_the_qualified_are_ranked_by_the_measures_in_their_order(
    rules, rank_by, elected, alternates
):
    support = [(9, 100), (9, 200), (10, 300), (8, 400)]
    assert seated(rules, support, seats=3, alternates=2, rank_by=rank_by) == Seating(
        elected, alternates
    )


@pytest.mark.parametrize(
    ("support", "seating"),
    [
        # a tie on both across the last seat: the seat stays open, and there are no alternates
        (
            [(9, 90), (7, 70), (8, 80), (7, 70), (6, 60)],
            Seating(("c1", "c3"), (), ("c2", "c4")),
        ),
        # three tied for two seats
        ([(7, 70), (9, 90), (7, 70), (7, 70)], Seating(("c2",), (), ("c1", "c3", "c4"))),
        # all tied
        ([(7, 70)] * 4, Seating((), (), ("c1", "c2", "c3", "c4"))),
        # the area decides between equal heads
        ([(9, 90), (7, 71), (8, 80), (7, 70)], Seating(("c1", "c3", "c2"), ("c4",))),
        # equals within the seats are no tie across them
        ([(7, 70), (7, 70), (7, 70), (6, 60)], Seating(("c1", "c2", "c3"), ("c4",))),
        # exactly as many qualified as seats, all equal
        ([(7, 70)] * 3, Seating(("c1", "c2", "c3"))),
        ([(7, 70)] * 2, Seating(("c1", "c2"))),
        ([], Seating()),
    ],
)
def test_a_tie_across_the_last_seat_is_left_open(rules, support, seating):
    assert seated(rules, support, seats=3, alternates=2) == seating


@pytest.mark.parametrize(
    ("support", "seating"),
    [
        # tied across the last alternate: none of them is one
        (
            [(9, 90), (7, 70), (6, 60), (6, 60), (5, 50)],
            Seating(("c1",), ("c2",), (), ("c3", "c4")),
        ),
        ([(9, 90), (6, 60), (6, 60), (6, 60)], Seating(("c1",), (), (), ("c2", "c3", "c4"))),
        # equals that all find a place are alternates, in manifest order
        ([(9, 90), (6, 60), (6, 60)], Seating(("c1",), ("c2", "c3"))),
        ([(9, 90), (6, 60), (6, 60), (5, 50)], Seating(("c1",), ("c2", "c3"))),
    ],
)
def test_a_tie_across_the_last_alternate_leaves_those_places_empty(rules, support, seating):
    assert seated(rules, support, seats=1, alternates=2) == seating


def test_without_alternates_a_tie_behind_the_seats_is_none(rules):
    support = [(9, 90), (6, 60), (6, 60)]
    assert seated(rules, support, seats=1) == Seating(("c1",))


def test_ranking_by_heads_alone_ties_those_with_equal_heads(rules):
    support = [(7, 90), (7, 10)]
    assert seated(rules, support, seats=1, rank_by=BY_HEADS) == Seating((), (), ("c1", "c2"))
    assert seated(rules, support, seats=1, rank_by=BY_AREA) == Seating(("c1",))


@pytest.mark.parametrize("seed", ["", "2026-11-24 上证指数 3,912.47", "e\u0301", "\u00e9"])
def test_a_lot_orders_equals_by_the_hash_of_seed_and_id(rules, seed):
    by_lot = replace(rules, tie=Tie.LOT, lot_seed=seed)
    written = seed.replace("e\u0301", "\u00e9")
    order = sorted(
        ["c2", "c3", "c4", "c5"],
        key=lambda one: sha256(f"{written}:{one}".encode()).hexdigest(),
    )
    support = [(9, 90), (7, 70), (7, 70), (7, 70), (7, 70)]
    assert seat(contenders(*support), seats=2, alternates=2, rules=by_lot) == Seating(
        ("c1", order[0]), (order[1], order[2])
    )


def test_an_undecided_candidate_is_not_one_who_lost():
    seating = Seating(("c1",), ("c2",), ("c3",), ("c4",))
    assert [seating.standing_of(f"c{n}") for n in range(1, 6)] == [
        Standing.ELECTED,
        Standing.ALTERNATE,
        Standing.UNDECIDED_SEAT,
        Standing.UNDECIDED_ALTERNATE,
        Standing.NOT_ELECTED,
    ]
