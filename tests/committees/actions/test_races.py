"""Two at once, twice, or killed half-way: nothing twice, nothing lost."""

import os
import signal
from datetime import timedelta

import pytest
from django.db import connection

from committees import actions, queries, recount
from committees.actions import checking, counting
from committees.actions.refusals import AlreadyVoted, VotingNotOpen, WrongStage
from committees.models import (
    Ballot,
    Candidate,
    LedgerEvent,
    Member,
    Opening,
    Refused,
    Result,
    Term,
    Voided,
    Voter,
)
from portal.owners.models import RollVersion
from portal.publicity.models import Publicity
from portal.tools.keys import new_key
from tests.factories import meetings
from tests.factories.cast import make_cast
from tests.factories.meetings import CLOSED, OPENED, PREPARED
from tests.racing import at_once

AGREE = {"m1": [1, 0, 0, 0]}
LATE = CLOSED + timedelta(hours=1)


@pytest.fixture
def cast(own_database, letters):
    return make_cast()


@pytest.fixture
def clerk(cast):
    return cast.li


@pytest.fixture
def compound(cast):
    return cast.compound


def kinds(meeting):
    rows = LedgerEvent.objects.filter(meeting=meeting).order_by("seq")
    return list(rows.values_list("type", flat=True))


def chain_is_whole(meeting):
    return checking._check_chain(meeting) is None


def test_two_clerks_freeze_the_roll_once(compound, clerk):
    held = meetings.prepared(compound, clerk)
    outcomes = at_once(*[lambda: actions.freeze_roll(held.meeting, by=clerk.pk, at=PREPARED)] * 2)
    assert sorted(type(one).__name__ for one in outcomes) == ["Meeting", "WrongStage"]
    assert RollVersion.objects.count() == 1
    assert Voter.objects.filter(meeting=held.meeting).count() == 10


def test_one_owner_nominated_twice_at_once_stands_once(compound, clerk):
    held = meetings.nominating(compound, clerk, candidates=1)
    outcomes = at_once(*[lambda: meetings.nominate(held, 1)] * 2)
    assert sorted(type(one).__name__ for one in outcomes) == ["AlreadyStands", "Candidate"]
    assert list(Candidate.objects.order_by("position").values_list("position", flat=True)) == [1, 2]


def test_two_owners_nominated_at_once_have_their_own_places(compound, clerk):
    held = meetings.nominating(compound, clerk, candidates=1)
    at_once(lambda: meetings.nominate(held, 1), lambda: meetings.nominate(held, 2))
    places = Candidate.objects.order_by("position").values_list("position", flat=True)
    assert list(places) == [1, 2, 3]


def test_two_clerks_open_voting_once(compound, clerk):
    held = meetings.published(compound, clerk)
    outcomes = at_once(*[lambda: actions.open_voting(held.meeting, by=clerk.pk, at=OPENED)] * 2)
    assert sorted(type(one).__name__ for one in outcomes) == ["Meeting", "WrongStage"]
    assert kinds(held.meeting) == ["opened"]


def test_two_clerks_close_voting_once(compound, clerk):
    held = meetings.opened(compound, clerk)
    held.cast(0, AGREE)
    outcomes = at_once(*[lambda: actions.close_voting(held.meeting, by=clerk.pk, at=CLOSED)] * 2)
    assert sorted(type(one).__name__ for one in outcomes) == ["Meeting", "WrongStage"]
    assert kinds(held.meeting) == ["opened", "ballot", "closed"]


def test_ballots_that_race_the_close_are_in_the_ledger_or_refused(compound, clerk):
    held = meetings.opened(compound, clerk)
    slips = [actions.Slip(held.voter(place), AGREE, new_key(), "paper") for place in range(6)]
    outcomes = at_once(
        lambda: actions.close_voting(held.meeting, by=clerk.pk, at=CLOSED),
        *[
            lambda slip=slip: actions.cast_ballot(held.meeting, slip, at=LATE, by=clerk.pk)
            for slip in slips
        ],
    )
    taken = [one for one in outcomes[1:] if isinstance(one, Ballot)]
    refused = [one for one in outcomes[1:] if isinstance(one, VotingNotOpen)]
    assert len(taken) + len(refused) == 6
    told = LedgerEvent.objects.filter(type="ballot").values_list("source", flat=True)
    assert (
        set(told) == {one.pk for one in taken} == set(Ballot.objects.values_list("pk", flat=True))
    )
    assert kinds(held.meeting)[-1] == "closed"
    assert chain_is_whole(held.meeting)


def test_one_slip_keyed_by_two_clerks_counts_once(compound, clerk):
    held = meetings.opened(compound, clerk)
    slips = [actions.Slip(held.voter(0), AGREE, new_key(), "paper") for _ in range(2)]
    outcomes = at_once(
        *[
            lambda slip=slip: actions.cast_ballot(held.meeting, slip, at=LATE, by=clerk.pk)
            for slip in slips
        ]
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["AlreadyVoted", "Ballot"]
    assert (Ballot.objects.count(), Refused.objects.count()) == (1, 1)


def test_one_page_sent_twice_at_once_is_one_ballot_with_one_receipt(compound, clerk):
    held = meetings.opened(compound, clerk)
    slip = actions.Slip(held.voter(0), AGREE, new_key())
    outcomes = at_once(*[lambda: actions.cast_ballot(held.meeting, slip, at=OPENED)] * 3)
    assert len({one.seal for one in outcomes}) == 1
    assert (Ballot.objects.count(), Refused.objects.count()) == (1, 0)


def test_online_and_paper_at_once_are_counted_once(compound, clerk):
    held = meetings.opened(compound, clerk)
    outcomes = at_once(
        lambda: held.cast(0, AGREE, at=OPENED),
        lambda: held.cast(0, {"m1": [0, 1, 0, 0]}, channel="paper", at=OPENED),
    )
    assert any(isinstance(one, Ballot) for one in outcomes)
    assert all(isinstance(one, Ballot | AlreadyVoted) for one in outcomes)
    actions.close_voting(held.meeting, by=clerk.pk, at=CLOSED)
    result = actions.count_ballots(held.meeting, by=clerk.pk, at=CLOSED).result
    assert result["matters"][0]["participated"]["heads"] == 1


def test_the_ledger_grown_by_two_workers_tells_each_ballot_once(compound, clerk):
    held = meetings.opened(compound, clerk)
    for place in range(4):
        held.cast(place, AGREE)
    at_once(*[lambda: actions.grow_ledger(held.meeting)] * 3)
    assert kinds(held.meeting) == ["opened", *["ballot"] * 4]
    assert chain_is_whole(held.meeting)


def test_ballots_come_in_while_the_ledger_grows(compound, clerk):
    held = meetings.opened(compound, clerk)
    casts = [lambda place=place: held.cast(place, AGREE) for place in range(5)]
    grows = [lambda: actions.grow_ledger(held.meeting)] * 2
    outcomes = at_once(*casts, *grows)
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    actions.grow_ledger(held.meeting)
    assert kinds(held.meeting) == ["opened", *["ballot"] * 5]
    assert chain_is_whole(held.meeting)


def test_a_ballot_is_voided_once_by_two_clerks(compound, clerk):
    held = meetings.opened(compound, clerk)
    ballot = held.cast(0, AGREE, channel="paper")
    void = lambda: actions.void_ballot(ballot, reason="代签", by=clerk.pk, at=OPENED)  # noqa: E731
    outcomes = at_once(void, void)
    assert sorted(type(one).__name__ for one in outcomes) == ["AlreadyVoided", "Voided"]
    assert Voided.objects.count() == 1


def closed(compound, clerk):
    held = meetings.opened(compound, clerk)
    for place in range(7):
        held.cast(place, AGREE | {"m2": [1, 1, 0] if place else [0, 1, 1]})
    actions.close_voting(held.meeting, by=clerk.pk, at=CLOSED)
    return held


def test_two_clerks_count_once(compound, clerk):
    held = closed(compound, clerk)
    outcomes = at_once(*[lambda: actions.count_ballots(held.meeting, by=clerk.pk, at=CLOSED)] * 2)
    assert sorted(type(one).__name__ for one in outcomes) == ["Result", "WrongStage"]
    assert (Result.objects.count(), Opening.objects.count()) == (1, 7)
    assert Publicity.objects.filter(kind=Publicity.Kind.RESULT).count() == 1


def killed(*args, **facts):
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_count_that_is_killed_leaves_nothing_and_is_made_again(compound, clerk, tmp_path):
    held = closed(compound, clerk)
    connection.close()
    child = os.fork()
    if not child:
        counting.note = killed
        actions.count_ballots(held.meeting, by=clerk.pk, at=CLOSED)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert (Result.objects.count(), Opening.objects.count()) == (0, 0)
    actions.count_ballots(held.meeting, by=clerk.pk, at=CLOSED)
    held.meeting.refresh_from_db()
    for name, pieces in queries.record_files(held.meeting).items():
        (tmp_path / name).write_bytes(b"".join(pieces))
    assert recount.main([str(tmp_path)]) == 0


def test_the_elected_are_seated_once_by_two_clerks(compound, clerk):
    held = closed(compound, clerk)
    actions.count_ballots(held.meeting, by=clerk.pk, at=CLOSED)
    days = {"starts_on": CLOSED.date(), "ends_on": CLOSED.date().replace(year=2031)}
    seat = lambda: actions.seat_committee(held.matter(2), **days, by=clerk.pk, at=CLOSED)  # noqa: E731
    one, other = at_once(seat, seat)
    assert one == other == Term.objects.get()
    assert Member.objects.filter(alternate_rank__isnull=True).count() == 2


def test_a_step_pressed_again_is_past_its_stage(compound, clerk):
    held = closed(compound, clerk)
    for act in (actions.close_voting, actions.open_voting, actions.publish, actions.freeze_roll):
        with pytest.raises(WrongStage):
            act(held.meeting, by=clerk.pk, at=CLOSED)
