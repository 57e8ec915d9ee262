"""The cache that the processes share: JSON only, limits apart, keys that tell nothing."""

import base64
import pickle
from datetime import timedelta

import pytest
from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.core.cache import cache, caches
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from wagtail.coreutils import get_locales_display_names
from wagtail.models import Locale, Site

from portal.tools.cache.actions import forget_what_ran_out
from portal.tools.cache.models import Kept, Limit

pytestmark = pytest.mark.django_db
BY_KEY = {"try": "5/5m/key"}
PHONE = "+8613800138000"


class Bomb:
    """What is unpickled calls this."""

    went_off = False

    @classmethod
    def go_off(cls) -> None:
        cls.went_off = True

    def __reduce__(self):
        return Bomb.go_off, ()


def try_once(rf, key: str = PHONE) -> bool:
    return bool(consume(rf.post("/"), app="portal", action="try", config=BY_KEY, key=key))


@pytest.mark.parametrize(
    "value", ["词", 7, 1.5, None, True, [1, [2, "三"]], {"a": [1]}, {1: "一", "2": "二"}, {}, []]
)
def test_what_goes_in_comes_out(value):
    cache.set("x", value, 60)
    assert cache.get("x", "nothing") == value


def test_what_is_no_json_is_refused_and_not_pickled():
    with pytest.raises(TypeError):
        cache.set("x", Bomb(), 60)
    assert not Kept.objects.exists()


@pytest.mark.parametrize("table", [Kept, Limit])
def test_a_row_that_somebody_wrote_runs_no_code(table):
    key = "allauth:rl:x" if table is Limit else "x"
    cache.set(key, "good", 60)
    poison = base64.b64encode(pickle.dumps(Bomb())).decode()
    for value in (poison, {"plain": poison}, {"pairs": [["a", poison]]}, [poison], 7):
        table.objects.update(value=value)
        cache.get(key)
    assert not Bomb.went_off


def test_no_cache_that_processes_share_is_djangos_own():
    """Django's caches in database, files, memcached and Redis unpickle; memory is one process's."""
    own = {"portal.tools.cache.backend.JsonCache"}
    alone = {
        f"django.core.cache.backends.{name}" for name in ("locmem.LocMemCache", "dummy.DummyCache")
    }
    assert {held["BACKEND"] for held in settings.CACHES.values()} <= own | alone
    assert settings.CACHES["default"]["BACKEND"] in own
    assert settings.SESSION_ENGINE == "django.contrib.sessions.backends.db"
    assert settings.SESSION_SERIALIZER == "portal.tools.privacy.sessions.EncryptedJson"


def test_a_value_is_gone_when_its_time_is_over(time_machine):
    time_machine.move_to("2026-11-24T12:00:00+08:00", tick=False)
    cache.set("x", 1, 60)
    time_machine.shift(59)
    assert cache.get("x") == 1
    time_machine.shift(1)
    assert cache.get("x") is None
    assert forget_what_ran_out(at=timezone.now()) == 1
    assert not Kept.objects.exists()


def test_of_two_that_add_one_does():
    assert [cache.add("x", value, 60) for value in (1, 2)] == [True, False]
    assert cache.get("x") == 1


def test_what_ran_out_can_be_added_again(time_machine):
    time_machine.move_to("2026-11-24T12:00:00+08:00", tick=False)
    cache.add("x", 1, 60)
    time_machine.shift(60)
    assert cache.add("x", 2, 60)
    assert cache.get("x") == 2


def test_touching_and_deleting(time_machine):
    time_machine.move_to("2026-11-24T12:00:00+08:00", tick=False)
    cache.set("x", 1, 60)
    assert cache.touch("x", 600)
    time_machine.shift(300)
    assert (cache.get("x"), cache.delete("x"), cache.delete("x")) == (1, True, False)
    assert not cache.touch("x", 600)


def test_counting():
    with pytest.raises(ValueError):
        cache.incr("x")
    cache.set("x", 0, 60)
    assert [cache.incr("x"), cache.incr("x", 5), cache.get("x")] == [1, 6, 6]


def test_many_are_read_by_a_query_for_each_table(django_assert_num_queries):
    for name in ("a", "b", "allauth:rl:c"):
        cache.set(name, name, 60)
    with django_assert_num_queries(2):
        assert cache.get_many(["a", "b", "allauth:rl:c", "d"]) == {
            name: name for name in ("a", "b", "allauth:rl:c")
        }


def test_a_flood_of_other_rows_flushes_no_limit(rf):
    for _ in range(5):
        try_once(rf)
    for number in range(300):
        cache.set(f"flood:{number}", number, 60)
        try_once(rf, key=f"stranger {number}")
    cache.clear()
    assert not try_once(rf)
    assert (Kept.objects.count(), Limit.objects.count()) == (0, 301)


def test_a_limit_never_stands_for_ever():
    with pytest.raises(IntegrityError), transaction.atomic():
        cache.set("allauth:rl:x", [], None)


def test_no_row_tells_a_phone_even_to_who_tries_all_of_them(rf):
    try_once(rf)
    [row] = Limit.objects.values()
    import hashlib

    plain = {hashlib.sha256(form.encode()).hexdigest() for form in (PHONE, PHONE[1:], PHONE[3:])}
    assert row["key"] not in plain
    assert [word for word in plain | {PHONE} if word in str(row)] == []


def test_wagtails_uses_fit(db):
    """All that Wagtail keeps in the shared cache: the sites' addresses and the languages' names."""
    site = Site.objects.get()
    first, second = Site.get_site_root_paths(), Site.get_site_root_paths()
    assert first == second
    assert (second[0].site_id, second[0].root_path) == (site.pk, site.root_page.url_path)
    names = [get_locales_display_names() for _ in range(2)]
    assert names[0] == names[1]
    assert list(names[1]) == list(Locale.objects.values_list("pk", flat=True))
    assert type(caches["renditions"]).__name__ == "DummyCache"


def test_the_application_may_write_both_tables():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (settings.DATABASE_APP_ROLE,)
    for table in (Kept, Limit):
        table.objects.create(key="k", value={}, until=timezone.now() + timedelta(minutes=1))
        assert table.objects.all().delete()[0] == 1
