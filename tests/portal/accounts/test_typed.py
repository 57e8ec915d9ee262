"""What was typed outlives the sign-in: it is drawn to be sent again once signed in."""

import pytest
from django.test import Client

from portal.accounts.adapter import SESSION_ENDS
from tests.factories.sign_in import somebody

pytestmark = pytest.mark.usefixtures("demonstration")
COOKIE = "csrftoken"
PATH = "/fire/x/find/?a=b"
SENT = {"digits": "1234"}
OURS = {"origin": "http://testserver"}


def test_what_was_typed_is_kept_when_nobody_is_signed_in(client):
    client.cookies[COOKIE] = "x" * 32
    answer = client.post(PATH, SENT, headers=OURS)
    assert (answer.status_code, answer["Cache-Control"]) == (403, "no-store")
    assert answer.context["again"] == {"address": PATH, "fields": [("digits", "1234")]}
    page = answer.content.decode()
    assert "登录已到期" in page and 'target="_blank"' in page


def test_what_was_typed_is_kept_when_the_session_is_too_old(client):
    client.force_login(somebody())
    session = client.session
    session[SESSION_ENDS] = 1
    session.save()
    answer = client.post(PATH, SENT, headers=OURS)
    assert (answer.status_code, answer.context["again"]["fields"]) == (403, [("digits", "1234")])


@pytest.mark.parametrize(("cookie", "typed"), [(COOKIE, " "), ("another", "1234")])
def test_a_mere_press_of_a_button_and_a_stranger_are_led_to_the_sign_in(client, cookie, typed):
    client.cookies[cookie] = "x" * 32
    answer = client.post(PATH, {"digits": typed}, headers=OURS)
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/account/login/")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil", None])
def test_what_another_site_sends_is_not_drawn_here_with_a_good_token(client, origin):
    client.cookies[COOKIE] = "x" * 32
    answer = client.post(PATH, SENT, headers={"origin": origin} if origin else {})
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/account/login/")
    assert "1234" not in answer.content.decode()


def test_signed_in_elsewhere_it_is_sent_with_a_second_press(db):
    tab = Client(enforce_csrf_checks=True, headers=OURS)
    tab.force_login(somebody())
    kept = tab.post(PATH, SENT | {"csrfmiddlewaretoken": "of before"})
    token = str(kept.context["csrf_token"])
    assert tab.post(PATH, SENT | {"csrfmiddlewaretoken": token}).status_code == 404  # no such place


@pytest.mark.parametrize(
    ("came_from", "then"),
    [
        ("http://testserver/meetings/?page=2", "/meetings/%3Fpage%3D2"),
        ("https://evil.example/meetings/", "/my/"),
        ("http://testserver//evil.example/", "/my/"),
        ("", "/my/"),
    ],
)
def test_who_pressed_a_button_too_late_goes_on_from_its_page(client, came_from, then):
    client.force_login(somebody())
    session = client.session
    session[SESSION_ENDS] = 1
    session.save()
    answer = client.post(PATH, headers={"referer": came_from})
    assert answer["Location"] == f"/account/login/?next={then}"
