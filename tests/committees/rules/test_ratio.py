"""The party share: computed, compared, never mixed."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees.rules.ratio import CountyShare, PartyShare, county_share
from committees.rules.thresholds import Bar

ABOVE_HALF = Bar(Fraction(1, 2), inclusive=False)
AT_LEAST_HALF = Bar(Fraction(1, 2), inclusive=True)


@pytest.mark.parametrize(
    ("size", "above", "at_least", "share"),
    [
        (3, 2, 2, 66_67),
        (4, 3, 2, 75_00),
        (5, 3, 3, 60_00),
        (6, 4, 3, 66_67),
        (7, 4, 4, 57_14),
        (8, 5, 4, 62_50),
        (9, 5, 5, 55_56),
        (10, 6, 5, 60_00),
        (11, 6, 6, 54_55),
    ],
)
def test_the_table_of_least_numbers_comes_out(size, above, at_least, share):
    assert PartyShare(ABOVE_HALF, size, 0).least == above
    assert PartyShare(AT_LEAST_HALF, size, 0).least == at_least
    assert round(PartyShare(ABOVE_HALF, size, above).share * 10_000) == share


@given(st.integers(1, 99), st.data())
def test_above_and_at_least_half_differ_only_for_even_sizes(size, data):
    party = data.draw(st.integers(0, size))
    above, at_least = PartyShare(ABOVE_HALF, size, party), PartyShare(AT_LEAST_HALF, size, party)
    assert (above.met != at_least.met) is (2 * party == size)
    assert (above.least != at_least.least) is (size % 2 == 0)


@given(st.integers(1, 99), st.data(), st.sampled_from([ABOVE_HALF, AT_LEAST_HALF]))
def test_the_target_is_met_exactly_when_nobody_is_still_needed(size, data, target):
    share = PartyShare(target, size, data.draw(st.integers(0, size)))
    assert share.met is (share.still_needed == 0)
    assert share.still_needed == max(0, share.least - share.party_members)


def test_an_empty_committee_has_no_share_and_never_meets_the_target():
    nobody = PartyShare(AT_LEAST_HALF, 0, 0)
    assert (nobody.share, nobody.met, nobody.least, nobody.still_needed) == (
        None,
        False,
        None,
        None,
    )


@pytest.mark.parametrize(("members", "party"), [(5, 6), (5, -1), (-1, -1)])
def test_a_share_of_more_than_all_or_fewer_than_none_is_refused(members, party):
    with pytest.raises(ValueError, match=f"{party} party members of {members} members"):
        PartyShare(ABOVE_HALF, members, party)


def test_three_county_figures_are_kept_apart():
    county = county_share(
        PartyShare(ABOVE_HALF, members, party) for members, party in [(5, 3), (11, 5), (4, 2)]
    )
    assert county == CountyShare(3, 3, 1, 0, 20, 10, Fraction(57, 110))
    assert county.meeting_target == Fraction(1, 3)
    assert county.pooled == Fraction(1, 2)
    assert county.mean_of_shares == (Fraction(3, 5) + Fraction(5, 11) + Fraction(1, 2)) / 3


def test_a_committee_without_members_exists_but_has_no_share_to_average():
    county = county_share([PartyShare(ABOVE_HALF, 5, 3), PartyShare(ABOVE_HALF, 0, 0)])
    assert county == CountyShare(2, 2, 1, 1, 5, 3, Fraction(3, 5))
    assert county.meeting_target == Fraction(1, 2)


def test_each_committee_is_measured_by_its_own_target():
    county = county_share([PartyShare(ABOVE_HALF, 4, 2), PartyShare(AT_LEAST_HALF, 4, 2)])
    assert county.committees_meeting_target == 1


def test_a_region_without_committees_has_no_figures():
    nothing = county_share([])
    assert nothing == CountyShare(0, 0, 0, 0, 0, 0, None)
    assert (nothing.meeting_target, nothing.pooled) == (None, None)


def test_without_a_target_there_is_a_share_and_no_verdict():
    share = PartyShare(None, 4, 3)
    assert (share.share, share.met, share.least, share.still_needed) == (
        Fraction(3, 4),
        None,
        None,
        None,
    )


def test_committees_without_a_target_stay_out_of_those_that_meet_one():
    county = county_share([PartyShare(ABOVE_HALF, 4, 3), PartyShare(None, 4, 1)])
    assert county == CountyShare(2, 1, 1, 0, 8, 4, Fraction(1, 2))
    assert county.meeting_target == 1
