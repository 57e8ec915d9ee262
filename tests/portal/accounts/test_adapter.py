"""Phones at the door: whatever is typed is answered, and one phone has one count of attempts."""

import pytest

from portal.accounts.adapter import AccountAdapter
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def adapter():
    return AccountAdapter()


@pytest.mark.parametrize("typed", ["", "不是号码", "12", "+", "1" * 400, "138\x0000138001"])
def test_what_is_no_phone_is_nobodys(adapter, typed):
    people.user("陈一", phone="+8613800138001")
    assert adapter.get_user_by_phone(typed) is None


@pytest.mark.parametrize("typed", ["13800138001", "138 0013 8001", "+86 138-0013-8001"])
def test_a_phone_is_found_as_people_write_it(adapter, typed):
    user = people.user("陈一", phone="+8613800138001")
    assert adapter.get_user_by_phone(typed) == user


def attempts(adapter, **typed):
    """For whom a try is counted."""
    return adapter._login_of(typed)


def test_attempts_are_counted_by_the_phone_however_it_is_written(adapter):
    written = ["13800138001", "138 0013 8001", "+86 138-0013-8001"]
    assert len({attempts(adapter, phone=one) for one in written}) == 1
    assert attempts(adapter, phone="13800138002") != attempts(adapter, phone=written[0])


def test_attempts_with_what_is_no_phone_are_counted_too(adapter):
    assert attempts(adapter, phone="不是号码") != attempts(adapter, phone="也不是")
    assert attempts(adapter, email="a@example.cn") != attempts(adapter, email="b@example.cn")
