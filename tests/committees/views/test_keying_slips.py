"""Paper slips: found by number or room, keyed as marked, one a voter."""

from datetime import timedelta

import pytest
import time_machine

from committees import actions
from committees.models import Ballot
from portal.places.models import Part
from tests.costs import page_cost
from tests.factories import meetings, people, places
from tests.factories.meetings import CLOSED, OPENED, PREPARED

AGREE = {"m1": [1, 0, 0, 0]}
LATER = OPENED + timedelta(hours=1)


@pytest.fixture
def clerk(client, cast):
    client.force_login(cast.li)
    with time_machine.travel(LATER, tick=False):
        yield client


def slip_of(held, place=3):
    return held.address("slip", slip=held.voter(place).slip)


def marks(clerk, address, **marked):
    page = clerk.get(address)
    return {"request": str(page.context["form"].initial["request"]), **marked}


def text(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize("words", ["0", "999", "999999999999", "9-9-901", "无此房号", "²"])
def test_what_is_no_slip_and_no_room_is_told_and_stays_typed(clerk, opened, words):
    page = text(clerk.get(opened.address("slips"), {"find": words}))
    assert "没有这个票号或房号。请核对纸质票。" in page
    assert f'value="{words}"' in page


def test_nothing_asked_is_told_beside_its_field(clerk, opened):
    page = clerk.get(opened.address("slips"), {"find": " "})
    assert set(page.context["form"].errors) == {"find"}


def test_a_number_in_full_width_finds_its_slip(clerk, opened):
    slip = opened.voter(3).slip
    wide = str(slip).translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    assert clerk.get(opened.address("slips"), {"find": wide})["Location"] == slip_of(opened)


def test_a_slip_is_keyed_once_and_the_tally_grows(clerk, cast, opened):
    address = slip_of(opened)
    sent = marks(clerk, address, m1="agree", m2=["c1", "c2"])
    answer = clerk.post(address, sent, follow=True)
    assert "号票已录入" in text(answer)
    assert len(answer.context["page"].object_list) == 1
    clerk.post(address, sent)
    ballot = Ballot.objects.get()
    assert (ballot.channel, ballot.keyed_by) == (Ballot.Channel.PAPER, cast.li.pk)


def test_another_page_of_the_same_slip_is_refused_in_words(clerk, opened):
    address = slip_of(opened)
    first, second = (marks(clerk, address, m1="agree") for _ in range(2))
    clerk.post(address, first)
    page = text(clerk.post(address, second), 422)
    assert "这位业主已经投过票（纸质，" in page
    assert Ballot.objects.count() == 1


def test_who_voted_online_is_told_of_before_anything_is_keyed(clerk, opened):
    opened.cast(3, AGREE, at=OPENED)
    page = text(clerk.get(slip_of(opened)))
    assert "这位业主已经投过票（网上，2026年10月1日 09:00）" in page
    assert "保存这张票" not in page


def test_more_marks_than_allowed_are_keyed_as_they_stand_on_paper(clerk, opened):
    address = slip_of(opened)
    sent = marks(clerk, address, m2=["c1", "c2", "c3"])
    assert clerk.post(address, sent).status_code == 302
    opened.meeting = actions.close_voting(opened.meeting, by=opened.clerk.pk, at=CLOSED)
    actions.count_ballots(opened.meeting, by=opened.clerk.pk, at=CLOSED)
    election = opened.meeting.results.get().result["matters"][1]
    assert election["participated"]["heads"] == 1
    assert [who["heads"] for who in election["candidates"]] == [0, 0, 0]


def test_an_empty_slip_takes_part_and_says_nothing(clerk, opened):
    address = slip_of(opened)
    assert clerk.post(address, marks(clerk, address)).status_code == 302
    assert Ballot.objects.count() == 1


def test_who_withdrew_is_not_on_the_slip(clerk, cast, nominating):
    actions.withdraw(nominating.matter(2).candidates.get(position=1), by=cast.li.pk, at=PREPARED)
    meetings.nominate(nominating, 3)
    meetings.announce(nominating)
    nominating.meeting = actions.open_voting(nominating.meeting, by=cast.li.pk, at=OPENED)
    page = text(clerk.get(slip_of(nominating)))
    assert "业主0" not in page
    assert [page.count(f">业主{n}<") for n in (1, 2, 3)] == [1, 1, 1]


def test_before_the_opening_there_is_no_slip_to_key(clerk, published):
    answer = clerk.get(slip_of(published), follow=True)
    assert "投票尚未开始，不能录入纸质票。" in text(answer)


def test_paper_from_the_box_is_keyed_after_the_hour_and_not_after_the_close(clerk, opened):
    address = slip_of(opened)
    with time_machine.travel(CLOSED + timedelta(hours=1), tick=False):
        assert clerk.post(address, marks(clerk, address, m1="agree")).status_code == 302
        sent = marks(clerk, slip_of(opened, 4), m1="agree")
        actions.close_voting(opened.meeting, by=opened.clerk.pk, at=CLOSED)
        page = text(clerk.post(slip_of(opened, 4), sent), 422)
    assert "投票已经结束，不能再录入纸质票。" in page
    assert Ballot.objects.count() == 1


def test_a_page_without_its_key_keys_nothing(clerk, opened):
    assert clerk.post(slip_of(opened), {"m1": "agree"}).status_code == 422
    assert not Ballot.objects.exists()


def test_a_choice_that_is_not_on_the_slip_is_refused(clerk, opened):
    address = slip_of(opened)
    page = clerk.post(address, marks(clerk, address, m1="maybe", m2=["c9"]))
    assert set(page.context["form"].errors) == {"m1", "m2"}


def test_slips_are_kept_out_of_every_cache(clerk, opened):
    for address in (opened.address("slips"), slip_of(opened)):
        assert "no-store" in clerk.get(address)["Cache-Control"]


def test_a_slip_costs_the_same_for_a_voter_of_one_home_and_of_three(cast, letters, clerk):
    owner = people.owner(cast.compound, *[places.part(cast.compound) for _ in range(3)])
    held = meetings.opened(cast.compound, cast.li)
    key = Part.objects.filter(holdings__owner=owner).first().key
    (found,) = [v for v in held.meeting.voters.all() if key in v.rooms]
    assert len(found.rooms) == 3
    assert page_cost(clerk, held.address("slip", slip=found.slip)) == page_cost(
        clerk, slip_of(held)
    )


def test_the_slips_keyed_cost_the_same_at_one_and_three(clerk, cast, opened):
    for place in range(2):
        opened.cast(place, AGREE, channel="paper")
    void = {"reason": "非本人签名", "by": cast.li.pk, "at": LATER}
    actions.void_ballot(Ballot.objects.order_by("pk").first(), **void)
    two = page_cost(clerk, opened.address("slips"))
    for place in range(2, 6):
        opened.cast(place, AGREE, channel="paper")
    actions.void_ballot(Ballot.objects.order_by("pk").last(), **void)
    assert page_cost(clerk, opened.address("slips")) == two


@pytest.mark.parametrize(("who", "status"), [("qian", 403), ("zhao", 403), (None, 302)])
def test_nobody_but_the_clerk_of_this_compound_keys(client, cast, opened, who, status):
    if who:
        client.force_login(getattr(cast, who))
    assert client.get(opened.address("slips")).status_code == status
    assert client.post(slip_of(opened), {}).status_code == status


def test_a_slip_is_found_by_reading_alone(clerk, opened):
    assert clerk.post(opened.address("slips"), {"find": "1"}).status_code == 405
    assert clerk.delete(slip_of(opened)).status_code == 405
