"""On its timetable the ledger of every open meeting grows, whatever befalls another."""

import pytest

from committees import actions, tasks
from committees.actions.refusals import AlreadyVoted, ChainBroken
from committees.models import LedgerEvent, Turnout
from tests.factories import meetings
from tests.factories.meetings import CLOSED, OPENED, PUBLISHED

AGREE = {"m1": [1, 0, 0, 0]}


@pytest.fixture
def two(cast, letters):
    """Two open meetings, the first one's opened before the second's."""
    return [meetings.opened(one, cast.li) for one in (cast.compound, cast.other_compound)]


def kinds(held):
    rows = LedgerEvent.objects.filter(meeting=held.meeting).order_by("seq")
    return list(rows.values_list("type", flat=True))


def heads(held):
    return Turnout.objects.get(meeting=held.meeting, scope="homes").heads


def test_every_open_meeting_is_told_of_and_twice_tells_nothing_twice(two):
    for held in two:
        held.cast(0, AGREE)
    for _again in range(2):
        tasks.grow_ledgers(at=OPENED)
    assert [kinds(held) for held in two] == [["opened", "ballot"]] * 2
    assert [heads(held) for held in two] == [1, 1]


def test_an_attempt_that_was_refused_stands_in_the_ledger(two):
    held = two[0]
    held.cast(0, AGREE)
    with pytest.raises(AlreadyVoted):
        held.cast(0, AGREE)
    tasks.grow_ledgers(at=OPENED)
    assert kinds(held) == ["opened", "ballot", "refused"]
    body = LedgerEvent.objects.get(type="refused").body
    assert body["voter"] == held.voter(0).pseudonym
    assert body["reason"] == "already voted (online); online refused"


def test_a_closed_meeting_is_still_told_of_what_was_voided_and_a_counted_one_stands(two, cast):
    held = two[0]
    ballot = held.cast(0, AGREE, channel="paper")
    actions.close_voting(held.meeting, by=cast.li.pk, at=CLOSED)
    actions.void_ballot(ballot, reason="非本人签名", by=cast.li.pk, at=CLOSED)
    tasks.grow_ledgers(at=CLOSED)
    assert kinds(held) == ["opened", "ballot", "closed", "voided"]
    actions.count_ballots(held.meeting, by=cast.li.pk, at=CLOSED)
    before = kinds(held)
    tasks.grow_ledgers(at=CLOSED)
    assert kinds(held) == before


def test_before_its_opening_a_meeting_has_no_ledger(cast, letters):
    held = meetings.published(cast.compound, cast.li)
    tasks.grow_ledgers(at=PUBLISHED)
    assert kinds(held) == []


def test_trouble_with_one_meeting_keeps_no_other_waiting_and_is_told(two, monkeypatch):
    grow = actions.grow_ledger
    for held in two:
        held.cast(0, AGREE)

    def stumble(meeting):
        if meeting.compound == two[0].compound:
            raise ChainBroken(3)
        grow(meeting)

    monkeypatch.setattr(actions, "grow_ledger", stumble)
    with pytest.raises(ExceptionGroup) as told:
        tasks.grow_ledgers(at=OPENED)
    assert [type(one) for one in told.value.exceptions] == [ChainBroken]
    assert [kinds(held) for held in two] == [["opened"], ["opened", "ballot"]]
