"""One's own homes: those found by the phone are bound by the name on the roll, once."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.owners import actions, queries
from portal.owners.models import Binding, Holding, Owner, WrongName
from portal.tools.audit.models import AuditEntry
from tests.costs import page_cost
from tests.factories import people, places, rulebook

HOMES = reverse("owners:homes")
PHONE = "+8613800138001"


@pytest.fixture
def zhou(db):
    rulebook.load()
    return people.user("周小七", phone=PHONE)


@pytest.fixture
def signed_in(client, zhou):
    client.force_login(zhou)
    return client


def waiting(compound, *keys, name="周小七", **fields):
    """An owner on the roll with the user's phone."""
    parts = [places.part(compound, key) for key in keys]
    return people.owner(compound, *parts, name=name, phone=PHONE, **fields)


def main_of(answer, status=200) -> str:
    assert answer.status_code == status
    page = answer.content.decode()
    return page[page.index("<main") : page.index("</main>")]


def bind(client, owner, name="周小七", **how):
    return client.post(HOMES, {"owner": owner.pk, "name": name}, **how)


def test_a_home_on_the_roll_with_ones_phone_waits_and_is_bound_by_its_name(
    signed_in, zhou, cast, noon
):
    owner = waiting(cast.compound, "2-1-201")
    assert "等待您确认" in main_of(signed_in.get(HOMES))
    page = main_of(bind(signed_in, owner, follow=True))
    assert "等待您确认" not in page
    assert "幸福花园 2-1-201" in page
    binding = Binding.objects.get(owner=owner)
    assert (binding.user, binding.basis) == (zhou.pk, Binding.Basis.PHONE)
    assert AuditEntry.objects.get(act="owners.bind").actor == zhou.pk


@pytest.mark.parametrize("typed", ["周 小 七", "　周小七　", "周小七 "])
def test_the_name_is_read_past_its_spaces(signed_in, cast, typed):
    owner = waiting(cast.compound, "2-1-201")
    assert bind(signed_in, owner, name=typed).status_code == 302


def test_another_name_binds_nothing_and_stays_typed_at_its_home(signed_in, cast):
    first = waiting(cast.compound, "2-1-201")
    second = waiting(cast.other_compound, "2-1-202")
    page = bind(signed_in, second, name="周大七")
    assert main_of(page, 422).count('value="周大七"') == 1
    assert "与名册上的姓名不一致" in main_of(page, 422)
    assert not Binding.objects.filter(owner__in=[first, second]).exists()


def test_after_five_wrong_names_an_account_binds_only_at_the_desk(signed_in, zhou, cast, noon):
    owners = [waiting(cast.compound, f"2-1-20{n}") for n in range(5)]
    told = [main_of(bind(signed_in, one, name="周大七"), 422) for one in owners]
    assert ["还可以再试" in page for page in told] == [True] * 4 + [False]
    assert "请带证件到小区会务处或社区现场绑定" in told[-1]
    sixth = waiting(cast.other_compound, "2-1-209")  # another compound, and the right name
    assert "现场绑定" in main_of(bind(signed_in, sixth), 422)
    assert not Binding.objects.filter(user=zhou.pk).exists()
    actions.bind_at_desk(owners[0], zhou.pk, papers="证", by=cast.li.pk, at=timezone.now())
    assert bind(signed_in, sixth).status_code == 302


def test_after_five_wrong_names_a_home_is_bound_only_at_the_desk(client, zhou, cast):
    """Whoever takes over the phone of the roll does not begin anew with a second account."""
    owner = waiting(cast.compound, "2-1-201")
    for _again in range(5):
        actions.try_name(owner, zhou.pk, name="周大七", at=timezone.now())
    zhou.phone, zhou.phone_hash, zhou.phone_verified = "", None, False
    zhou.save()
    client.force_login(people.user("周小七", phone=PHONE))
    assert "现场绑定" in main_of(bind(client, owner), 422)
    assert not Binding.objects.filter(owner=owner).exists()


def test_a_wrong_name_is_kept_without_the_name(signed_in, zhou, cast):
    owner = waiting(cast.compound, "2-1-201")
    bind(signed_in, owner, name="周大七")
    kept = WrongName.objects.get()
    assert (kept.owner, kept.user) == (owner, zhou.pk)
    entry = AuditEntry.objects.get(act="owners.wrong_name")
    assert entry.facts == {"owner": str(owner.pk)}


def test_nothing_typed_is_told_and_binds_nothing(signed_in, cast):
    owner = waiting(cast.compound, "2-1-201")
    answer = bind(signed_in, owner, name=" ")
    assert set(answer.context["form"].errors) == {"name"}
    assert answer.status_code == 422


def test_pressed_twice_it_is_one_binding_and_no_fault(signed_in, cast):
    owner = waiting(cast.compound, "2-1-201")
    for _again in range(2):
        page = main_of(bind(signed_in, owner, follow=True))
    assert "与名册上的姓名不一致" not in page
    assert "幸福花园 2-1-201" in page
    assert Binding.objects.filter(owner=owner).count() == 1


def test_who_came_later_to_one_owner_is_told_and_binds_nothing(signed_in, cast, noon):
    owner = waiting(cast.compound, "2-1-201")
    other = people.user("周小七")
    actions.bind(owner, other.pk, basis=Binding.Basis.PHONE, at=noon)
    page = bind(signed_in, owner, follow=True).content.decode()
    assert "这套房屋不再等待确认" in page
    assert Binding.objects.get(owner=owner).user == other.pk


def test_a_binding_that_races_another_is_told(signed_in, cast, noon, monkeypatch):
    """Between the page that was read and the press another account was bound."""
    owner = waiting(cast.compound, "2-1-201")

    def taken(*_args, **_facts):
        raise actions.BoundAlready

    monkeypatch.setattr(actions, "try_name", taken)
    page = bind(signed_in, owner, follow=True).content.decode()
    assert "这套房屋刚被另一账号绑定" in page


def test_an_owner_of_another_phone_cannot_be_bound_by_his_id(signed_in, cast):
    stranger = people.owner(cast.compound, places.part(cast.compound, "2-1-201"), name="周小七")
    bind(signed_in, stranger)
    assert not Binding.objects.filter(owner=stranger).exists()


@pytest.mark.parametrize("why", ["user unproved", "roll unchecked", "other phone"])
def test_only_a_proved_phone_that_the_roll_has_checked_finds_a_home(signed_in, zhou, cast, why):
    owner = waiting(cast.compound, "2-1-201")
    if why == "user unproved":
        zhou.phone_verified, zhou.phone_hash = False, None
        zhou.save(update_fields=["phone_verified", "phone_hash"])
    if why == "roll unchecked":
        Owner.objects.filter(pk=owner.pk).update(phone_is_checked=False)
    if why == "other phone":
        Owner.objects.filter(pk=owner.pk).update(phone_hash="0" * 64)
    assert "没有找到登记了您手机号的房屋" in main_of(signed_in.get(HOMES))
    assert bind(signed_in, owner).status_code == 302
    assert not Binding.objects.filter(owner=owner).exists()


def test_what_was_sold_neither_waits_nor_is_shown(signed_in, cast):
    owner = waiting(cast.compound, "2-1-201", "2-1-202")
    sold = Holding.objects.get(part__key="2-1-201")
    sold.until = date(2026, 10, 1)
    sold.save(update_fields=["until"])
    page = main_of(signed_in.get(HOMES))
    assert "2-1-202" in page
    assert "2-1-201" not in page
    Holding.objects.filter(owner=owner).update(until=date(2026, 10, 1))
    assert "没有找到登记了您手机号的房屋" in main_of(signed_in.get(HOMES))


def test_a_home_that_was_sold_is_no_longer_ones_own(signed_in, zhou, cast, noon):
    owner = waiting(cast.compound, "2-1-201")
    actions.bind(owner, zhou.pk, basis=Binding.Basis.PHONE, at=noon)
    assert [home.part.key for home in queries.homes_of(zhou)] == ["2-1-201"]
    Holding.objects.filter(owner=owner).update(until=date(2026, 10, 1))
    assert queries.homes_of(zhou) == []


def test_the_name_on_the_roll_is_not_told(signed_in, cast):
    waiting(cast.compound, "2-1-201", name="郑大九")
    assert "郑大九" not in main_of(signed_in.get(HOMES))


def test_homes_bound_and_waiting_cost_the_same_at_one_and_three(signed_in, zhou, cast, noon):
    def more(compound, number):
        owner = waiting(compound, f"5-1-{number}01")
        actions.bind(owner, zhou.pk, basis=Binding.Basis.PHONE, at=noon)
        waiting(compound, f"5-1-{number}02", name="周小八")

    more(cast.compound, 1)
    one = page_cost(signed_in, HOMES)
    more(cast.other_compound, 2)
    more(places.compound(), 3)
    assert page_cost(signed_in, HOMES) == one
    assert main_of(signed_in.get(HOMES)).count("card-title") == 6


def test_a_visitor_is_led_to_sign_in_and_other_methods_are_refused(client, signed_in):
    assert signed_in.put(HOMES).status_code == 405
    client.logout()
    assert client.get(HOMES)["Location"].startswith("/account/login/")
