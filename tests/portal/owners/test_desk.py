"""At the desk an owner's account is bound by papers, and parted again with a reason."""

import pytest
from django.urls import reverse

from committees.queries import voters_of
from portal.owners import actions, queries
from portal.owners.models import Binding
from portal.tools.audit.models import AuditEntry
from tests.factories import meetings, people, places
from tests.racing import at_once

PAPERS = "身份证、不动产权证原件"


@pytest.fixture
def home(cast):
    return places.part(cast.compound, "2-1-201")


@pytest.fixture
def owner(cast, home):
    """Owns a home; the phone on the roll is an old one."""
    return people.owner(cast.compound, home, name="周小七", phone="+8610099990001")


@pytest.fixture
def zhou(db):
    return people.user("周小七", phone="+8613800138001")


@pytest.fixture
def clerk(client, cast):
    client.force_login(cast.li)
    return client


def binding_page(cast, home, owner):
    return reverse("owners:bind", args=[cast.compound.code, home.pk, owner.pk])


def ending_page(cast, home, binding):
    return reverse("owners:end-binding", args=[cast.compound.code, home.pk, binding.pk])


def part_page(cast, home):
    return reverse("owners:part", args=[cast.compound.code, home.pk])


def typed(**fields):
    return {"name": "周小七", "phone": "138 0013 8001", "papers": PAPERS} | fields


def bound(cast, owner, user, noon):
    return actions.bind_at_desk(owner, user.pk, papers=PAPERS, by=cast.li.pk, at=noon)


def test_the_clerk_comes_from_a_room_to_its_owner_and_binds_the_account(
    clerk, cast, home, owner, zhou
):
    roll = reverse("owners:roll", args=[cast.compound.code])
    assert clerk.get(roll, {"room": "2幢1单元201室"})["Location"] == part_page(cast, home)
    assert binding_page(cast, home, owner) in clerk.get(part_page(cast, home)).content.decode()
    answer = clerk.post(binding_page(cast, home, owner), typed())
    assert answer["Location"] == part_page(cast, home)
    found = Binding.objects.get(owner=owner)
    assert (found.user, found.basis, found.by) == (zhou.pk, "desk", cast.li.pk)
    assert found.papers == PAPERS
    assert [one.part for one in queries.homes_of(zhou)] == [home]
    entry = AuditEntry.objects.get(act="owners.bind", object_id=found.pk)
    assert entry.actor == cast.li.pk
    assert entry.facts == {"owner": str(owner.pk), "user": str(zhou.pk), "basis": "desk"}


def test_a_room_that_is_not_on_the_roll_is_told_and_stays_typed(clerk, cast, home):
    page = clerk.get(reverse("owners:roll", args=[cast.compound.code]), {"room": "9-9-909"})
    assert "名册上没有这个房号" in page.content.decode()
    assert "9-9-909" in page.content.decode()


def test_everything_wrong_is_told_at_once_and_stays_typed(clerk, cast, home, owner):
    page = clerk.post(
        binding_page(cast, home, owner), {"name": "", "phone": "12", "papers": " ", "x": "1"}
    )
    assert page.status_code == 422
    assert sorted(page.context["form"].errors) == ["name", "papers", "phone"]
    assert 'value="12"' in page.content.decode()
    assert not Binding.objects.filter(owner=owner).exists()


@pytest.mark.parametrize(
    "wrong", [{"phone": "13800138002"}, {"name": "周大七"}], ids=["phone", "name"]
)
def test_neither_name_nor_phone_alone_finds_an_account(clerk, cast, home, owner, zhou, wrong):
    page = clerk.post(binding_page(cast, home, owner), typed(**wrong))
    assert page.status_code == 422
    assert page.context["form"].errors["phone"] == [
        "没有找到姓名与手机号都相符的账户。请本人先用真实姓名注册。"
    ]
    assert not Binding.objects.filter(owner=owner).exists()


def test_an_account_that_is_shut_or_whose_phone_is_unproved_is_not_found(
    clerk, cast, home, owner, zhou
):
    zhou.is_active = False
    zhou.save()
    assert clerk.post(binding_page(cast, home, owner), typed()).status_code == 422
    zhou.is_active, zhou.phone_hash, zhou.phone_verified = True, None, False
    zhou.save()
    assert clerk.post(binding_page(cast, home, owner), typed()).status_code == 422


def test_another_name_than_the_rolls_needs_the_clerks_word(clerk, cast, home, owner):
    people.user("周小柒", phone="+8613800138003")
    other = typed(name="周小柒", phone="13800138003")
    page = clerk.post(binding_page(cast, home, owner), other)
    assert list(page.context["form"].errors) == ["acts_for_owner"]
    assert clerk.post(binding_page(cast, home, owner), other | {"acts_for_owner": "on"})[
        "Location"
    ] == part_page(cast, home)


def test_sent_twice_it_is_one_binding(clerk, cast, home, owner, zhou):
    answers = [clerk.post(binding_page(cast, home, owner), typed()) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Binding.objects.filter(owner=owner).count() == 1
    assert AuditEntry.objects.filter(act="owners.bind").count() == 1


def test_an_owner_who_is_another_account_is_refused_in_words(clerk, cast, home, owner, zhou, noon):
    bound(cast, owner, people.user("周小七"), noon)
    page = clerk.post(binding_page(cast, home, owner), typed())
    assert page.status_code == 422
    assert "已绑定另一个账户" in page.content.decode()


def test_nobody_at_the_desk_binds_the_own_account(clerk, cast, home, owner):
    own = people.user("李二", phone="+8613800138005")
    people.compound_office(own, cast.compound, "meeting-clerk")
    clerk.force_login(own)
    mine = typed(name="李二", phone="13800138005", acts_for_owner="on")
    page = clerk.post(binding_page(cast, home, owner), mine)
    assert "不能为自己的账户办理" in page.content.decode()
    assert not Binding.objects.filter(owner=owner).exists()


def test_pages_show_masks_only(clerk, cast, home, owner, zhou, noon):
    binding = bound(cast, owner, zhou, noon)
    pages = [
        clerk.get(address).content.decode()
        for address in (
            part_page(cast, home),
            binding_page(cast, home, owner),
            ending_page(cast, home, binding),
        )
    ]
    assert all("周*七" in page for page in pages)
    assert not any("周小七" in page or "13800138001" in page for page in pages)
    assert "138****8001" in pages[2]


def test_a_binding_is_ended_with_a_reason_and_kept(clerk, cast, home, owner, zhou, noon):
    binding = bound(cast, owner, zhou, noon)
    page = clerk.post(ending_page(cast, home, binding), {"reason": "  "})
    assert page.status_code == 422
    for _ in range(2):
        answer = clerk.post(ending_page(cast, home, binding), {"reason": "绑错了人"})
        assert answer["Location"] == part_page(cast, home)
    binding.refresh_from_db()
    assert (binding.ended_by, binding.end_reason) == (cast.li.pk, "绑错了人")
    assert AuditEntry.objects.filter(act="owners.end_binding").count() == 1
    assert queries.homes_of(zhou) == []
    assert queries.compounds_of(zhou) == set()
    assert "绑错了人" in clerk.get(ending_page(cast, home, binding)).content.decode()
    assert clerk.post(binding_page(cast, home, owner), typed()).status_code == 302
    assert Binding.objects.current().get(owner=owner).user == zhou.pk


def test_whom_the_desk_parted_does_not_bind_again_by_phone_but_the_owner_does(
    client, cast, home, noon, db
):
    zhou = people.user("周小七", phone="+8613800138001")
    owner = people.owner(cast.compound, home, name="周小七", phone="+8613800138001")
    assert list(queries.homes_to_bind(zhou)) == [owner]
    binding = actions.bind(owner, zhou.pk, basis=Binding.Basis.PHONE, at=noon)
    actions.end_binding(binding, reason="绑错了人", by=cast.li.pk, at=noon)
    assert list(queries.homes_to_bind(zhou)) == []
    client.force_login(zhou)
    own = client.get(reverse("owners:homes")).content.decode()
    assert "房屋绑定已于" in own
    assert "绑错了人" not in own
    bound(cast, owner, people.user("周小七"), noon)
    assert list(queries.homes_to_bind(zhou)) == []


def test_an_ended_binding_casts_no_ballot(cast, letters, noon):
    held = meetings.opened(cast.compound, cast.li)
    user = people.user()
    binding = bound(cast, held.owners[0], user, noon)
    assert list(voters_of(held.meeting, user.pk)) == [held.voter(0)]
    actions.end_binding(binding, reason="绑错了人", by=cast.li.pk, at=noon)
    assert list(voters_of(held.meeting, user.pk)) == []


@pytest.mark.parametrize("who", ["chen", "wang", "zhao", "qian", "sun"])
def test_nobody_without_a_desk_binds_or_parts(client, cast, home, owner, zhou, noon, who):
    binding = bound(cast, owner, zhou, noon)
    client.force_login(getattr(cast, who))
    for address in (binding_page(cast, home, owner), ending_page(cast, home, binding)):
        assert client.get(address).status_code == 403
        assert client.post(address, typed(reason="x")).status_code == 403
    assert "账户绑定" not in client.get(part_page(cast, home)).content.decode()


def test_the_community_has_a_desk_too(client, cast, home, owner):
    officer = people.user()
    people.region_office(officer, cast.compound.region, "community-officer")
    client.force_login(officer)
    assert client.get(binding_page(cast, home, owner)).status_code == 200


def test_a_visitor_is_led_to_sign_in(client, cast, home, owner):
    for answer in (
        client.get(binding_page(cast, home, owner)),
        client.post(binding_page(cast, home, owner), typed()),
    ):
        assert answer["Location"].startswith("/account/login/")


def test_an_owner_of_another_home_is_not_found_at_this_one(clerk, cast, home, owner, zhou, noon):
    binding = bound(cast, owner, zhou, noon)
    assert clerk.get(binding_page(cast, cast.flat, owner)).status_code == 404
    assert clerk.get(ending_page(cast, cast.flat, binding)).status_code == 404
    assert clerk.put(binding_page(cast, home, owner)).status_code == 405


def test_two_accounts_bound_to_one_owner_at_once_leave_one(own_database, noon):
    from tests.factories.cast import make_cast

    cast = make_cast()
    owner = people.owner(cast.compound, places.part(cast.compound, "2-1-201"))
    users = [people.user() for _ in range(2)]
    outcomes = at_once(*[lambda user=user: bound(cast, owner, user, noon) for user in users])
    assert sorted(type(one).__name__ for one in outcomes) == ["Binding", "BoundAlready"]
    assert Binding.objects.filter(owner=owner).count() == 1
