"""Ballots that do not open: two people of two offices void them, and the count goes on."""

import json
import subprocess
import sys

import pytest
import time_machine
from django.test import Client

from committees import actions, queries, recount
from committees.actions.refusals import (
    BallotsUnopenable,
    EveryBallotOpens,
    ReasonTaken,
    WrongStage,
)
from committees.actions.steps import keep
from committees.models import AnnouncedPlan, Ballot, LedgerEvent, Opening, Result, Voided
from portal.accounts.models import RegionOffice
from portal.approvals import actions as approvals
from portal.approvals.models import Request
from portal.publicity.models import Publicity
from portal.tools.keys import new_key
from tests.committees.actions.test_announcing import sql
from tests.factories import people
from tests.factories.meetings import CLOSED, OPENED

AGREE = {"m1": [1, 0, 0, 0], "m2": [1, 1, 0]}


@pytest.fixture(autouse=True)
def after_the_close():
    with time_machine.travel(CLOSED, tick=False):
        yield


def spoilt(held, place):
    """A ballot as the portal took it, whose envelope is another voter's."""
    good = Ballot.objects.filter(meeting=held.meeting).first()
    ballot = Ballot(
        compound=held.compound,
        meeting=held.meeting,
        voter=held.voter(place),
        channel="online",
        request=new_key(),
        seal="5e" * 32,
        envelope=bytes(good.envelope),
        received_at=OPENED,
    )
    keep(ballot)
    return ballot


@pytest.fixture
def stuck(opened, cast):
    """Seven voted; the ballots of two of them do not open.  Voting has ended."""
    for place in range(5):
        opened.cast(place, AGREE)
    spoilt(opened, 5)
    spoilt(opened, 6)
    opened.meeting = actions.close_voting(opened.meeting, by=cast.li.pk, at=CLOSED)
    return opened


def ask(held, by):
    return actions.ask_to_void_unopenable(held.meeting, reason="密文损坏", by=by, at=CLOSED)


def count(held):
    return actions.count_ballots(held.meeting, by=held.clerk.pk, at=CLOSED)


def test_all_ballots_that_do_not_open_stop_the_count_by_their_numbers(stuck):
    with pytest.raises(BallotsUnopenable) as refused:
        count(stuck)
    assert refused.value.seqs == (7, 8)
    assert not Opening.objects.exists() and not Result.objects.exists()


def test_two_offices_void_them_and_the_count_says_what_hangs_on_them(stuck, cast, tmp_path):
    asked = ask(stuck, cast.li)
    assert asked.facts["seqs"] == [7, 8]
    assert not Voided.objects.exists()
    approvals.agree(asked, by=cast.zhao, at=CLOSED)
    assert [(one.reason, one.by) for one in Voided.objects.all()] == [
        ("unopenable", cast.zhao.pk)
    ] * 2
    told = LedgerEvent.objects.filter(type="voided").order_by("seq")
    assert [one.body for one in told] == [
        {"seq": 7, "reason": "unopenable"},
        {"seq": 8, "reason": "unopenable"},
    ]
    result = count(stuck)
    assert result.unopenable == {"ballots": 2, "could_change": ["m1", "m2"]}
    assert sorted(Opening.objects.values_list("seq", flat=True)) == [2, 3, 4, 5, 6]
    posted = json.dumps(Publicity.objects.get(kind=Publicity.Kind.RESULT).body, ensure_ascii=False)
    assert "有 2 张选票无法拆封，经两个不同职务的人确认作废。" in posted
    assert "可能改变结论的事项：续聘物业、选举委员。" in posted
    for name, pieces in queries.record_files(stuck.meeting).items():
        (tmp_path / name).write_bytes(b"".join(pieces))
    announced = AnnouncedPlan.objects.get(meeting=stuck.meeting).sha256
    command = [sys.executable, "-I", recount.__file__, tmp_path, "--announced", announced]
    assert subprocess.run(command, capture_output=True, check=False).stdout == b"PASS\n"


def test_nobody_voids_them_alone(stuck, cast):
    asked = ask(stuck, cast.li)
    with pytest.raises(approvals.Refusal):
        approvals.agree(asked, by=cast.li, at=CLOSED)
    assert not Voided.objects.exists()


def test_two_of_one_office_do_not_void_them(stuck, cast):
    other = people.user("周七")
    people.region_office(other, cast.compound.region.parent, RegionOffice.Role.STREET)
    county = people.user("吴八")
    people.region_office(county, cast.compound.region.parent.parent, RegionOffice.Role.COUNTY)
    asked = ask(stuck, cast.zhao)
    with pytest.raises(approvals.SameOffice):
        approvals.agree(asked, by=other, at=CLOSED)
    approvals.agree(asked, by=county, at=CLOSED)
    assert Voided.objects.count() == 2


def test_what_opens_is_not_asked_about(opened, cast):
    opened.cast(0, AGREE)
    with pytest.raises(WrongStage):
        ask(opened, cast.li)
    opened.meeting = actions.close_voting(opened.meeting, by=cast.li.pk, at=CLOSED)
    with pytest.raises(EveryBallotOpens):
        ask(opened, cast.li)
    assert not Request.objects.exists()


def test_what_opens_is_not_voided_whatever_was_asked(stuck, cast):
    asked = ask(stuck, cast.li)
    good = Ballot.objects.get(voter=stuck.voter(0))
    asked.facts["ballots"].append(str(good.pk))
    with pytest.raises(EveryBallotOpens):
        actions.void_unopenable(asked, cast.zhao.pk, CLOSED)
    assert not Voided.objects.exists()


def test_one_person_does_not_give_the_reason_of_two(opened, cast):
    ballot = opened.cast(0, AGREE, channel="paper")
    for reason in ("unopenable", " unopenable "):
        with pytest.raises(ReasonTaken):
            actions.void_ballot(ballot, reason=reason, by=cast.li.pk, at=OPENED)
    assert not Voided.objects.exists()


def test_the_clerk_asks_on_a_page_that_the_console_leads_to(stuck, cast):
    client = Client()
    client.force_login(cast.li)
    told = client.post(stuck.address("count"), follow=True).content.decode()
    assert "账本第 7、8 条选票无法拆封" in told
    assert stuck.address("unopenable") in told
    answer = client.post(stuck.address("unopenable"), {"reason": "密文损坏"})
    asked = Request.objects.get()
    assert (answer.status_code, answer.url) == (302, asked.get_absolute_url())
    page = client.get(asked.get_absolute_url()).content.decode()
    assert "7、8" in page


def test_what_the_count_found_is_said_on_the_console(opened, cast):
    actions.close_voting(opened.meeting, by=cast.li.pk, at=CLOSED)
    sql("UPDATE committees_candidate SET withdrawn_at = now() WHERE position = 1")
    client = Client()
    client.force_login(cast.li)
    told = client.post(opened.address("count"), follow=True).content.decode()
    assert "与公告时固定的不一致：公告之后有人改动过数据库。" in told
    assert "没有写入任何内容" in told
    assert not Result.objects.exists()
