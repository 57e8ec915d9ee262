"""While a meeting runs an account is bound by two people, seen by both, and the owner is told."""

import pytest
import time_machine
from django.urls import reverse

from portal.approvals import actions as approvals
from portal.approvals.models import Request
from portal.approvals.queries import sheets
from portal.owners import actions, queries, tasks
from portal.owners.models import Binding
from portal.owners.running import is_in_use
from tests.factories import meetings, people
from tests.factories.meetings import OPENED, PREPARED

PAPERS = "身份证、不动产权证原件"


@pytest.fixture
def opened(cast, letters):
    return meetings.opened(cast.compound, cast.li)


@pytest.fixture
def buyer(db):
    """Whose account a clerk would bind to several owners."""
    return people.user("周小七", phone="+8613800138001")


def ask(cast, owner, user, at=OPENED) -> Request:
    return actions.ask_to_bind(owner, user.pk, papers=PAPERS, by=cast.li, at=at)


@pytest.mark.parametrize(
    ("stage", "held"),
    [
        ("prepared", False),
        ("nominating", True),
        ("published", True),
        ("opened", True),
        ("counted", False),
    ],
)
def test_the_roll_is_in_use_from_the_freeze_to_the_count(cast, letters, stage, held):
    getattr(meetings, stage)(cast.compound, cast.li)
    assert (is_in_use(cast.compound.pk), is_in_use(cast.other_compound.pk)) == (held, False)


def test_at_the_desk_the_clerk_asks_and_another_binds(client, cast, opened, buyer):
    owner = opened.owners[0]
    part = owner.holdings.get().part
    address = reverse("owners:bind", args=[cast.compound.code, part.pk, owner.pk])
    typed = {"name": "周小七", "phone": "138 0013 8001", "papers": PAPERS, "acts_for_owner": "on"}
    with time_machine.travel(OPENED, tick=False):
        client.force_login(cast.li)
        answer = client.post(address, typed)
        asked = Request.objects.get()
        assert answer["Location"] == asked.get_absolute_url()
        assert not Binding.objects.filter(owner=owner).exists()
        client.force_login(cast.zhao)
        page = client.get(asked.get_absolute_url()).content.decode()
        assert [word for word in ("周*七", part.key, PAPERS) if word not in page] == []
        client.post(f"{asked.get_absolute_url()}agree/")
    binding = Binding.objects.get(owner=owner)
    assert (binding.user, binding.by, binding.papers) == (buyer.pk, cast.li.pk, PAPERS)


def test_one_account_for_three_owners_is_seen_by_who_must_agree(cast, opened, buyer):
    """One clerk bound one account to three owners, and it cast three ballots."""
    for owner in opened.owners[:2]:
        approvals.agree(ask(cast, owner, buyer), by=cast.zhao, at=OPENED)
    third = ask(cast, opened.owners[2], buyer)
    (already,) = [value for label, value in sheets([third])[0].lines if "其他业主" in label]
    assert [one.holdings.get().part.key in already for one in opened.owners[:3]] == [
        True,
        True,
        False,
    ]
    (shared,) = queries.shared_accounts(cast.compound)
    assert (shared.name, shared.owners) == ("周小七", opened.owners[:2])


def test_the_console_lists_the_accounts_of_several_owners(client, cast, opened, buyer):
    for owner in opened.owners[:2]:
        approvals.agree(ask(cast, owner, buyer), by=cast.zhao, at=OPENED)
    client.force_login(cast.zhao)
    with time_machine.travel(OPENED, tick=False):
        page = client.get(opened.address("console")).content.decode()
    keys = [one.holdings.get().part.key for one in opened.owners[:2]]
    assert [word for word in ["一个账户绑定了几位业主", *keys] if word not in page] == []


def test_who_agrees_is_not_whose_account_is_bound(cast, opened):
    asked = ask(cast, opened.owners[0], cast.zhao)
    with pytest.raises(approvals.CarriedOutNot):
        approvals.agree(asked, by=cast.zhao, at=OPENED)
    with pytest.raises(actions.Oneself):
        ask(cast, opened.owners[0], cast.li)


def test_an_owner_bound_meanwhile_stays_bound(cast, opened, buyer):
    asked = ask(cast, opened.owners[0], buyer)
    actions.bind(opened.owners[0], cast.chen.pk, basis=Binding.Basis.PHONE, at=OPENED)
    with pytest.raises(approvals.CarriedOutNot):
        approvals.agree(asked, by=cast.zhao, at=OPENED)


def test_before_the_freeze_one_clerk_binds(client, cast, letters, buyer):
    held = meetings.prepared(cast.compound, cast.li)
    owner = held.owners[0]
    part = owner.holdings.get().part
    address = reverse("owners:bind", args=[cast.compound.code, part.pk, owner.pk])
    typed = {"name": "周小七", "phone": "138 0013 8001", "papers": PAPERS, "acts_for_owner": "on"}
    with time_machine.travel(PREPARED, tick=False):
        client.force_login(cast.li)
        client.post(address, typed)
    assert Binding.objects.get(owner=owner).user == buyer.pk


def test_the_owner_is_told_at_the_rolls_number_and_at_the_accounts(
    cast, opened, buyer, letters, monkeypatch
):
    sent = []

    class Door:
        def send(self, to, template, values, *, key=""):
            sent.append((to, template, dict(values)))

    monkeypatch.setattr(tasks, "channel", lambda _name: Door())
    owner = opened.owners[0]
    letters.clear()
    approvals.agree(ask(cast, owner, buyer), by=cast.zhao, at=OPENED)
    (told,) = [ids for letter, ids in letters if letter == "owners.tell_bound"]
    tasks.tell_bound(**told)
    values = {"place": "幸福花园", "tail": "8001"}
    expected = [(phone, "home-bound", values) for phone in sorted([owner.phone, buyer.phone])]
    assert sent == expected
