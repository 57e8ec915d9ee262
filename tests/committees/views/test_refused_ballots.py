"""A ballot not taken says why; a receipt is its voter's and says when it no longer counts."""

from datetime import timedelta

import pytest
import time_machine

from committees import actions
from committees.models import Ballot
from committees.queries import voters_of
from portal.owners.models import Holding
from tests.costs import page_cost
from tests.factories import meetings, people, places
from tests.factories.meetings import CLOSED, OPENED

AGREE = {"m1": [1, 0, 0, 0]}
LATER = OPENED + timedelta(hours=1)


@pytest.fixture
def booth(client, cast):
    """Chen at his phone, an hour after the opening."""
    client.force_login(cast.chen)
    with time_machine.travel(LATER, tick=False):
        yield client


def slip_of(held, user):
    (voter,) = voters_of(held.meeting, user.pk)
    return voter.slip


def marked(client, held, user, **marks):
    page = client.get(held.address("ballot", slip=slip_of(held, user)))
    return {"request": str(page.context["form"].initial["request"]), **marks}


def send(client, held, user, sent, **how):
    return client.post(held.address("send-ballot", slip=slip_of(held, user)), sent, **how)


def text(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def test_of_two_pages_of_one_ballot_the_second_is_told_that_it_was_cast(booth, opened, cast):
    first, second = (marked(booth, opened, cast.chen, m1=one) for one in ("agree", "against"))
    assert send(booth, opened, cast.chen, first).status_code == 302
    page = text(send(booth, opened, cast.chen, second), 409)
    assert "这张票已经投过（网上），每票只计一次，先收到的有效。" in page
    assert Ballot.objects.count() == 1


def test_what_is_sent_after_the_hour_is_told_the_hours(booth, opened, cast):
    sent = marked(booth, opened, cast.chen, m1="agree")
    with time_machine.travel(CLOSED, tick=False):
        page = text(send(booth, opened, cast.chen, sent), 409)
    assert "现在不能投票" in page
    assert "2026年10月15日 09:00" in page
    assert not Ballot.objects.exists()


def test_a_page_that_was_spoilt_leads_back_to_the_ballot(booth, opened, cast):
    ballot = opened.address("ballot", slip=slip_of(opened, cast.chen))
    for spoilt in ({}, {"request": "x", "m1": "agree"}):
        assert send(booth, opened, cast.chen, spoilt)["Location"] == ballot
    too_many = marked(booth, opened, cast.chen, m2=["c1", "c2", "c3"])
    assert send(booth, opened, cast.chen, too_many)["Location"] == ballot
    assert not Ballot.objects.exists()


def test_who_voted_on_paper_finds_the_receipt_in_place_of_the_ballot(booth, opened, cast):
    (voter,) = voters_of(opened.meeting, cast.chen.pk)
    slip = actions.Slip(voter, AGREE, cast.chen.pk, Ballot.Channel.PAPER)
    ballot = actions.cast_ballot(opened.meeting, slip, at=OPENED, by=cast.li.pk)
    answer = booth.get(opened.address("ballot", slip=voter.slip))
    assert answer["Location"] == opened.address("cast", ballot=ballot.pk)
    assert "纸质" in text(booth.get(answer["Location"]))


def test_a_receipt_tells_how_far_the_ballot_has_come(booth, opened, cast):
    sent = marked(booth, opened, cast.chen, m1="agree")
    receipt = send(booth, opened, cast.chen, sent)["Location"]
    assert "已保存，一分钟内写入选票账本。" in text(booth.get(receipt))
    actions.grow_ledger(opened.meeting)
    # opened, served, cast
    assert "已写入选票账本第 3 条。" in text(booth.get(receipt))
    actions.void_ballot(Ballot.objects.get(), reason="非本人", by=cast.li.pk, at=LATER)
    page = text(booth.get(receipt))
    assert "这张选票已作废，不计票。" in page
    assert "非本人" not in page


@pytest.mark.parametrize(("who", "status"), [("qian", 404), ("li", 404), (None, 302)])
def test_a_receipt_page_is_its_voters_alone(client, cast, opened, who, status):
    (voter,) = voters_of(opened.meeting, cast.chen.pk)
    ballot = actions.cast_ballot(
        opened.meeting, actions.Slip(voter, AGREE, cast.chen.pk), at=OPENED
    )
    if who:
        client.force_login(getattr(cast, who))
    assert client.get(opened.address("cast", ballot=ballot.pk)).status_code == status


def test_a_meeting_that_is_not_announced_tells_its_voters_nothing(booth, nominating, cast):
    slip = slip_of(nominating, cast.chen)
    for name in ("ballot", "send-ballot"):
        assert booth.post(nominating.address(name, slip=slip)).status_code == 404
    assert booth.get(nominating.address("cast", ballot=cast.chen.pk)).status_code == 404


def test_before_the_opening_the_ballot_tells_when(booth, published, cast):
    page = text(booth.get(published.address("ballot", slip=slip_of(published, cast.chen))), 409)
    assert "2026年10月1日 09:00" in page
    answer = send(booth, published, cast.chen, {"m1": "agree"})
    assert answer.status_code == 302


def test_a_ballot_costs_the_same_for_who_has_one_and_for_who_has_two(booth, cast, letters):
    held = meetings.opened(cast.compound, cast.li)
    one = page_cost(booth, held.address("ballot", slip=slip_of(held, cast.chen)))
    owner, user = people.owner(cast.other_compound), people.user()
    people.owner(cast.other_compound, places.part(cast.other_compound, "8-1-101"), user_=user)
    mine = Holding.objects.get(part__key="8-1-101").owner
    for number in (2, 3):
        part = places.part(cast.other_compound, f"8-1-{number}01")
        for each in (mine, owner):
            Holding.objects.create(compound=cast.other_compound, part=part, owner=each)
    other = meetings.opened(cast.other_compound, cast.qian)
    voters = voters_of(other.meeting, user.pk)
    assert len(voters) == 2
    booth.force_login(user)
    assert page_cost(booth, other.address("ballot", slip=voters[0].slip)) == one
