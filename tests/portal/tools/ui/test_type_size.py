"""长辈版: by the address, by the device, by the profile, and switched without JavaScript."""

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.tools.ui.type_size import A_YEAR

PAGE = "/account/login/"
OWN_PAGE = "/account/logout/"
SWITCH = "/display/type-size/"


def is_big(client, address=PAGE, **query):
    html = client.get(address, query, headers={"accept-language": "zh-CN"}).content.decode()
    return html.split("<head>")[0].rstrip().endswith('class="big">')


def test_a_page_is_of_normal_size_until_asked(client, db):
    assert not is_big(client)


@pytest.mark.parametrize(("asked", "big"), [("1", True), ("0", False), ("2", False), ("", False)])
def test_an_address_asks_for_large_type(client, db, asked, big):
    assert is_big(client, big=asked) == big


def test_what_an_address_asked_for_stays_on_the_device(client, db):
    is_big(client, big="1")
    assert is_big(client)
    assert not is_big(client, big="0")
    assert not is_big(client)


def test_an_address_that_asks_nothing_sensible_sets_no_cookie(client, db):
    assert "big" not in client.get(PAGE, {"big": "yes"}).cookies


def test_the_switch_keeps_the_choice_on_the_device_and_leads_back(client, db):
    response = client.post(SWITCH, {"big": "1", "next": "/rules/?page=2"})
    assert (response.status_code, response.url) == (302, "/rules/?page=2")
    cookie = response.cookies["big"]
    assert (cookie.value, cookie["max-age"], cookie["samesite"]) == ("1", A_YEAR, "Lax")
    assert is_big(client)
    client.post(SWITCH, {"big": "0"})
    assert not is_big(client)


def test_the_switch_needs_no_token_for_its_form_stands_on_cached_pages(db):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(SWITCH, {"big": "1"}).status_code == 302
    assert strict.post("/display/language/", {"language": "en"}).status_code == 302


def test_the_switch_is_not_a_link(client, db):
    assert client.get(SWITCH).status_code == 405


@pytest.mark.parametrize(
    "elsewhere", ["https://other.example/", "//other.example", "", "javascript:x"]
)
def test_the_switch_leads_nowhere_else(client, db, elsewhere):
    assert client.post(SWITCH, {"big": "1", "next": elsewhere}).url == "/"


@pytest.mark.parametrize("word", ["x", "committees:meetings", "desk", "%0d%0ax"])
def test_a_word_is_no_page_to_lead_back_to(client, db, word):
    assert client.post(SWITCH, {"big": "1", "next": word}).url == "/"


def test_the_switch_is_remembered_in_the_profile(client, cast):
    client.force_login(cast.chen)
    client.post(SWITCH, {"big": "1"})
    assert User.objects.get(pk=cast.chen.pk).big_type is True
    client.post(SWITCH, {"big": "0"})
    assert User.objects.get(pk=cast.chen.pk).big_type is False


def test_the_profile_speaks_on_a_device_that_has_not_chosen(client, cast):
    User.objects.filter(pk=cast.chen.pk).update(big_type=True)
    client.force_login(cast.chen)
    assert is_big(client, OWN_PAGE)
    client.cookies["big"] = "0"
    assert not is_big(client, OWN_PAGE)


def test_the_language_is_switched_and_kept(client, db):
    response = client.post("/display/language/", {"language": "en", "next": PAGE})
    assert (response.status_code, response.url) == (302, PAGE)
    assert '<html lang="en"' in client.get(PAGE).content.decode()
