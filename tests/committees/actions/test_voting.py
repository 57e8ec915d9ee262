"""Ballots: taken once, sealed, chained, kept from every eye until the count."""

from datetime import timedelta

import pytest

from committees import actions
from committees.actions.refusals import (
    AlreadyVoided,
    AlreadyVoted,
    BallotMalformed,
    RequestSpent,
    StepBlocked,
    VotingNotOpen,
    WrongStage,
)
from committees.models import Ballot, LedgerEvent, Refused, Turnout, Waiver
from committees.rules.timetable import Code
from portal.tools.keys import new_key
from tests.factories.meetings import CLOSED, OPENED, PUBLISHED

AGREE = {"m1": [1, 0, 0, 0]}


def test_voting_opens_when_notice_and_publicity_have_run(published, cast):
    meeting = actions.open_voting(published.meeting, by=cast.li.pk, at=OPENED)
    assert (meeting.stage, meeting.opens_at) == ("open", OPENED)
    assert [event.type for event in LedgerEvent.objects.filter(meeting=meeting)] == ["opened"]
    assert not Waiver.objects.exists()


def test_voting_too_early_is_refused_with_every_reason(published, cast):
    with pytest.raises(StepBlocked) as refused:
        actions.open_voting(published.meeting, by=cast.li.pk, at=PUBLISHED + timedelta(days=2))
    assert [one.code for one in refused.value.obstacles] == [
        Code.NOTICE_TOO_SHORT,
        Code.CANDIDATES_TOO_SHORT,
        Code.OPENS_LATER,
    ]


def test_a_ballot_gives_a_receipt_that_shows_no_choice(opened):
    ballot = opened.cast(0, AGREE)
    assert len(ballot.seal) == 64
    assert b"m1" not in bytes(ballot.envelope)
    assert {"choices", "m1"}.isdisjoint(field.name for field in Ballot._meta.get_fields())


def test_the_same_request_again_is_the_same_ballot(opened):
    slip = actions.Slip(opened.voter(0), AGREE, new_key())
    first = actions.cast_ballot(opened.meeting, slip, at=OPENED)
    again = actions.cast_ballot(opened.meeting, slip, at=OPENED + timedelta(hours=1))
    assert first.pk == again.pk
    assert Ballot.objects.count() == 1


def test_a_retry_after_the_close_still_gives_its_receipt(opened):
    slip = actions.Slip(opened.voter(0), AGREE, new_key())
    first = actions.cast_ballot(opened.meeting, slip, at=OPENED)
    assert actions.cast_ballot(opened.meeting, slip, at=CLOSED).seal == first.seal


def test_a_request_is_one_voters(opened):
    request = new_key()
    actions.cast_ballot(opened.meeting, actions.Slip(opened.voter(0), AGREE, request), at=OPENED)
    with pytest.raises(RequestSpent):
        actions.cast_ballot(
            opened.meeting, actions.Slip(opened.voter(1), AGREE, request), at=OPENED
        )


@pytest.mark.parametrize("channel", ["online", "paper"])
def test_a_second_ballot_is_refused_and_put_down(opened, channel):
    opened.cast(0, AGREE)
    with pytest.raises(AlreadyVoted) as refused:
        opened.cast(0, AGREE, channel=channel)
    assert refused.value.channel == "online"
    assert Ballot.objects.count() == 1
    assert Refused.objects.get().voter == opened.voter(0)


def test_the_same_refusal_is_put_down_once_a_day(opened):
    opened.cast(0, AGREE)
    opened.cast(1, AGREE)
    for hours in (1, 2, 3, 25, 26):
        for channel in ("online", "paper"):
            with pytest.raises(AlreadyVoted):
                opened.cast(0, AGREE, channel=channel, at=OPENED + timedelta(hours=hours))
    with pytest.raises(AlreadyVoted):
        opened.cast(1, AGREE, at=OPENED + timedelta(hours=1))
    assert Refused.objects.filter(voter=opened.voter(0)).count() == 4
    assert Refused.objects.filter(voter=opened.voter(1)).count() == 1


def test_online_ends_on_the_second_and_paper_is_keyed_after_it(opened):
    opened.cast(0, AGREE, at=CLOSED - timedelta(microseconds=1))
    with pytest.raises(VotingNotOpen):
        opened.cast(1, AGREE, at=CLOSED)
    opened.cast(1, AGREE, channel="paper", at=CLOSED + timedelta(hours=1))
    assert Ballot.objects.count() == 2


def test_nothing_is_taken_before_the_opening(published, cast):
    with pytest.raises(VotingNotOpen):
        published.cast(0, AGREE, at=OPENED)


@pytest.mark.parametrize(
    ("choices", "fault"),
    [
        ({"m2": [1, 1, 1]}, ("m2", "too-many")),
        ({"m1": [1, 0]}, ("m1", "wrong-shape")),
        ({"m7": [1]}, ("m7", "unknown-matter")),
    ],
)
def test_a_ballot_that_is_none_is_refused(opened, choices, fault):
    with pytest.raises(BallotMalformed) as refused:
        opened.cast(0, choices)
    assert refused.value.faults == (fault,)
    assert not Ballot.objects.exists()


def test_the_ledger_grows_by_what_it_does_not_tell_yet(opened):
    opened.cast(0, AGREE)
    actions.grow_ledger(opened.meeting)
    actions.grow_ledger(opened.meeting)
    opened.cast(1, AGREE)
    actions.grow_ledger(opened.meeting)
    events = LedgerEvent.objects.filter(meeting=opened.meeting).order_by("seq")
    assert [(one.seq, one.type) for one in events] == [
        (1, "opened"),
        (2, "ballot"),
        (3, "ballot"),
    ]
    assert all(one.at.endswith("T00:00:00Z") for one in events if one.type == "ballot")


def test_turnout_counts_heads_and_area_and_no_choice(opened):
    opened.cast(0, AGREE)
    opened.cast(1, AGREE)
    actions.grow_ledger(opened.meeting)
    row = Turnout.objects.get(meeting=opened.meeting, scope="homes")
    assert (row.heads, row.area) == (2, 8000 + 8100)
    assert (row.eligible_heads, row.eligible_area) == (10, 8932 + sum(range(8000, 8900, 100)))


def test_a_voided_ballot_leaves_the_turnout_and_may_be_cast_again(opened, cast):
    ballot = opened.cast(0, AGREE, channel="paper")
    actions.void_ballot(ballot, reason="非本人签名", by=cast.li.pk, at=OPENED)
    actions.grow_ledger(opened.meeting)
    assert Turnout.objects.get(meeting=opened.meeting, scope="homes").heads == 0
    again = opened.cast(0, AGREE, channel="paper")
    assert again.attempt == 2
    with pytest.raises(AlreadyVoided):
        actions.void_ballot(ballot, reason="再次", by=cast.li.pk, at=OPENED)


def test_a_page_gone_back_to_does_not_look_as_if_a_voided_slip_were_kept_again(opened, cast):
    slip = actions.Slip(opened.voter(0), AGREE, new_key(), Ballot.Channel.PAPER)
    ballot = actions.cast_ballot(opened.meeting, slip, at=OPENED, by=cast.li.pk)
    actions.void_ballot(ballot, reason="录错", by=cast.li.pk, at=OPENED)
    with pytest.raises(RequestSpent):
        actions.cast_ballot(opened.meeting, slip, at=OPENED, by=cast.li.pk)
    assert Ballot.objects.count() == 1


@pytest.mark.parametrize("channel", ["online", "paper"])
def test_who_lost_a_slip_to_a_void_votes_again_by_any_channel(opened, cast, channel):
    ballot = opened.cast(0, AGREE, channel="paper")
    actions.void_ballot(ballot, reason="录错", by=cast.li.pk, at=OPENED)
    again = opened.cast(0, {"m1": [0, 1, 0, 0]}, channel=channel)
    with pytest.raises(AlreadyVoted) as refused:
        opened.cast(0, AGREE)
    assert refused.value.channel == again.channel == channel


def test_the_end_is_moved_with_a_reason_in_the_ledger(opened, cast):
    later = CLOSED + timedelta(days=7)
    meeting = actions.reschedule(opened.meeting, later, reason="参与不足", by=cast.li.pk, at=OPENED)
    assert meeting.closes_at == later
    event = LedgerEvent.objects.get(meeting=meeting, type="rescheduled")
    assert event.body["reason"] == "参与不足"


def test_the_end_is_not_moved_into_the_past_nor_once_it_has_come(opened, cast):
    with pytest.raises(StepBlocked):
        actions.reschedule(opened.meeting, OPENED, reason="x", by=cast.li.pk, at=OPENED)
    with pytest.raises(VotingNotOpen):
        actions.reschedule(
            opened.meeting, CLOSED + timedelta(days=1), reason="x", by=cast.li.pk, at=CLOSED
        )


def test_voting_does_not_close_early_and_closes_once(opened, cast):
    with pytest.raises(StepBlocked):
        actions.close_voting(opened.meeting, by=cast.li.pk, at=CLOSED - timedelta(seconds=1))
    actions.close_voting(opened.meeting, by=cast.li.pk, at=CLOSED)
    with pytest.raises(WrongStage):
        actions.close_voting(opened.meeting, by=cast.li.pk, at=CLOSED)
    with pytest.raises(VotingNotOpen):
        opened.cast(0, AGREE, channel="paper")
