"""What waits for a user: each thing of one's own offices and homes, and of nobody else's."""

from datetime import timedelta

import pytest

from committees import actions
from committees.queries import voters_at
from portal.accounts.models import CompoundOffice, RegionOffice
from portal.oversight.queries.desk import MOST, desk_of
from portal.tools.keys import new_key
from tests.factories import meetings, people, places
from tests.factories.meetings import CLOSED, OPENED, PUBLISHED

AT = OPENED + timedelta(hours=1)


def resident(compound):
    """Somebody with a home there."""
    user = people.user()
    people.owner(compound, places.part(compound, "9-1-101"), user_=user)
    return user


def test_who_has_neither_office_nor_home_has_an_empty_desk(db):
    places.installation()
    found = desk_of(people.user(), AT)
    assert (found.homes, found.ballots, found.roles, found.compounds) == ([], [], [], [])
    assert (found.meetings, found.publicities, found.to_bind) == ([], [], False)


def test_the_compounds_of_a_desk_are_those_that_ones_offices_cover(cast):
    beside = places.compound(cast.compound.region)
    next_door = places.compound(places.region("community", cast.compound.region.parent))
    for user, compounds in (
        (cast.li, [cast.compound]),
        (cast.wang, [cast.compound]),
        (cast.zhao, [cast.compound, beside, next_door]),
        (cast.qian, [cast.other_compound]),
        (cast.chen, []),
    ):
        assert desk_of(user, AT).compounds == compounds


def test_an_office_that_ended_yesterday_covers_nothing(cast):
    day = timedelta(days=1)
    for model, user in ((CompoundOffice, cast.wang), (RegionOffice, cast.zhao)):
        model.objects.filter(user=user).update(until=AT.date() - day)
        found = desk_of(user, AT)
        assert (found.compounds, found.roles) == ([], [])


def test_a_role_held_twice_is_named_once(cast):
    people.compound_office(
        cast.wang, cast.other_compound, CompoundOffice.Role.MANAGER, firm=cast.firm
    )
    found = desk_of(cast.wang, AT)
    assert len(found.roles) == 1
    assert len(found.compounds) == 2


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (OPENED - timedelta(microseconds=1), False),
        (OPENED, True),
        (CLOSED - timedelta(microseconds=1), True),
        (CLOSED, False),
    ],
)
def test_a_ballot_waits_from_the_opening_of_voting_to_its_last_moment(cast, letters, at, is_open):
    user = resident(cast.compound)
    held = meetings.opened(cast.compound, cast.li, owners=3)
    found = desk_of(user, at).ballots
    assert [one.meeting for one in found] == ([held.meeting] if is_open else [])


def test_a_ballot_that_was_cast_stands_with_its_receipt_and_waits_for_nobody_else(cast, letters):
    user, neighbour = resident(cast.compound), cast.chen
    held = meetings.opened(cast.compound, cast.li, owners=3)
    (voter,) = voters_at([held.meeting], user.pk)
    slip = actions.Slip(voter, {"m1": [1, 0, 0, 0]}, new_key())
    ballot = actions.cast_ballot(held.meeting, slip, at=OPENED)
    (mine,) = desk_of(user, AT).ballots
    assert (mine.voter, mine.ballot) == (voter, ballot)
    (theirs,) = desk_of(neighbour, AT).ballots
    assert (theirs.voter != voter, theirs.ballot) == (True, None)


def test_another_compounds_meeting_is_on_nobodys_desk_here(cast, letters):
    meetings.opened(cast.other_compound, cast.qian, owners=3)
    for user in (cast.chen, cast.li, cast.wang):
        found = desk_of(user, AT)
        assert (found.ballots, found.meetings, found.publicities) == ([], [], [])
    assert len(desk_of(cast.qian, AT).meetings) == 1


def test_a_meeting_is_at_work_until_it_is_counted(cast, letters):
    held = meetings.opened(cast.compound, cast.li)
    assert desk_of(cast.li, AT).meetings == [held.meeting]
    for place in range(7):
        held.cast(place, {"m1": [1, 0, 0, 0], "m2": [1, 1, 0]})
    held.meeting = actions.close_voting(held.meeting, by=cast.li.pk, at=CLOSED)
    assert desk_of(cast.li, CLOSED).meetings == [held.meeting]
    actions.count_ballots(held.meeting, by=cast.li.pk, at=CLOSED)
    assert desk_of(cast.li, CLOSED).meetings == []


def test_what_hangs_where_one_lives_is_on_the_desk_while_it_hangs(cast, letters):
    user = resident(cast.compound)
    meetings.published(cast.compound, cast.li, owners=3)
    hanging = desk_of(user, PUBLISHED + timedelta(days=1)).publicities
    assert {one.publicity.compound for one in hanging} == {cast.compound}
    assert desk_of(cast.qian, PUBLISHED + timedelta(days=1)).publicities == []
    assert desk_of(user, PUBLISHED + timedelta(days=60)).publicities == []


def test_a_desk_over_a_whole_county_is_cut_at_fifty_compounds_by_code(cast):
    county = people.user()
    people.region_office(county, cast.compound.region.parent.parent, RegionOffice.Role.COUNTY)
    made = [places.compound(cast.compound.region) for _ in range(MOST + 5)]
    found = desk_of(county, AT).compounds
    assert len(found) == MOST
    codes = sorted(one.code for one in [cast.compound, *made])
    assert [one.code for one in found] == codes[:MOST]
