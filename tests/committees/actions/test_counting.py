"""From the close to the committee's seats, and the record anyone may recount."""

import json
import subprocess
import sys
from datetime import date, timedelta

import pytest

from committees import actions, queries, recount
from committees.actions.refusals import BallotsUnopenable, ChainBroken, WrongStage
from committees.actions.steps import keep
from committees.models import Ballot, Committee, LedgerEvent, Member, Opening, Result, Term
from portal.publicity.models import Publicity
from tests.factories import committees
from tests.factories.meetings import CLOSED, OPENED

RECOUNT = recount.__file__
AGREE = {"m1": [1, 0, 0, 0]}


def test_the_result_is_what_was_cast(counted):
    result = Result.objects.get(meeting=counted.meeting).result
    decision, election = result["matters"]
    areas = [8000 + 100 * place for place in range(7)]
    assert decision["participated"] == {"heads": 7, "area": sum(areas)}
    assert decision["passed"] is True
    assert election["elected"] == ["c2", "c1"]
    assert election["candidates"][0] == {
        "id": "c1",
        "heads": 6,
        "area": sum(areas[1:]),
        "qualified": True,
    }
    assert election["party"] == {"members": 2, "party_members": 1, "met": False}


def test_the_count_opens_every_ballot_and_posts_the_result(counted):
    assert Opening.objects.filter(meeting=counted.meeting).count() == 7
    posted = Publicity.objects.get(compound=counted.compound, kind="result")
    assert posted.days == 7
    assert "业主1" in json.dumps(posted.body, ensure_ascii=False)


def test_nothing_is_opened_before_the_count(opened, cast):
    opened.cast(0, {"m1": [1, 0, 0, 0]})
    actions.close_voting(opened.meeting, by=cast.li.pk, at=CLOSED)
    assert not Opening.objects.exists()


def test_a_meeting_is_counted_once(counted, cast):
    with pytest.raises(WrongStage):
        actions.count_ballots(counted.meeting, by=cast.li.pk, at=CLOSED)


@pytest.mark.parametrize("spoil", ["envelope", "seal"])
def test_a_ballot_that_does_not_fit_its_seal_stops_the_count(opened, cast, spoil):
    ballot = opened.cast(0, {"m1": [1, 0, 0, 0]})
    other = opened.cast(1, {"m1": [0, 1, 0, 0]})
    copied = {"envelope": ballot.envelope} if spoil == "envelope" else {"seal": "0" * 64}
    fields = {"request": other.pk, "attempt": 9, "seal": other.seal, "envelope": other.envelope}
    keep(
        Ballot(
            compound=opened.compound,
            meeting=opened.meeting,
            voter=other.voter,
            channel="paper",
            received_at=other.received_at,
            **(fields | copied),
        )
    )
    actions.close_voting(opened.meeting, by=cast.li.pk, at=CLOSED)
    with pytest.raises(BallotsUnopenable) as refused:
        actions.count_ballots(opened.meeting, by=cast.li.pk, at=CLOSED)
    assert refused.value.seqs == (4,)
    assert not Result.objects.exists()


def test_a_ledger_that_does_not_follow_from_itself_stops_the_count(opened, cast):
    actions.close_voting(opened.meeting, by=cast.li.pk, at=CLOSED)
    last = LedgerEvent.objects.get(meeting=opened.meeting, type="closed")
    LedgerEvent.objects.create(
        compound=opened.compound,
        meeting=opened.meeting,
        seq=last.seq + 2,
        prev=last.hash,
        type="refused",
        at=last.at,
        body={},
        hash="0" * 64,
    )
    with pytest.raises(ChainBroken) as refused:
        actions.count_ballots(opened.meeting, by=cast.li.pk, at=CLOSED)
    assert refused.value.seq == last.seq + 1


def test_the_record_has_five_files_that_hash_to_what_was_posted(counted):
    files = {
        name: b"".join(pieces) for name, pieces in queries.record_files(counted.meeting).items()
    }
    assert sorted(files) == [
        "ledger.jsonl",
        "manifest.json",
        "openings.jsonl",
        "parts.csv",
        "result.json",
    ]
    result = Result.objects.get(meeting=counted.meeting)
    last = json.loads(files["ledger.jsonl"].splitlines()[-1])
    assert last["hash"] == result.last_hash


def recounted(meeting, folder):
    """What the stand-alone recount says of the meeting's record, and its exit code."""
    for name, pieces in queries.record_files(meeting).items():
        (folder / name).write_bytes(b"".join(pieces))
    command = [sys.executable, "-I", RECOUNT, str(folder)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    return said.stdout, said.returncode


def test_the_record_is_recounted_without_the_portal(counted, tmp_path):
    assert recounted(counted.meeting, tmp_path) == ("PASS\n", 0)


def test_a_record_with_voided_slips_is_recounted_to_the_same_result(opened, cast, tmp_path):
    against = {"m1": [0, 1, 0, 0], "m2": [1, 0, 0]}
    wrong, forged, late = [opened.cast(place, against, channel="paper") for place in range(3)]
    for ballot in (wrong, forged):
        actions.void_ballot(ballot, reason="录错", by=cast.li.pk, at=OPENED)
    opened.cast(0, AGREE, channel="paper")
    for place in range(3, 9):
        opened.cast(place, AGREE)
    actions.close_voting(opened.meeting, by=cast.li.pk, at=CLOSED)
    actions.void_ballot(late, reason="非本人签名", by=cast.li.pk, at=CLOSED)
    actions.count_ballots(opened.meeting, by=cast.li.pk, at=CLOSED)
    decision = Result.objects.get().result["matters"][0]
    assert decision["participated"]["heads"] == decision["options"][0]["heads"] == 7
    assert Opening.objects.count() == 7
    assert recounted(opened.meeting, tmp_path) == ("PASS\n", 0)
    posted = Publicity.objects.get(kind="result")
    assert "'作废的选票', '3 张'" in str(posted.body)
    counted_ballot = Ballot.objects.get(voter=opened.voter(3))
    with pytest.raises(WrongStage):
        actions.void_ballot(counted_ballot, reason="晚了", by=cast.li.pk, at=CLOSED)


def test_the_elected_take_their_seats_once(counted, cast):
    days = {"starts_on": CLOSED.date(), "ends_on": CLOSED.date().replace(year=2031)}
    term = actions.seat_committee(counted.matter(2), **days, by=cast.li.pk, at=CLOSED)
    again = actions.seat_committee(counted.matter(2), **days, by=cast.li.pk, at=CLOSED)
    assert term == again == Term.objects.get()
    sitting = Member.objects.sitting(CLOSED.date())
    assert sorted(member.owner.name for member in sitting) == ["业主0", "业主1"]


def test_the_roster_of_a_day_between_two_terms_stays_as_it_was_told(counted, cast):
    people = committees.owners(cast.compound, 3)
    expired = {"starts_on": date(2021, 8, 1), "ends_on": date(2026, 7, 31)}
    committees.term(cast.compound, people, party=2, **expired)
    between = date(2026, 8, 15)
    told = queries.committee_standings([cast.compound.pk], on=between)
    days = {"starts_on": CLOSED.date(), "ends_on": CLOSED.date().replace(year=2031)}
    Committee.objects.update(name=f"{cast.compound.name}业主委员会")
    actions.seat_committee(counted.matter(2), **days, by=cast.li.pk, at=CLOSED)
    assert queries.committee_standings([cast.compound.pk], on=between) == told
    last_days = Member.objects.filter(owner__in=people).values_list("until", flat=True)
    assert set(last_days) == {CLOSED.date() - timedelta(days=1)}
