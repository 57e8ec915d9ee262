"""The clerk prepares: a meeting, its matters, who stands; every fault is said and what was typed
stays."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from committees import actions
from committees.models import Candidate, Matter, Meeting
from portal.rulebook.models import CompoundRule
from tests.costs import page_cost
from tests.factories import meetings, rulebook
from tests.factories.meetings import CLOSED, OPENED, PREPARED

MEETING = {
    "title": "第二次会议",
    "kind": "extraordinary",
    "opens_at": "2026-10-01T09:00",
    "closes_at": "2026-10-15T09:00",
}
DECISION = {"title": "更新电梯", "text": "两部", "bar": "special", "scope": "b-2"}
ELECTION = {
    "elects": "other",
    "title": "选举监事",
    "seats": "5",
    "alternates": "1",
    "max_choices": "5",
}
NOMINEE = {
    "name": "业主3",
    "is_party_member": "0",
    "channel": "joint",
    "agrees_to_publish": "on",
    "statement": "住了十年",
}


@pytest.fixture
def clerk(client, cast):
    client.force_login(cast.li)
    return client


@pytest.fixture
def new(cast):
    rulebook.load()
    with time_machine.travel(PREPARED, tick=False):
        yield reverse("committees:new-meeting", args=[cast.compound.code])


def said(answer, status=422) -> str:
    assert answer.status_code == status
    return answer.content.decode()


def nominee(held, place=3, **changes):
    room = held.owners[place].holdings.get().part.key
    return NOMINEE | {"room": room, "name": f"业主{place}"} | changes


def test_a_meeting_is_begun_and_leads_to_its_console(clerk, cast, new):
    answer = clerk.post(new, MEETING)
    made = Meeting.objects.get()
    assert answer["Location"] == reverse(
        "committees:console", args=[made.compound.code, made.number]
    )
    assert (made.title, made.kind, made.stage) == ("第二次会议", "extraordinary", "preparing")
    assert (made.opens_at, made.closes_at) == (OPENED, CLOSED)


def test_a_meeting_sent_twice_is_one(clerk, new):
    answers = [clerk.post(new, MEETING)["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert Meeting.objects.count() == 1


def test_the_form_starts_from_the_periods_of_the_rulebook(clerk, new):
    form = clerk.get(new).context["form"]
    opens_at, closes_at = form["opens_at"].value(), form["closes_at"].value()
    assert f"{opens_at:%F %H:%M}" == "2026-09-17 09:00"
    assert f"{closes_at:%F %H:%M}" == "2026-09-24 18:00"


@pytest.mark.parametrize(
    ("key", "value", "closes"),
    [
        ("voting.days.usual.min", "20", "2026-10-07 18:00"),
        ("voting.days.usual.max", "6", "2026-09-23 18:00"),
        ("voting.days.min", "10", "2026-09-27 18:00"),
    ],
)
def test_the_owners_usual_days_of_voting_are_proposed(clerk, cast, new, key, value, closes):
    CompoundRule.objects.create(
        compound=cast.compound,
        key=key,
        value=value,
        clause="《议事规则》第9条",
        effective_from=date(2026, 1, 1),
    )
    closes_at = clerk.get(new).context["form"]["closes_at"].value()
    assert f"{closes_at:%F %H:%M}" == closes


def test_a_meeting_without_anything_is_told_all_that_is_missing(clerk, new):
    page = clerk.post(new, {"title": "", "kind": "yearly", "opens_at": "", "closes_at": "明天"})
    assert set(page.context["form"].errors) == {"title", "kind", "opens_at", "closes_at"}
    assert "明天" in said(page)


def test_a_meeting_that_ends_before_it_begins_is_refused_and_stays_typed(clerk, new):
    page = said(clerk.post(new, MEETING | {"closes_at": "2026-10-01T09:00"}))
    assert "投票截止必须晚于投票开始" in page
    assert "第二次会议" in page
    assert not Meeting.objects.exists()


def test_a_decision_and_an_election_are_put(clerk, prepared):
    for name, sent in (("new-decision", DECISION), ("new-election", ELECTION)):
        answer = clerk.post(prepared.address(name), sent)
        assert answer["Location"] == prepared.address("console")
    decision, election = prepared.matter(3), prepared.matter(4)
    assert (decision.bar, decision.scope, decision.text) == ("special", "b-2", "两部")
    assert (election.seats, election.alternates, election.max_choices) == (5, 1, 5)
    assert election.elects == Matter.Body.OTHER


def test_a_second_committee_is_refused_in_words_and_stays_typed(clerk, prepared):
    page = clerk.post(prepared.address("new-election"), ELECTION | {"elects": "committee"})
    assert list(page.context["form"].errors) == ["elects"]
    assert "已有选举业主委员会的事项“选举委员”" in said(page)
    assert "选举监事" in said(page)
    assert Matter.objects.count() == 2


def test_a_scope_that_this_compound_has_not_is_refused(clerk, prepared):
    page = clerk.post(prepared.address("new-decision"), DECISION | {"scope": "b-99"})
    assert set(page.context["form"].errors) == {"scope"}
    assert "更新电梯" in said(page)
    scopes = dict(page.context["form"].fields["scope"].choices)
    assert set(scopes) == {"homes", "all", "b-1", "b-2"}


def test_an_election_without_seats_or_choices_is_told_both(clerk, prepared):
    sent = ELECTION | {"seats": "0", "max_choices": "一"}
    page = clerk.post(prepared.address("new-election"), sent)
    assert set(page.context["form"].errors) == {"seats", "max_choices"}
    assert Matter.objects.count() == 2


def test_after_the_freeze_a_matter_is_refused_in_words_and_stays_typed(clerk, nominating):
    page = said(clerk.post(nominating.address("new-decision"), DECISION))
    assert "会议现在处于“名册已冻结，提名中”，不能进行这一步。" in page
    assert "更新电梯" in page


def test_a_matter_is_taken_off_and_pressing_again_changes_nothing(clerk, prepared):
    for _again in range(2):
        answer = clerk.post(prepared.address("drop-matter", position=1))
        assert answer["Location"] == prepared.address("console")
    assert [one.position for one in Matter.objects.all()] == [2]


def test_after_the_freeze_no_matter_is_taken_off(clerk, nominating):
    answer = clerk.post(nominating.address("drop-matter", position=1), follow=True)
    assert "不能进行这一步" in answer.content.decode()
    assert Matter.objects.count() == 2


def test_a_nomination_is_taken_with_what_was_declared(clerk, nominating):
    address = nominating.address("nominate", position=2)
    answer = clerk.post(address, nominee(nominating))
    assert answer["Location"] == address
    who = Candidate.objects.get(position=4)
    assert (who.owner, who.is_party_member, who.agrees_to_publish) == (
        nominating.owners[3],
        False,
        True,
    )
    assert (who.channel, who.statement) == ("joint", "住了十年")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "业主4"}, "名册上没有这位业主，不能提名。请核对房号和姓名。"),
        ({"room": "没有这样的房号"}, "名册上没有这位业主，不能提名。请核对房号和姓名。"),
        ({"room": "1-1-201", "name": "业主0"}, "这位业主已经是本次选举的候选人。"),
    ],
)
def test_who_cannot_stand_is_told_why_and_what_was_typed_stays(clerk, nominating, changes, words):
    page = said(
        clerk.post(nominating.address("nominate", position=2), nominee(nominating, **changes))
    )
    assert words in page
    assert "住了十年" in page
    assert Candidate.objects.count() == 3


def test_the_room_is_read_as_people_write_it(clerk, nominating):
    sent = nominee(nominating, place=4, room="1幢1单元205室")
    assert clerk.post(nominating.address("nominate", position=2), sent).status_code == 302


def test_a_nomination_without_anything_is_told_all_that_is_missing(clerk, nominating):
    page = clerk.post(nominating.address("nominate", position=2), {"statement": "x" * 501})
    errors = page.context["form"].errors
    assert set(errors) == {"room", "name", "is_party_member", "channel", "statement"}


def test_party_share_is_shown_of_who_stands(clerk, nominating):
    page = said(clerk.get(nominating.address("nominate", position=2)), 200)
    assert "候选人中中共党员 2 / 3，应选 2 人" in page
    actions.withdraw(Candidate.objects.get(position=1), by=nominating.clerk.pk, at=PREPARED)
    page = said(clerk.get(nominating.address("nominate", position=2)), 200)
    assert "候选人中中共党员 1 / 2，应选 2 人" in page
    assert "已撤回" in page


def test_a_nomination_is_withdrawn_once(clerk, nominating):
    for _again in range(2):
        answer = clerk.post(nominating.address("withdraw", position=2, candidate=1))
        assert answer["Location"] == nominating.address("nominate", position=2)
    assert Candidate.objects.standing().count() == 2
    missing = nominating.address("withdraw", position=2, candidate=9)
    assert clerk.post(missing).status_code == 404


def test_once_the_list_is_out_nobody_withdraws_and_nobody_is_nominated(clerk, published):
    answer = clerk.post(published.address("withdraw", position=2, candidate=1), follow=True)
    assert "不能进行这一步" in answer.content.decode()
    page = said(clerk.post(published.address("nominate", position=2), nominee(published)))
    assert "不能进行这一步" in page
    assert Candidate.objects.standing().count() == 3


def test_nobody_is_nominated_for_a_decision(clerk, nominating):
    for name, more in (("nominate", {}), ("withdraw", {"candidate": 1})):
        address = nominating.address(name, position=1, **more)
        assert clerk.post(address, nominee(nominating)).status_code == 404


def test_the_nominations_cost_the_same_at_one_and_three(cast, letters, clerk):
    held = meetings.nominating(cast.compound, cast.li, candidates=1)
    address = held.address("nominate", position=2)
    one = page_cost(clerk, address)
    for place in (1, 2):
        meetings.nominate(held, place)
    assert page_cost(clerk, address) == one


def test_the_console_costs_the_same_at_one_matter_and_at_three(cast, prepared, clerk):
    actions.drop_matter(prepared.matter(2), by=cast.li.pk, at=PREPARED)
    one = page_cost(clerk, prepared.address("console"))
    for title in ("甲", "乙"):
        plan = actions.DecisionPlan(title, "", "ordinary")
        actions.put_matter(prepared.meeting, plan, by=cast.li.pk, at=PREPARED)
    assert page_cost(clerk, prepared.address("console")) == one


@pytest.mark.parametrize("name", ["drop-matter", "withdraw"])
def test_what_changes_is_never_read(clerk, nominating, name):
    more = {"candidate": 1} if name == "withdraw" else {}
    assert clerk.get(nominating.address(name, position=2, **more)).status_code == 405


@pytest.mark.parametrize("name", ["new-decision", "new-election", "nominate"])
@pytest.mark.parametrize(("who", "status"), [("qian", 403), ("zhao", 403), (None, 302)])
def test_the_clerk_of_elsewhere_and_who_only_watches_prepare_nothing(
    client, cast, nominating, name, who, status
):
    if who:
        client.force_login(getattr(cast, who))
    more = {"position": 2} if name == "nominate" else {}
    address = nominating.address(name, **more)
    assert client.get(address).status_code == client.post(address, {}).status_code == status
