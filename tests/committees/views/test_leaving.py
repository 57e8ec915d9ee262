"""The clerk puts down that a member left, and takes out what was put down by mistake."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from committees.models import Member
from tests.costs import page_cost
from tests.factories import committees, people, rulebook


@pytest.fixture
def term(cast):
    rulebook.load()
    sitting = [people.owner(cast.compound, name=name) for name in ("甲某", "乙某", "丙某")]
    waiting = [people.owner(cast.compound, name="丁某")]
    return committees.term(cast.compound, sitting, alternates=waiting)


@pytest.fixture
def clerk(client, cast, noon):
    client.force_login(cast.li)
    with time_machine.travel(noon, tick=False):
        yield client


def who(name):
    return next(one for one in Member.objects.order_by("-since", "-pk") if one.owner.name == name)


def address(cast, name, member):
    return reverse(f"committees:{name}", args=[cast.compound.code, member.pk])


def page(client, cast):
    answer = client.get(reverse("committees:committee", args=[cast.compound.code]))
    assert answer.status_code == 200
    return answer.content.decode()


def typed(**changes):
    words = {"last_on": "2026-11-20", "reason": "resigned", "basis": "2026年11月18日辞职报告"}
    return words | {"follower": str(who("丁某").pk)} | changes


def test_everybody_reads_who_left_and_who_moved_up(clerk, cast, term, client):
    leaver = who("乙某")
    assert address(cast, "leave", leaver) in page(clerk, cast)
    answer = clerk.post(address(cast, "leave", leaver), typed(), follow=True)
    assert "离任已记录，小区页已更新。" in answer.content.decode()
    client.logout()
    told = page(client, cast)
    assert "任至 2026年11月20日" in told
    assert "乙某不再任委员：辞职；候补委员丁某次日起递补" in told
    assert "2026年11月18日辞职报告" in told
    assert "撤销这次离任" not in told


def test_nothing_is_chosen_beforehand_and_every_field_is_asked_for(clerk, cast, term):
    form = clerk.get(address(cast, "leave", who("乙某"))).context["form"]
    assert [form[name].value() for name in form.fields] == [None] * 4
    answer = clerk.post(address(cast, "leave", who("乙某")), {})
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, set(form.fields))


def test_what_cannot_be_is_told_and_what_was_typed_stays(clerk, cast, term):
    sent = typed(last_on="2026-11-25")
    answer = clerk.post(address(cast, "leave", who("乙某")), sent)
    assert answer.status_code == 422
    assert answer.context["form"].errors["last_on"] == ["这一天还没有到。请在离任当天或以后记录。"]
    assert {name: answer.context["form"][name].value() for name in sent} == sent
    answer = clerk.post(address(cast, "leave", who("乙某")), typed(last_on="2023-12-31"))
    assert answer.context["form"].errors["last_on"] == ["这位成员从 2024年1月1日 起任职。"]


def test_who_gave_up_meanwhile_does_not_move_up_and_the_seat_is_not_left_open_unasked(
    clerk, cast, term
):
    sent = typed()
    clerk.post(address(cast, "leave", who("丁某")), typed(follower="vacant"))
    answer = clerk.post(address(cast, "leave", who("乙某")), sent)
    assert answer.status_code == 422
    assert "候补的次序已有变化" in answer.content.decode()
    assert (who("丁某").until, who("乙某").until) == (date(2026, 11, 20), None)


def test_an_alternate_gives_up_and_nobody_is_asked_for(clerk, cast, term):
    form = clerk.get(address(cast, "leave", who("丁某"))).context["form"]
    assert "follower" not in form.fields
    clerk.post(address(cast, "leave", who("丁某")), typed(follower="vacant"))
    assert "丁某不再任候补委员：辞职" in page(clerk, cast)


def test_who_left_already_is_told_with_the_day(clerk, cast, term):
    clerk.post(address(cast, "leave", who("乙某")), typed())
    there = address(cast, "leave", who("乙某"))
    for ask in (clerk.get, clerk.post):
        told = ask(there, follow=True).content.decode()
        assert "这位成员已于 2026年11月20日 离任。" in told
    assert Member.objects.filter(end_reason="resigned").count() == 1


def test_of_a_term_to_come_nobody_leaves(clerk, cast, term):
    there = committees.term(
        cast.other_compound,
        committees.owners(cast.other_compound, 1),
        starts_on=date(2026, 12, 1),
        ends_on=date(2031, 11, 30),
    )
    people.compound_office(cast.li, cast.other_compound, "meeting-clerk")
    page = clerk.get(reverse("committees:committee", args=[cast.other_compound.code]))
    assert address(cast, "leave", there.members.get()).split("/")[-3] not in page.content.decode()


def test_a_mistake_is_taken_out_again(clerk, cast, term):
    clerk.post(address(cast, "leave", who("乙某")), typed())
    put_back = address(cast, "put-back", who("乙某"))
    assert put_back in page(clerk, cast)
    for _twice in range(2):
        told = clerk.post(put_back, follow=True).content.decode()
        assert "离任记录已撤销" in told
    assert "中途变动" not in page(clerk, cast)
    assert who("丁某").alternate_rank == 1


def test_what_others_rest_on_is_told_to_stand(clerk, cast, term):
    clerk.post(address(cast, "leave", who("乙某")), typed())
    clerk.post(address(cast, "leave", who("丁某")), typed(last_on="2026-11-22", follower="vacant"))
    told = clerk.post(address(cast, "put-back", who("乙某")), follow=True).content.decode()
    assert "这次离任不能撤销" in told


def test_a_member_of_another_compound_is_not_found(clerk, cast, term):
    stranger = committees.term(cast.other_compound, committees.owners(cast.other_compound, 1))
    member = stranger.members.get()
    assert clerk.get(address(cast, "leave", member)).status_code == 404
    assert clerk.post(address(cast, "put-back", member)).status_code == 404


def test_the_page_costs_the_same_at_one_change_and_at_three(clerk, cast, term):
    there = reverse("committees:committee", args=[cast.compound.code])
    clerk.post(address(cast, "leave", who("乙某")), typed())
    one = page_cost(clerk, there)
    for name in ("甲某", "丙某"):
        clerk.post(address(cast, "leave", who(name)), typed(follower="vacant"))
    assert page_cost(clerk, there) == one
