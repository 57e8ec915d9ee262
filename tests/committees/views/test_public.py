"""What everybody reads of meetings: the list, one meeting, whether a receipt is in the ledger."""

import pytest
import time_machine
from django.urls import reverse

from committees import actions
from committees.models import Meeting
from committees.queries import pages
from portal.accounts.models import CompoundOffice
from portal.owners.models import Delegate, Holding, Owner
from portal.places.models import Part
from tests.costs import page_cost
from tests.factories import meetings, people, places, rulebook
from tests.factories.meetings import CLOSED, OPENED, PREPARED

AGREE = {"m1": [1, 0, 0, 0]}


def main_of(answer) -> str:
    assert answer.status_code == 200
    page = answer.content.decode()
    return page[page.index("<main") : page.index("</main>")]


def listed(compound):
    return reverse("committees:meetings", args=[compound.code])


def share(cast, *keys):
    """Chen owns these homes, each with another: as many heads."""
    for key in keys:
        part = places.part(cast.compound, key)
        for owner in (cast.chen_as_owner, people.owner(cast.compound)):
            Holding.objects.create(compound=cast.compound, part=part, owner=owner)


def test_a_meeting_is_listed_once_it_is_announced_and_before_for_who_watches(cast, letters, client):
    held = meetings.nominating(cast.compound, cast.li)
    for who, shown in [(None, False), (cast.chen, False), (cast.li, True), (cast.zhao, True)]:
        if who:
            client.force_login(who)
        assert (held.meeting.title in main_of(client.get(listed(cast.compound)))) is shown
    actions.publish(held.meeting, by=cast.li.pk, at=PREPARED)
    client.logout()
    assert held.meeting.title in main_of(client.get(listed(cast.compound)))
    assert held.meeting.title not in main_of(client.get(listed(cast.other_compound)))


def test_a_list_without_meetings_says_so(cast, client):
    assert "还没有公告过业主大会会议" in main_of(client.get(listed(cast.compound)))


@pytest.mark.parametrize(("who", "offered"), [("li", True), ("zhao", False), (None, False)])
def test_beginning_a_meeting_is_offered_to_its_clerk_alone(cast, client, who, offered):
    if who:
        client.force_login(getattr(cast, who))
    address = reverse("committees:new-meeting", args=[cast.compound.code])
    assert (address in main_of(client.get(listed(cast.compound)))) is offered


def test_the_list_costs_the_same_at_one_meeting_and_at_three(cast, letters, client):
    client.force_login(cast.li)
    meetings.published(cast.compound, cast.li)
    one = page_cost(client, listed(cast.compound))
    for title in ("第二次会议", "第三次会议"):
        plan = actions.MeetingPlan(title, Meeting.Kind.REGULAR, OPENED, CLOSED)
        actions.prepare_meeting(cast.compound, plan, by=cast.li.pk, at=PREPARED)
    assert page_cost(client, listed(cast.compound)) == one


def test_who_withdrew_is_in_no_list_and_in_no_count(nominating, cast, client):
    nominate_order = ["业主1", "业主2"]
    actions.withdraw(nominating.matter(2).candidates.get(position=1), by=cast.li.pk, at=PREPARED)
    (_decision, election) = pages.matters_of(nominating.meeting)
    assert [who.name for who in election.candidates.all()] == nominate_order
    client.force_login(cast.li)
    page = main_of(client.get(nominating.meeting.get_absolute_url()))
    assert "业主0" not in page
    console = main_of(client.get(nominating.address("console")))
    assert "应选 2 人，提名 2 人" in console


def test_an_owner_finds_each_ballot_and_after_voting_its_receipt(cast, letters, client):
    share(cast, "1-1-102", "1-1-103")
    held = meetings.opened(cast.compound, cast.li)
    client.force_login(cast.chen)
    page = main_of(client.get(held.meeting.get_absolute_url()))
    assert page.count("去投票") == 3
    own = Holding.objects.filter(owner=cast.chen_as_owner)
    slips = [voter.slip for voter, _cast in found_ballots(held, cast.chen)]
    assert len(slips) == own.count() == 3
    voter = found_ballots(held, cast.chen)[0][0]
    ballot = actions.cast_ballot(held.meeting, actions.Slip(voter, AGREE, cast.chen.pk), at=OPENED)
    page = main_of(client.get(held.meeting.get_absolute_url()))
    assert page.count("去投票") == 2
    assert held.address("cast", ballot=ballot.pk) in page


def found_ballots(held, user):
    from committees.queries import voters_of

    return pages.ballots_to_cast(voters_of(held.meeting, user.pk))


def test_where_another_was_named_to_vote_a_co_owner_has_no_ballot(cast, letters, client):
    share(cast, "1-1-102")
    shared = Part.objects.get(key="1-1-102")
    other = shared.holdings.exclude(owner=cast.chen_as_owner).get().owner
    Delegate.objects.create(compound=cast.compound, part=shared, owner=other, named_at=PREPARED)
    held = meetings.opened(cast.compound, cast.li)
    assert [voter.rooms for voter, _cast in found_ballots(held, cast.chen)] == [["1-1-101"]]


def test_the_developers_undelivered_homes_have_no_ballot_on_the_page(cast, letters):
    Owner.objects.filter(pk=cast.chen_as_owner.pk).update(kind=Owner.Kind.DEVELOPER)
    Part.objects.filter(key="1-1-101").update(delivery=Part.Delivery.UNDELIVERED)
    held = meetings.opened(cast.compound, cast.li)
    assert found_ballots(held, cast.chen) == []


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (None, "登录后投票"),
        ("qian", "名册上没有与您绑定的房屋"),
        ("chen", "去投票"),
    ],
)
def test_at_an_open_meeting_everybody_is_told_the_way_to_vote(opened, cast, client, who, words):
    if who:
        client.force_login(getattr(cast, who))
    assert words in main_of(client.get(opened.meeting.get_absolute_url()))


def test_until_the_count_turnout_is_shown_and_no_choice(opened, client):
    for place in range(3):
        opened.cast(place, AGREE)
    actions.grow_ledger(opened.meeting)
    page = main_of(client.get(opened.meeting.get_absolute_url()))
    assert "参与情况" in page
    assert "同意" not in page
    assert client.get(opened.address("result-json")).status_code == 302


def test_page_and_console_tell_what_the_ledger_tells_and_are_never_ahead_of_it(opened, client):
    """Looked at twice: what came since the ledger last grew waits for it, also a voided ballot."""
    first = opened.cast(0, AGREE, channel="paper")
    opened.cast(1, AGREE)
    actions.grow_ledger(opened.meeting)
    opened.cast(2, AGREE)
    actions.void_ballot(first, reason="非本人签名", by=opened.clerk.pk, at=OPENED)
    client.force_login(opened.clerk)
    for voters, voided in ((2, 0), (2, 1)):
        page = main_of(client.get(opened.meeting.get_absolute_url()))
        console = main_of(client.get(opened.address("console")))
        for shown in (page, console):
            assert f"{voters} / 10 人" in shown
        assert f"{voided} 张" in page
        told = opened.meeting.ledger.filter(type="ballot").count()
        assert told - opened.meeting.ledger.filter(type="voided").count() == voters
        actions.grow_ledger(opened.meeting)


def test_a_meeting_is_found_in_its_own_compound_only(published, cast, client):
    elsewhere = {"code": cast.other_compound.code, "number": published.meeting.number}
    for name in ("meeting", "receipt", "result-json"):
        assert client.get(reverse(f"committees:{name}", kwargs=elsewhere)).status_code == 404


@pytest.mark.parametrize("made", ["published", "opened", "counted"])
def test_a_meeting_and_its_console_cost_the_same_at_one_row_of_everything_and_at_three(
    made, cast, letters, client
):
    """One and three: homes of who looks, matters, candidates more than two."""
    rulebook.load()
    costs = []
    for compound, more in ((cast.compound, 0), (cast.other_compound, 2)):
        clerk, owner = people.user(), people.user()
        people.compound_office(clerk, compound, CompoundOffice.Role.CLERK)
        mine = people.owner(compound, places.part(compound, "9-1-101"), user_=owner)
        for number in range(more):
            part = places.part(compound, f"9-1-{number + 201}")
            for one in (mine, people.owner(compound)):
                Holding.objects.create(compound=compound, part=part, owner=one)
        held = bring(made, compound, clerk, more)
        addresses = {owner: held.meeting.get_absolute_url(), clerk: held.address("console")}
        for who, address in addresses.items():
            client.force_login(who)
            costs.append(page_cost(client, address))
    assert costs[:2] == costs[2:]


def bring(made, compound, clerk, more):
    """The meeting at this stage with `more` matters and candidates; its owners are nine."""
    held = meetings.prepared(compound, clerk)
    for number in range(more):
        plan = actions.DecisionPlan(f"事项{number}", "", "ordinary")
        actions.put_matter(held.meeting, plan, by=clerk.pk, at=PREPARED)
    held.meeting = actions.freeze_roll(held.meeting, by=clerk.pk, at=PREPARED)
    for place in range(3 + more):
        meetings.nominate(held, place)
    meetings.announce(held)
    if made != "published":
        held.meeting = actions.open_voting(held.meeting, by=clerk.pk, at=OPENED)
    if made == "counted":
        held.meeting = actions.close_voting(held.meeting, by=clerk.pk, at=CLOSED)
        actions.count_ballots(held.meeting, by=clerk.pk, at=CLOSED)
        held.meeting.refresh_from_db()
    return held


def asked(held, client, seal):
    return client.post(held.address("receipt"), {"seal": seal})


def test_a_receipt_is_followed_from_the_box_into_the_ledger(opened, client):
    ballot = opened.cast(0, AGREE)
    waits = main_of(asked(opened, client, ballot.seal))
    assert "这张选票已收到，一分钟内写入账本" in waits
    actions.grow_ledger(opened.meeting)
    for typed in (ballot.seal, ballot.seal.upper(), f" {ballot.seal[:32]} {ballot.seal[32:]} "):
        assert "这张选票在账本第 2 条" in main_of(asked(opened, client, typed))


def test_a_voided_ballots_receipt_says_that_it_does_not_count(opened, cast, client):
    ballot = opened.cast(0, AGREE, channel="paper")
    actions.grow_ledger(opened.meeting)
    actions.void_ballot(ballot, reason="非本人签名", by=cast.li.pk, at=OPENED)
    page = main_of(asked(opened, client, ballot.seal))
    assert "这张选票已作废，不计票" in page
    assert "非本人签名" not in page


def test_a_receipt_of_nowhere_and_what_is_none_are_told_apart(opened, client):
    assert "本次会议没有这个回执" in main_of(asked(opened, client, "0" * 64))
    page = asked(opened, client, "这不是回执")
    assert "回执是 64 位数字和字母" in page.content.decode()


def test_no_address_carries_a_receipt(opened, client):
    """Proxies, histories and logs keep addresses; what stands in one is not even read."""
    ballot = opened.cast(0, AGREE)
    answer = client.get(opened.address("receipt"), {"seal": ballot.seal})
    assert "这张选票" not in main_of(answer)
    assert ballot.seal not in opened.address("cast", ballot=ballot.pk)


def test_before_anything_is_asked_nothing_is_said(opened, client):
    page = main_of(client.get(opened.address("receipt")))
    assert "notice" not in page


def test_a_hidden_meeting_has_no_receipts(nominating, cast, client):
    assert client.get(nominating.address("receipt")).status_code == 404
    client.force_login(cast.li)
    assert client.get(nominating.address("receipt")).status_code == 200


@pytest.mark.parametrize("name", ["meeting", "result-json"])
def test_what_is_read_is_not_posted_to(published, client, name):
    assert client.post(published.address(name)).status_code == 405


def test_the_time_of_voting_is_that_of_the_compounds_clock(published, client):
    with time_machine.travel(OPENED, tick=False):
        page = main_of(client.get(published.meeting.get_absolute_url()))
    assert "2026年10月1日 09:00" in page
