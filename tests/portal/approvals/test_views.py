"""The list and the page of a request: who sees what, and what the buttons do."""

from datetime import timedelta

import pytest
import time_machine

from portal.approvals import actions
from portal.approvals.models import Answer
from portal.tools.keys import new_key
from tests.factories import people
from tests.factories.approvals import Doing


@pytest.fixture
def asked(cast, doing, noon):
    with time_machine.travel(noon, tick=False):
        wanted = actions.Wanted("tests.do", cast.compound, new_key(), "理由在此", {"code": "甲"})
        yield actions.ask(wanted, by=cast.li, at=noon)


def page(client, user, address, data=None):
    client.force_login(user)
    return client.get(address) if data is None else client.post(address, data)


def test_the_page_shows_everything_that_will_happen(client, cast, asked):
    shown = page(client, cast.zhao, asked.get_absolute_url()).content.decode()
    words = ["试办一件事", "理由在此", "办理 甲", "李二", "2026年11月27日 12:00", "同意并办理"]
    assert [word for word in words if word not in shown] == []


def test_who_asked_sees_no_button_to_agree(client, cast, asked):
    shown = page(client, cast.li, asked.get_absolute_url()).content.decode()
    assert ("同意并办理" in shown, "撤回申请" in shown) == (False, True)
    assert page(client, cast.li, f"{asked.get_absolute_url()}agree/", {}).status_code == 403
    assert Answer.objects.count() == 0


def test_another_compound_hears_nothing_of_it(client, cast, asked):
    for who in (cast.qian, cast.chen, cast.sun):
        for act in ("", "agree/", "refuse/", "withdraw/", "alone/"):
            answer = page(client, who, f"{asked.get_absolute_url()}{act}", {} if act else None)
            assert answer.status_code == 404


def test_agreeing_does_it_once_however_often_the_button_is_pressed(client, cast, doing, asked):
    address = f"{asked.get_absolute_url()}agree/"
    assert page(client, cast.zhao, address, {}).status_code == 302
    assert page(client, cast.zhao, address, {}).status_code == 409
    assert len(doing.done) == 1


def test_a_refusal_needs_its_reason(client, cast, doing, asked):
    address = f"{asked.get_absolute_url()}refuse/"
    assert page(client, cast.zhao, address, {"reason": " "}).status_code == 422
    assert page(client, cast.zhao, address, {"reason": "不合适"}).status_code == 302
    assert Answer.objects.get().words == "不合适"
    assert "不合适" in page(client, cast.li, asked.get_absolute_url()).content.decode()


def test_after_the_time_the_page_says_so_and_has_no_button(client, cast, doing, asked):
    with time_machine.travel(asked.lapses_at + timedelta(minutes=1), tick=False):
        shown = page(client, cast.zhao, asked.get_absolute_url()).content.decode()
        assert ("视为未同意" in shown, "同意并办理" in shown) == (True, False)
        answer = page(client, cast.zhao, f"{asked.get_absolute_url()}agree/", {})
    assert answer.status_code == 409
    assert "答复期限 2026年11月27日 12:00 已过" in answer.content.decode()


def test_what_cannot_be_done_now_is_said_in_its_own_words(client, cast, doing, asked):
    doing.refuses = True
    answer = page(client, cast.zhao, f"{asked.get_absolute_url()}agree/", {})
    assert (answer.status_code, "现在不能办理。" in answer.content.decode()) == (409, True)


def test_the_asker_takes_it_back(client, cast, asked):
    assert page(client, cast.li, f"{asked.get_absolute_url()}withdraw/", {}).status_code == 302
    assert Answer.objects.get().outcome == "withdrawn"


def test_only_what_may_be_done_alone_has_the_way_to_it(client, cast, monkeypatch, doing, noon):
    Doing(name="tests.alone", may_be_alone=True).registered(monkeypatch)
    with time_machine.travel(noon, tick=False):
        wanted = actions.Wanted("tests.alone", cast.compound, new_key(), "试")
        asked = actions.ask(wanted, by=cast.li, at=noon)
        address = asked.get_absolute_url()
        assert "单独办理并公告" in page(client, cast.li, address).content.decode()
        assert page(client, cast.li, f"{address}alone/", {"reason": ""}).status_code == 422
        assert page(client, cast.li, f"{address}alone/", {"reason": "急"}).status_code == 302
    assert Answer.objects.get().outcome == "alone"


def test_the_wrong_way_to_ask_is_refused(client, cast, asked):
    client.force_login(cast.zhao)
    assert client.post(asked.get_absolute_url()).status_code == 405
    assert client.get(f"{asked.get_absolute_url()}agree/").status_code == 405


def test_who_has_not_signed_in_is_led_to_it(client, cast, asked):
    assert client.get(asked.get_absolute_url()).status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    client, cast, doing, noon, rows, django_assert_num_queries
):
    officer = people.user("韩十")
    with time_machine.travel(noon, tick=False):
        people.region_office(officer, cast.compound.region, "community-officer")
        for _row in range(rows):
            wanted = actions.Wanted("tests.do", cast.compound, new_key(), "试")
            actions.ask(wanted, by=cast.li, at=noon)
        client.force_login(officer)
        client.get("/approvals/")
        with django_assert_num_queries(15):
            shown = client.get("/approvals/").content.decode()
    assert shown.count("等待您答复") == rows
