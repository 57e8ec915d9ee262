"""One delegate of a part: named by the roll's keeper, in force from the next frozen roll on."""

from uuid import uuid4

import pytest
from django.urls import reverse

from portal.owners import actions
from portal.owners.models import Delegate, Holding, RollLine
from portal.tools.audit.models import AuditEntry
from tests.factories import people, places

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(cast):
    """A flat that Zhou and Wu own together."""
    return places.part(cast.compound, "1-1-201")


@pytest.fixture
def owners(cast, home):
    return [people.owner(cast.compound, home, name=name) for name in ("周七", "吴八")]


def frozen_delegates(compound, noon):
    version = actions.freeze_roll(compound, by=None, at=noon)
    lines = RollLine.objects.filter(version=version, delegate__isnull=False)
    return dict(lines.values_list("key", "delegate"))


def address(cast, home):
    return reverse("owners:part", args=[cast.compound.code, home.pk])


def test_who_is_named_stands_on_the_next_frozen_roll(cast, home, owners, noon):
    actions.name_delegate(home, owners[1], by=cast.li.pk, at=noon)
    assert frozen_delegates(cast.compound, noon) == {"1-1-201": owners[1].pk}


def test_another_replaces_the_first_and_the_same_again_is_nothing(cast, home, owners, noon):
    for owner in (owners[0], owners[1], owners[1]):
        actions.name_delegate(home, owner, by=cast.li.pk, at=noon)
    assert [one.owner_id for one in Delegate.objects.filter(part=home)] == [owners[1].pk]
    assert AuditEntry.objects.filter(act="owners.name_delegate").count() == 2


def test_nobody_may_be_named_again(cast, home, owners, noon):
    actions.name_delegate(home, owners[0], by=cast.li.pk, at=noon)
    actions.name_delegate(home, None, by=cast.li.pk, at=noon)
    assert frozen_delegates(cast.compound, noon) == {}


def test_who_does_not_own_the_part_is_refused(cast, home, owners, noon):
    with pytest.raises(actions.NotAnOwner):
        actions.name_delegate(home, cast.chen_as_owner, by=cast.li.pk, at=noon)
    assert not Delegate.objects.exists()


def test_a_delegate_who_sold_the_home_bars_nobody_from_voting(cast, home, owners, noon):
    actions.name_delegate(home, owners[0], by=cast.li.pk, at=noon)
    Holding.objects.filter(part=home, owner=owners[0]).update(until=noon.date())
    assert frozen_delegates(cast.compound, noon) == {}


def test_the_keeper_names_one_on_the_page(client, cast, home, owners):
    client.force_login(cast.li)
    page = client.get(address(cast, home)).content.decode()
    assert "周*" in page
    assert "周七" not in page
    answer = client.post(address(cast, home), {"owner": str(owners[0].pk)})
    assert answer.status_code == 302
    assert Delegate.objects.get(part=home).owner_id == owners[0].pk
    assert "表决代表" in client.get(address(cast, home)).content.decode()


def test_the_keeper_takes_the_name_back(client, cast, home, owners, noon):
    actions.name_delegate(home, owners[0], by=cast.li.pk, at=noon)
    client.force_login(cast.li)
    assert client.post(address(cast, home), {"owner": "nobody"}).status_code == 302
    assert not Delegate.objects.exists()


def test_an_invented_owner_is_refused_and_nothing_kept(client, cast, home, owners):
    client.force_login(cast.li)
    assert client.post(address(cast, home), {"owner": str(uuid4())}).status_code == 422
    assert not Delegate.objects.exists()


def test_a_reader_of_the_roll_sees_no_form_and_names_nobody(client, cast, home, owners):
    client.force_login(cast.zhao)
    assert "记录表决代表" not in client.get(address(cast, home)).content.decode()
    assert client.post(address(cast, home), {"owner": str(owners[0].pk)}).status_code == 403


@pytest.mark.parametrize("who", ["chen", "wang", "qian", "sun"])
def test_nobody_else_sees_a_part(client, cast, home, who):
    client.force_login(getattr(cast, who))
    assert client.get(address(cast, home)).status_code == 403


def test_a_part_of_another_compound_is_not_found_here(client, cast):
    client.force_login(cast.li)
    there = places.part(cast.other_compound, "9-9-901")
    assert client.get(address(cast, there)).status_code == 404


def test_a_home_of_one_owner_has_nobody_to_choose(client, cast):
    client.force_login(cast.li)
    assert "记录表决代表" not in client.get(address(cast, cast.flat)).content.decode()


def test_three_owners_cost_what_one_costs(
    client, cast, home, owners, django_assert_max_num_queries
):
    client.force_login(cast.li)
    client.get(address(cast, home))
    with django_assert_max_num_queries(40) as one:
        client.get(address(cast, cast.flat))
    with django_assert_max_num_queries(40) as several:
        client.get(address(cast, home))
    assert len(one) == len(several)
