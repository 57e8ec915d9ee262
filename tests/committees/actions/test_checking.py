"""The count checks itself: whatever was tampered with stops it, and nothing is kept or posted.

Every tampering is made as the application's database role, by SQL, past every action.
"""

import json
from datetime import timedelta

import pytest

from committees import actions, queries
from committees.actions import checking
from committees.actions.refusals import ChainBroken, RecordUnsound
from committees.models import (
    AnnouncedPlan,
    Ballot,
    LedgerEvent,
    Opening,
    Refused,
    Rescheduled,
    Result,
    Served,
    Voided,
    Voter,
)
from committees.rules import record
from committees.rules.findings import Fault
from portal.publicity.models import Publicity
from portal.tools.keys import new_key
from tests.committees.actions.test_announcing import CHANGES, PART, VOTER, other_key, sql
from tests.factories.meetings import CLOSED, OPENED

AGREE = {"m1": [1, 0, 0, 0], "m2": [1, 1, 0]}


@pytest.fixture
def closed(opened, cast):
    """Seven of nine voted, one ballot was voided; voting has ended."""
    for place in range(7):
        opened.cast(place, AGREE, channel="paper" if place == 6 else "online")
    paper = Ballot.objects.get(voter=opened.voter(6))
    actions.void_ballot(paper, reason="录错", by=cast.li.pk, at=OPENED)
    opened.meeting = actions.close_voting(opened.meeting, by=cast.li.pk, at=CLOSED)
    return opened


def found(held):
    """The faults of the count, after which nothing is kept."""
    with pytest.raises(RecordUnsound) as refused:
        actions.count_ballots(held.meeting, by=held.clerk.pk, at=CLOSED)
    held.meeting.refresh_from_db()
    assert held.meeting.stage == "closed"
    assert not Publicity.objects.filter(kind=Publicity.Kind.RESULT).exists()
    return [(one.fault, one.facts.get("kind", "")) for one in refused.value.findings]


def test_an_untouched_meeting_is_counted(closed):
    result = actions.count_ballots(closed.meeting, by=closed.clerk.pk, at=CLOSED)
    assert result.result["matters"][0]["participated"]["heads"] == 6
    assert result.unopenable == {}


def test_a_part_added_after_the_opening_stops_the_count(closed):
    sql(PART, new_key(), new_key())
    assert found(closed) == [(Fault.PARTS, ""), (Fault.TURNOUT, "")]
    assert not Result.objects.exists() and not Opening.objects.exists()


def test_a_voter_added_after_the_opening_stops_the_count(closed):
    sql(VOTER, new_key(), new_key())
    assert found(closed) == [(Fault.PARTS, "")]


def test_a_voter_added_with_a_part_and_a_ballot_stops_the_count(opened, cast):
    voter = new_key()
    sql(VOTER, voter, new_key())
    part = PART.replace("meeting_id, voter_id, %s", "meeting_id, %s, %s")
    sql(part, new_key(), voter, new_key())
    slip = actions.Slip(Voter.objects.get(pk=voter), AGREE, new_key())
    actions.cast_ballot(opened.meeting, slip, at=OPENED)
    actions.close_voting(opened.meeting, by=cast.li.pk, at=CLOSED)
    assert found(opened) == [(Fault.PARTS, ""), (Fault.TURNOUT, "")]


BALLOT = """INSERT INTO committees_ballot
    (id, compound_id, meeting_id, voter_id, channel, attempt, request, seal, envelope,
     received_at, mark)
    SELECT %s, compound_id, meeting_id, %s, channel, 1, %s, seal, envelope, received_at, mark
    FROM committees_ballot ORDER BY id LIMIT 1"""


@pytest.mark.parametrize("when", ["during the vote", "after the close"])
def test_a_ballot_that_the_portal_did_not_take_stops_the_count(opened, cast, when):
    opened.cast(0, AGREE)
    stuff = (BALLOT, new_key(), opened.voter(1).pk, new_key())
    if when == "during the vote":
        sql(*stuff)
        actions.grow_ledger(opened.meeting)
    actions.close_voting(opened.meeting, by=cast.li.pk, at=CLOSED)
    if when == "after the close":
        sql(*stuff)
    assert found(opened) == [(Fault.STRANGE, "ballot")]


def evidence(model, held, **fields):
    """A row written past the actions, so without the portal's mark."""
    return model.objects.create(compound=held.compound, meeting=held.meeting, **fields)


def test_rows_written_past_the_actions_stop_the_count(closed, cast):
    other, at = closed.voter(7), CLOSED
    evidence(Served, closed, voter=other, how="x", at=at)
    evidence(Refused, closed, voter=other, reason="x", at=at)
    ballot = Ballot.objects.get(voter=closed.voter(0))
    evidence(Voided, closed, ballot=ballot, reason="x", by=cast.li.pk, at=at)
    assert found(closed) == [
        (Fault.STRANGE, "served"),
        (Fault.STRANGE, "refused"),
        (Fault.STRANGE, "voided"),
    ]


def test_a_move_of_the_end_that_nobody_made_stops_the_count(closed, cast):
    fields = {"closes_at": CLOSED + timedelta(days=1), "reason": "x", "by": cast.li.pk}
    evidence(Rescheduled, closed, at=OPENED, **fields)
    assert found(closed) == [
        (Fault.STRANGE, "rescheduled"),
        (Fault.UNTOLD, "rescheduled"),
        (Fault.PLAN, ""),
    ]


def event(held, kind, body, source):
    """An event that follows the last one, as the ledger's own code would chain it."""
    last = LedgerEvent.objects.filter(meeting=held.meeting).order_by("-seq").first()
    told = record.event(last.seq + 1, last.hash, kind, OPENED, body)
    evidence(
        LedgerEvent,
        held,
        seq=told.seq,
        prev=told.prev,
        type=kind.value,
        at=told.at,
        body=body,
        hash=told.hash,
        source=source,
    )


def body_of(held, place, **changes):
    said = {"channel": "online", "scheme": "sealed-1", "seal": "5e" * 32}
    return {"voter": held.voter(place).pseudonym} | said | changes


@pytest.mark.parametrize("source", [None, new_key()])
def test_an_event_without_its_ballot_stops_the_count(opened, cast, source):
    opened.cast(0, AGREE)
    event(opened, record.EventType.BALLOT, body_of(opened, 1), source)
    actions.close_voting(opened.meeting, by=cast.li.pk, at=CLOSED)
    assert found(opened) == [(Fault.UNBACKED, "ballot")]


def test_an_event_that_says_other_than_its_ballot_stops_the_count(opened, cast):
    ballot = opened.cast(0, AGREE)
    event(opened, record.EventType.BALLOT, body_of(opened, 1, seal=ballot.seal), ballot.pk)
    actions.close_voting(opened.meeting, by=cast.li.pk, at=CLOSED)
    assert found(opened) == [(Fault.UNBACKED, "ballot"), (Fault.TURNOUT, "")]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("voided", {"seq": 2, "reason": "x"}),
        ("refused", {"voter": "v1", "reason": "x"}),
        ("served", {"voter": "v1"}),
        ("rescheduled", {"closes_at": "2026-10-20T00:00:00Z", "reason": "x"}),
    ],
)
def test_an_event_without_its_row_stops_the_count(closed, kind, body):
    event(closed, record.EventType(kind), body, None)
    assert found(closed) == [(Fault.UNBACKED, kind)]


def test_a_ballot_stuffed_and_voided_after_the_close_stops_the_count(closed):
    sql(BALLOT, new_key(), closed.voter(8).pk, new_key())
    sql(
        "INSERT INTO committees_voided (id, compound_id, meeting_id, ballot_id, reason, at, mark)"
        " SELECT %s, compound_id, meeting_id, id, 'x', received_at, '' FROM committees_ballot"
        " WHERE voter_id = %s",
        new_key(),
        closed.voter(8).pk,
    )
    assert found(closed)[:2] == [(Fault.STRANGE, "ballot"), (Fault.STRANGE, "voided")]


def test_an_event_of_no_kind_stops_the_count_where_it_stands(closed):
    last = LedgerEvent.objects.get(meeting=closed.meeting, type="closed")
    fields = {"prev": last.hash, "type": "praised", "at": last.at, "body": {}, "hash": "0" * 64}
    evidence(LedgerEvent, closed, seq=last.seq + 1, **fields)
    with pytest.raises(ChainBroken) as refused:
        actions.count_ballots(closed.meeting, by=closed.clerk.pk, at=CLOSED)
    assert refused.value.seq == last.seq + 1


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE committees_turnout SET heads = heads + 1 WHERE scope = 'homes'",
        "UPDATE committees_turnout SET eligible_area = eligible_area - 1 WHERE scope = 'all'",
        "DELETE FROM committees_turnout WHERE scope = 'all'",
    ],
)
def test_a_turnout_that_is_not_the_ledgers_stops_the_count(closed, change):
    assert sql(change)
    assert found(closed) == [(Fault.TURNOUT, "")]


def test_another_manifest_stops_the_count(closed):
    sql("UPDATE committees_meeting SET manifest = %s", other_key(closed.meeting))
    assert found(closed) == [(Fault.KEY, "")]


@pytest.mark.parametrize(
    "change", [*CHANGES, "UPDATE committees_meeting SET opens_at = opens_at - interval '1 hour'"]
)
def test_what_is_changed_after_the_opening_stops_the_count(closed, change):
    assert sql(change)
    assert found(closed) == [(Fault.PLAN, "")]


@pytest.mark.parametrize("model", [Opening, Result])
def test_what_only_the_count_brings_stops_it_when_it_stands_there_before(closed, model):
    if model is Opening:
        evidence(Opening, closed, seq=2, choices=AGREE, nonce="0" * 32)
    else:
        hashes = {"manifest_sha256": "0" * 64, "last_hash": "0" * 64}
        evidence(Result, closed, counted_at=CLOSED, result={}, **hashes)
    assert found(closed) == [(Fault.OPENED, "")]


def test_a_result_that_the_recount_does_not_find_stops_the_count(closed, monkeypatch):
    whole = queries.record_ballots
    monkeypatch.setattr(queries, "record_ballots", lambda *given: list(whole(*given))[1:])
    with pytest.raises(RecordUnsound) as refused:
        actions.count_ballots(closed.meeting, by=closed.clerk.pk, at=CLOSED)
    (one,) = refused.value.findings
    assert one.facts["line"].startswith("result differs: m1 participated heads 5, recounted 6")
    assert not Result.objects.exists() and not Opening.objects.exists()


def test_a_recount_that_does_not_answer_stops_the_count(closed, monkeypatch):
    monkeypatch.setattr(checking, "LONGEST", 0.001)
    assert found(closed) == [(Fault.RECOUNT, "")]


def test_the_result_prints_the_hash_of_the_announced_plan(closed):
    actions.count_ballots(closed.meeting, by=closed.clerk.pk, at=CLOSED)
    posted = Publicity.objects.get(kind=Publicity.Kind.RESULT)
    plan = AnnouncedPlan.objects.get(meeting=closed.meeting)
    assert plan.sha256 in json.dumps(posted.body)
