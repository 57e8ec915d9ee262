"""The figures of party members against an oracle: three shares, each under its own name; members
who came or left counted on their days; and the reminder of a term by its days left."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from committees.models import Term
from portal.oversight.documents.county import overview
from portal.oversight.documents.listings import LISTINGS
from portal.oversight.queries.county import compound_rows
from portal.oversight.queries.scope import children_of, scope_on
from tests.factories import committees
from tests.factories.county import NOON

QUIET = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
HALF = Fraction(1, 2)
bodies = st.lists(
    st.integers(1, 7).flatmap(lambda members: st.tuples(st.just(members), st.integers(0, members))),
    min_size=1,
    max_size=4,
)


def scope_of(county, on=None):
    return scope_on(county.region, on or NOON.date(), NOON)


def shown(county, on=None):
    scope = scope_of(county, on)
    return overview(scope, compound_rows(scope), children_of(scope.region))


def shares(county, words):
    """The three figures of one group of committees: part, whole, share."""
    rows = shown(county).party.rows
    return [[cell.value for cell in row[2:]] for row in rows if row[1].value == words]


def tile(county, words, on=None):
    groups = shown(county, on).groups
    return {one.words: one.number for _words, tiles in groups for one in tiles}[words]


@QUIET
@example(made=[(2, 1)])
@example(made=[(4, 2), (3, 2)])
@example(made=[(1, 0), (7, 7)])
@given(made=bodies)
def test_the_three_shares_are_those_an_oracle_adds_up(county, made):
    """More than half reaches the target and half does not (law.md §5.1)."""
    with transaction.atomic():
        for place, (members, party) in enumerate(made):
            compound = county.compound(place % 3)
            committees.term(compound, committees.owners(compound, members), party=party)
        reached = sum(2 * party > members for members, party in made)
        everybody = sum(members for members, _party in made)
        in_party = sum(party for _members, party in made)
        mean = sum(Fraction(party, members) for members, party in made) / len(made)
        assert shares(county, "任期内") == [
            [reached, len(made), Fraction(reached, len(made))],
            [in_party, everybody, Fraction(in_party, everybody)],
            [None, len(made), mean],
        ]
        assert shares(county, "全部，含任期已满、尚无新一届的") == shares(county, "任期内")
        assert tile(county, "达到党员占比目标") == reached
        assert tile(county, "业主委员会") == len(made)
        transaction.set_rollback(True)


@QUIET
@given(made=bodies)
def test_every_committee_is_in_one_of_the_two_lists_and_its_share_decides_which(county, made):
    with transaction.atomic():
        for members, party in made:
            compound = county.compound(0)
            committees.term(compound, committees.owners(compound, members), party=party)
        scope = scope_of(county)
        rows = compound_rows(scope)
        for show, is_there in (("met", True), ("unmet", False)):
            listed = LISTINGS["committees"](scope, rows, show).table
            found = [tuple(cell.value for cell in row[7:10]) for row in listed.rows]
            expected = [
                (members, party, Fraction(party, members))
                for members, party in made
                if (Fraction(party, members) > HALF) is is_there
            ]
            assert sorted(found) == sorted(expected)
            sums = [cell.value for cell in listed.foot[7:9]]
            assert sums == [sum(row[0] for row in expected), sum(row[1] for row in expected)]
        transaction.set_rollback(True)


def test_alternates_are_no_members_in_any_figure(county):
    compound = county.compound(0)
    people = committees.owners(compound, 5)
    committees.term(compound, people[:3], party=1, alternates=people[3:])
    (_met, pooled, _mean) = shares(county, "任期内")
    assert pooled[:2] == [1, 3]
    assert tile(county, "达到党员占比目标") == 0


@pytest.mark.parametrize(
    ("on", "members"),
    [
        (date(2026, 3, 9), 3),
        (date(2026, 3, 10), 4),
        (date(2026, 6, 30), 4),
        (date(2026, 7, 1), 3),
    ],
)
def test_a_member_counts_from_the_day_of_joining_to_the_last_day(county, on, members):
    compound = county.compound(0)
    term = committees.term(compound, committees.owners(compound, 3))
    (late,) = committees.owners(compound, 1)
    committees.join(term, late, since=date(2026, 3, 10), until=date(2026, 6, 30))
    scope = scope_of(county, on)
    (row,) = compound_rows(scope)
    assert row.standing.members == members


@QUIET
@given(left=st.integers(-400, 400))
@example(left=0)
@example(left=-1)
@example(left=180)
@example(left=181)
def test_a_term_is_reminded_of_from_180_days_before_its_end_on(county, left):
    with transaction.atomic():
        compound = county.compound(0)
        term = committees.term(compound, committees.owners(compound, 3))
        ends_on = NOON.date() + timedelta(days=left)
        starts_on = ends_on - timedelta(days=1800)
        Term.objects.filter(pk=term.pk).update(starts_on=starts_on, ends_on=ends_on)
        scope = scope_of(county)
        rows = compound_rows(scope)
        listed = LISTINGS["committees"](scope, rows, "alert").table.rows
        assert len(listed) == tile(county, "任期将满或已满") == (left <= 180)
        assert rows[0].days_left == left
        transaction.set_rollback(True)


def test_a_county_without_committees_has_no_share_and_divides_by_nothing(county):
    county.compound(0)
    for words in ("任期内", "全部，含任期已满、尚无新一届的"):
        assert shares(county, words) == [[0, 0, None], [0, 0, None], [None, 0, None]]


def test_a_term_that_has_run_out_is_told_apart_from_those_in_term(county):
    """Four of five in term and one of four in a term that is over: 4/5 of one, 5/9 of both."""
    for members, party, ends_on in [(5, 4, date(2028, 12, 31)), (4, 1, date(2026, 11, 23))]:
        compound = county.compound(0)
        people = committees.owners(compound, members)
        committees.term(compound, people, party=party, ends_on=ends_on)
    assert shares(county, "任期内") == [
        [1, 1, Fraction(1)],
        [4, 5, Fraction(4, 5)],
        [None, 1, Fraction(4, 5)],
    ]
    assert shares(county, "全部，含任期已满、尚无新一届的") == [
        [1, 2, HALF],
        [5, 9, Fraction(5, 9)],
        [None, 2, (Fraction(4, 5) + Fraction(1, 4)) / 2],
    ]
    scope = scope_of(county)
    rows = compound_rows(scope)
    listed = {
        show: [row[7].value for row in LISTINGS["committees"](scope, rows, show).table.rows]
        for show in ("", "in-term", "run-out", "met", "met-in-term")
    }
    every = listed.pop("")
    assert sorted(every) == [4, 5]
    assert listed == {"in-term": [5], "run-out": [4], "met": [5], "met-in-term": [5]}
