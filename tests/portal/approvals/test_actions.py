"""Asked by one, answered by another, once and in time."""

from datetime import timedelta

import pytest

from portal.accounts.actions import prove_phone
from portal.accounts.models import CompoundOffice, RegionOffice
from portal.approvals import actions, kinds, queries
from portal.approvals.models import Answer, Request, Subject
from portal.publicity.models import Publicity
from portal.publicity.tasks import post_done_alone
from portal.tools.audit.models import AuditEntry
from portal.tools.keys import new_key
from tests.factories import people
from tests.factories.approvals import CLERK, COMMUNITY, COUNTY, STREET, Doing

TARGET = new_key()


def wanted(place, **changes) -> actions.Wanted:
    facts = {"kind": "tests.do", "place": place, "target": TARGET, "reason": "为了试一试"}
    return actions.Wanted(**facts | changes)


def asked_by_li(cast, at, **changes) -> Request:
    return actions.ask(wanted(cast.compound, **changes), by=cast.li, at=at)


def acts() -> list[str]:
    return list(
        AuditEntry.objects.filter(act__startswith="approvals.")
        .order_by("at", "pk")
        .values_list("act", flat=True)
    )


def test_what_another_agrees_to_is_carried_out_in_the_same_transaction(cast, doing, noon):
    asked = asked_by_li(cast, noon)
    assert doing.done == []
    later = noon + timedelta(hours=1)
    answer = actions.agree(asked, by=cast.zhao, at=later)
    assert doing.done == [(asked.pk, cast.zhao.pk, later)]
    assert (answer.outcome, answer.by, answer.answered_as) == ("agreed", cast.zhao.pk, STREET)
    assert (asked.asked_by, asked.asked_as) == (cast.li.pk, CLERK)
    assert acts() == ["approvals.ask", "approvals.agreed"]


def test_the_rulebook_gives_the_time_to_answer(cast, doing, noon):
    assert asked_by_li(cast, noon).lapses_at == noon + timedelta(hours=72)


def test_the_same_asked_twice_is_one_request(cast, doing, noon):
    first = asked_by_li(cast, noon)
    assert asked_by_li(cast, noon + timedelta(seconds=1)) == first
    assert Request.objects.count() == 1


def test_the_same_asked_by_another_points_at_the_first(cast, doing, noon):
    first = asked_by_li(cast, noon)
    other = people.user("钱二")
    people.compound_office(other, cast.compound, CLERK)
    with pytest.raises(actions.AskedAlready) as refusal:
        actions.ask(wanted(cast.compound), by=other, at=noon)
    assert refusal.value.request == first.pk


def test_what_was_refused_can_be_asked_again(cast, doing, noon):
    first = asked_by_li(cast, noon)
    actions.refuse(first, reason="再等等", by=cast.zhao, at=noon)
    assert asked_by_li(cast, noon) != first
    assert doing.done == []


def test_who_holds_no_office_there_neither_asks_nor_answers(cast, doing, noon):
    with pytest.raises(actions.NoOfficeHere):
        actions.ask(wanted(cast.compound), by=cast.qian, at=noon)
    asked = asked_by_li(cast, noon)
    elsewhere = people.user("外街道")
    people.region_office(elsewhere, cast.other_compound.region.parent, STREET)
    for nobody in (cast.chen, cast.qian, elsewhere):
        with pytest.raises(actions.NoOfficeHere):
            actions.agree(asked, by=nobody, at=noon)


def test_where_nobody_could_agree_nothing_is_asked(cast, doing, noon):
    RegionOffice.objects.filter(user=cast.zhao).delete()
    with pytest.raises(actions.NobodyAnswers):
        asked_by_li(cast, noon)
    people.region_office(cast.li, cast.compound.region, COMMUNITY)  # the asker alone is nobody
    with pytest.raises(actions.NobodyAnswers):
        asked_by_li(cast, noon)


def test_the_asker_does_not_answer_through_a_second_office(cast, doing, noon):
    people.region_office(cast.li, cast.compound.region, COMMUNITY)
    asked = asked_by_li(cast, noon)
    with pytest.raises(actions.Oneself):
        actions.agree(asked, by=cast.li, at=noon)


@pytest.fixture
def second_account(cast):
    user = people.user("李二小号")
    people.region_office(user, cast.compound.region, COMMUNITY)
    return user


def test_an_account_that_gives_the_askers_phone_does_not_answer(cast, doing, noon, second_account):
    asked = asked_by_li(cast, noon)
    second_account.phone, second_account.phone_hash = cast.li.phone, None
    second_account.phone_verified = False
    second_account.save()
    with pytest.raises(actions.Oneself):
        actions.agree(asked, by=second_account, at=noon)


def test_a_phone_that_changed_hands_between_two_accounts_is_one_person(
    cast, doing, noon, second_account
):
    old = "+8610012340001"
    prove_phone(cast.li, old, at=noon)
    prove_phone(cast.li, "+8610012340002", at=noon)
    prove_phone(second_account, old, at=noon)
    asked = asked_by_li(cast, noon)
    with pytest.raises(actions.Oneself):
        actions.agree(asked, by=second_account, at=noon)
    prove_phone(second_account, "+8610012340003", at=noon)  # nor after another change
    with pytest.raises(actions.Oneself):
        actions.agree(asked, by=second_account, at=noon)


def test_a_second_answer_is_refused_and_nothing_is_done_twice(cast, doing, noon, han):
    asked = asked_by_li(cast, noon)
    actions.agree(asked, by=cast.zhao, at=noon)
    for again in (cast.zhao, han):
        with pytest.raises(actions.AnsweredAlready) as refusal:
            actions.agree(asked, by=again, at=noon)
        assert refusal.value.outcome == "agreed"
    with pytest.raises(actions.AnsweredAlready):
        actions.refuse(asked, reason="不", by=han, at=noon)
    assert len(doing.done) == 1


def test_an_answer_after_the_time_is_refused_and_the_request_lapses(cast, doing, noon, letters):
    asked = asked_by_li(cast, noon)
    over = asked.lapses_at
    with pytest.raises(actions.TimeIsOver):
        actions.agree(asked, by=cast.zhao, at=over)
    assert actions.lapse(at=over - timedelta(seconds=1)) == 0
    assert (actions.lapse(at=over), actions.lapse(at=over)) == (1, 0)
    assert Answer.objects.get().outcome == "lapsed"
    with pytest.raises(actions.AnsweredAlready):
        actions.agree(asked, by=cast.zhao, at=over)
    assert doing.done == []


def test_only_the_asker_takes_back(cast, doing, noon):
    asked = asked_by_li(cast, noon)
    with pytest.raises(actions.NoOfficeHere):
        actions.withdraw(asked, by=cast.zhao, at=noon)
    actions.withdraw(asked, by=cast.li, at=noon)
    with pytest.raises(actions.AnsweredAlready):
        actions.agree(asked, by=cast.zhao, at=noon)


def test_what_an_asker_who_left_the_office_asked_is_not_agreed_to(cast, doing, noon):
    asked = asked_by_li(cast, noon)
    CompoundOffice.objects.filter(user=cast.li, role=CLERK).update(until=noon - timedelta(days=1))
    with pytest.raises(actions.AskerLeft):
        actions.agree(type(asked).objects.get(), by=cast.zhao, at=noon)


def test_what_cannot_be_done_leaves_no_answer(cast, doing, noon):
    asked = asked_by_li(cast, noon)
    doing.refuses = True
    with pytest.raises(actions.CarriedOutNot) as refusal:
        actions.agree(asked, by=cast.zhao, at=noon)
    assert refusal.value.sentences == ["现在不能办理。"]
    assert Answer.objects.count() == 0
    doing.refuses = False
    actions.agree(asked, by=cast.zhao, at=noon)
    assert len(doing.done) == 1


def test_two_people_of_two_offices(cast, monkeypatch, doing, noon, han):
    two = Doing(name="tests.two", other_office=True).registered(monkeypatch)
    other = people.user("另一街道")
    people.region_office(other, cast.compound.region.parent, STREET)
    asked = actions.ask(wanted(cast.compound, kind="tests.two"), by=cast.zhao, at=noon)
    with pytest.raises(actions.SameOffice):
        actions.agree(asked, by=other, at=noon)
    actions.agree(asked, by=han, at=noon)
    assert [done[1] for done in two.done] == [han.pk]


def test_where_two_offices_are_needed_and_one_is_there_nothing_is_asked(
    cast, monkeypatch, doing, noon
):
    Doing(name="tests.two", other_office=True).registered(monkeypatch)
    other = people.user("另一街道")
    people.region_office(other, cast.compound.region.parent, STREET)
    with pytest.raises(actions.NobodyAnswers):
        actions.ask(wanted(cast.compound, kind="tests.two"), by=cast.zhao, at=noon)


def test_who_holds_two_offices_asks_as_the_one_that_leaves_somebody_to_answer(
    cast, monkeypatch, doing, noon
):
    Doing(name="tests.two", other_office=True).registered(monkeypatch)
    both = people.user("身兼二职")
    people.region_office(both, cast.compound.region, COMMUNITY)
    people.region_office(both, cast.compound.region.parent, STREET)
    officer = people.user("社区另一人")
    people.region_office(officer, cast.compound.region, COMMUNITY)
    RegionOffice.objects.filter(user=cast.zhao).delete()
    asked = actions.ask(wanted(cast.compound, kind="tests.two"), by=both, at=noon)
    assert asked.asked_as == STREET
    actions.agree(asked, by=officer, at=noon)


def test_what_belongs_to_a_region_is_answered_over_it(cast, doing, noon):
    street, county = cast.compound.region.parent, cast.compound.region.parent.parent
    top, second = people.user("县一"), people.user("县二")
    for each in (top, second):
        people.region_office(each, county, COUNTY)
    asked = actions.ask(wanted(county), by=top, at=noon)
    with pytest.raises(actions.NoOfficeHere):  # the street is below the county
        actions.agree(asked, by=cast.zhao, at=noon)
    actions.agree(asked, by=second, at=noon)
    assert asked.region == county
    of_street = actions.ask(wanted(street), by=top, at=noon)
    actions.agree(of_street, by=cast.zhao, at=noon)
    assert len(doing.done) == 2


def test_it_waits_on_the_desk_of_everybody_who_may_answer_and_of_nobody_else(
    cast, doing, noon, han
):
    asked = asked_by_li(cast, noon)
    at = noon + timedelta(hours=1)
    for who in (cast.zhao, han):
        assert list(queries.waiting_for(who, at)) == [asked]
    for who in (cast.li, cast.chen, cast.qian, cast.sun, cast.wang):
        assert list(queries.waiting_for(who, at)) == []
    assert list(queries.waiting_for(cast.zhao, asked.lapses_at)) == []
    actions.agree(asked, by=han, at=at)
    assert list(queries.waiting_for(cast.zhao, at)) == []


def test_both_are_told(cast, doing, noon, han, letters):
    asked = asked_by_li(cast, noon)
    told = [(ids["user"], ids["word"]) for letter, ids in letters if letter == "approvals.tell"]
    assert sorted(told) == sorted([(cast.zhao.pk, "asked"), (han.pk, "asked")])
    letters.clear()
    actions.agree(asked, by=han, at=noon)
    told = [(ids["user"], ids["word"]) for letter, ids in letters if letter == "approvals.tell"]
    assert told == [(cast.li.pk, "ended"), (han.pk, "ended")]


def test_in_an_emergency_the_asker_acts_alone_and_it_is_posted(
    cast, monkeypatch, doing, noon, letters
):
    alone = Doing(name="tests.alone", may_be_alone=True).registered(monkeypatch)
    asked = asked_by_li(cast, noon, kind="tests.alone", facts={"code": "七"})
    with pytest.raises(actions.NoOfficeHere):
        actions.act_alone(asked, reason="水管爆裂", by=cast.zhao, at=noon)
    actions.act_alone(asked, reason="水管爆裂", by=cast.li, at=noon)
    assert [done[1] for done in alone.done] == [cast.li.pk]
    assert ("publicity.post_done_alone", {"request": asked.pk}) in list(letters)
    for _twice in range(2):
        post_done_alone(asked.pk)
    posted = Publicity.objects.get()
    assert (posted.kind, posted.days) == (Publicity.Kind.ALONE, 7)
    words = str(posted.body)
    assert [word in words for word in ("水管爆裂", "为了试一试", "办理 七")] == [True] * 3
    assert acts()[-1] == "approvals.alone"


def test_what_may_not_be_done_alone_is_refused(cast, doing, noon):
    asked = asked_by_li(cast, noon)
    with pytest.raises(actions.NeverAlone):
        actions.act_alone(asked, reason="着急", by=cast.li, at=noon)
    assert doing.done == []


@pytest.mark.parametrize("subject", ["waiver", "ballot", "key", "binding", "seat", "office"])
def test_no_kind_of_these_can_be_done_alone(subject):
    with pytest.raises(kinds.NotAKind):
        kinds.register(Doing(subject=Subject(subject), may_be_alone=True).kind)


def test_a_kind_is_registered_once(doing):
    with pytest.raises(kinds.NotAKind):
        kinds.register(doing.kind)
