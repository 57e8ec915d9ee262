"""Visitors' pages are kept for half a second: never older, never anybody else's."""

import pytest
from django.core.cache import caches
from django.test import Client

from cms import actions
from portal.tools.frontdoor import visitors


@pytest.fixture(autouse=True)
def kept(settings):
    """Pages are kept as they are where the site is served."""
    served = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "tested"}
    settings.CACHES = settings.CACHES | {"visitors": served}
    caches["visitors"].clear()
    return caches["visitors"]


@pytest.fixture
def clock(monkeypatch):
    """The clock that ages pages, set by the test; it stands still."""

    class Clock:
        now = 1000.0

    monkeypatch.setattr(visitors.time, "monotonic", lambda: Clock.now)
    return Clock


@pytest.fixture
def page(cast):
    actions.build_site("永嘉县")
    return actions.ensure_compound_page(cast.compound)


def retitle(page, title):
    page.title = title
    page.save_revision().publish()


def words(client, address, **headers) -> str:
    return client.get(address, **headers).content.decode()


def test_a_visitors_page_is_drawn_once(client, page, clock, django_assert_num_queries):
    first = client.get(page.url)
    with django_assert_num_queries(0):
        second = client.get(page.url)
    assert (second.status_code, second.content) == (200, first.content)
    for header in ("Content-Security-Policy", "X-Frame-Options", "Content-Language", "Vary"):
        assert second[header] == first[header]


def test_a_change_is_seen_half_a_second_after_the_drawing_began(client, page, clock):
    old = words(client, page.url)
    retitle(page, "改名花园")
    clock.now += visitors.GOOD_FOR - 0.001
    assert words(client, page.url) == old
    clock.now += 0.001
    assert "改名花园" in words(client, page.url)


def test_a_page_that_took_too_long_to_draw_is_old_at_once(client, page, clock, monkeypatch):
    def slow(*args, **kwargs):
        clock.now += visitors.GOOD_FOR
        return drawn(*args, **kwargs)

    drawn = type(page).serve
    monkeypatch.setattr(type(page), "serve", slow)
    client.get(page.url)
    retitle(page, "改名花园")
    assert "改名花园" in words(client, page.url)


def test_what_is_taken_down_is_gone(client, page, clock):
    client.get(page.url)
    page.unpublish()
    clock.now += visitors.GOOD_FOR
    assert client.get(page.url).status_code == 404


def test_who_is_signed_in_neither_gets_the_kept_page_nor_fills_it(client, page, cast, clock):
    signed_in = Client()
    signed_in.force_login(cast.li)
    mine = words(signed_in, page.url)
    assert "我的事项" in mine
    assert "我的事项" not in words(client, page.url)
    assert words(signed_in, page.url) == mine
    assert "ETag" not in signed_in.get(page.url)


def test_a_session_that_has_ended_is_asked_for_and_not_assumed(client, page, clock):
    client.cookies["sessionid"] = "x" * 32
    client.get(page.url)
    assert caches["visitors"]._cache == {}


def test_languages_sizes_and_hosts_are_kept_apart(client, page, clock):
    asked = [
        {},
        {"HTTP_ACCEPT_LANGUAGE": "en"},
        {"HTTP_COOKIE": "big=1"},
        {"HTTP_COOKIE": "django_language=en; big=1"},
        {"HTTP_HOST": "localhost"},
    ]
    for _ in range(2):
        drawn = [words(client, page.url, **headers) for headers in asked]
        assert ['<html lang="en"' in one for one in drawn] == [False, True, False, True, False]
        assert ['class="big"' in one for one in drawn] == [False, False, True, True, False]
    assert len(caches["visitors"]._cache) == len(asked)


def test_a_posters_code_in_large_type_is_kept_and_still_sets_the_cookie(page, clock):
    for _ in range(2):
        answer = Client().get(page.url, {"big": "1"})
        assert 'class="big"' in answer.content.decode()
        assert answer.cookies["big"].value == "1"
    assert len(caches["visitors"]._cache) == 1


def test_a_kept_page_carries_no_token_no_nonce_and_no_cookie(client, page, clock):
    for _ in range(2):
        answer = client.get(page.url)
        assert not answer.cookies
        assert "csrfmiddlewaretoken" not in answer.content.decode()
        assert "nonce-" not in answer["Content-Security-Policy"]


def test_a_phone_that_has_the_page_is_told_so_in_a_line(client, page, clock):
    tag = client.get(page.url)["ETag"]
    for _ in range(2):
        answer = client.get(page.url, HTTP_IF_NONE_MATCH=tag)
        assert (answer.status_code, answer.content) == (304, b"")
        clock.now += visitors.GOOD_FOR
    retitle(page, "改名花园")
    assert client.get(page.url, HTTP_IF_NONE_MATCH=tag).status_code == 200
    assert client.get(page.url)["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("address", ["/account/login/", "/healthz", "/readyz", "/my/", "/nowhere/"])
def test_other_pages_are_never_kept(client, page, clock, address):
    client.get(address)
    assert caches["visitors"]._cache == {}


def test_only_reading_is_answered_from_what_is_kept(client, page, clock):
    client.get(page.url)
    retitle(page, "改名花园")
    assert "改名花园" in client.post(page.url).content.decode()
    assert client.head(page.url).content == b""
    assert "改名花园" not in words(client, page.url)


def test_the_publicities_are_kept_too(client, cast, page, clock, django_assert_num_queries):
    client.get("/publicity/")
    with django_assert_num_queries(0):
        assert client.get("/publicity/").status_code == 200


def test_an_answer_with_a_cookie_or_a_nonce_is_not_kept(client, page, clock, settings, monkeypatch):
    settings.VISITORS_PAGES = settings.VISITORS_PAGES | {"account_login"}
    client.get("/account/login/")

    def with_nonce(one, request, *args, **kwargs):
        assert str(request.csp_nonce)
        return drawn(one, request, *args, **kwargs)

    drawn = type(page).serve
    monkeypatch.setattr(type(page), "serve", with_nonce)
    client.get(page.url)
    assert caches["visitors"]._cache == {}
