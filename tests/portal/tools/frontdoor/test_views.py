"""When the database is away, nothing is lost silently: 503, another try, the same ballot form."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError
from django.test import Client

KEY = str(uuid4())


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


@pytest.fixture
def broken(monkeypatch):
    """Have everything that asks who is signed in fail with an error."""

    def broken_(error: Exception) -> None:
        def fail(*_args, **_kwargs):
            raise error

        monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", fail)

    return broken_


@pytest.mark.parametrize("error", [OperationalError("away"), InterfaceError("away")])
def test_a_page_without_its_database_is_503_with_the_houses_page(visitor, broken, db, error):
    broken(error)
    visitor.cookies["sessionid"] = "x" * 32
    answer = visitor.get("/my/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer["Cache-Control"] == "no-store"
    words = answer.content.decode()
    assert "系统暂时不能办理" in words
    assert "away" not in words


def test_a_ballot_is_drawn_again_with_the_same_key(visitor, broken, db):
    broken(OperationalError("away"))
    visitor.cookies["sessionid"] = "x" * 32
    sent = {"request": KEY, "m1": ["1", "2"], "csrfmiddlewaretoken": "t"}
    answer = visitor.post("/meetings/x/2026-1/vote/7/cast/", sent)
    assert answer.status_code == 503
    assert answer.context["again"] == {
        "address": "/meetings/x/2026-1/vote/7/cast/",
        "fields": [("request", KEY), ("m1", "1"), ("m1", "2")],
    }
    words = answer.content.decode()
    assert "请再点一次" in words
    assert f'name="request" value="{KEY}"' in words


@pytest.mark.parametrize("key", ["", "yes", "1"])
def test_a_form_without_a_key_of_its_own_is_not_sent_again(visitor, broken, db, key):
    broken(OperationalError("away"))
    visitor.cookies["sessionid"] = "x" * 32
    answer = visitor.post("/meetings/x/2026-1/vote/7/cast/", {"request": key, "m1": "1"})
    assert (answer.status_code, answer.context["again"]) == (503, None)


@pytest.mark.parametrize("origin", ["http://elsewhere", "null"])
def test_another_sites_form_is_not_drawn_again_under_our_token(visitor, broken, db, origin):
    broken(OperationalError("away"))
    visitor.cookies["sessionid"] = "x" * 32
    sent = {"request": KEY, "m1": "1"}
    answer = visitor.post("/meetings/x/2026-1/vote/7/cast/", sent, headers={"origin": origin})
    assert (answer.status_code, answer.context["again"]) == (503, None)
    own = {"origin": "http://testserver"}
    answer = visitor.post("/meetings/x/2026-1/vote/7/cast/", sent, headers=own)
    assert answer.context["again"]["fields"] == [("request", KEY), ("m1", "1")]


def test_a_form_in_another_coding_is_400_and_no_error_of_ours(db):
    visitor = Client(enforce_csrf_checks=True, raise_request_exception=False)
    visitor.cookies["csrftoken"] = "a" * 32  # without one the form is not even read
    coded = "application/x-www-form-urlencoded; charset=utf-16"
    answer = visitor.post("/account/login/", b"login=%ff", content_type=coded)
    assert answer.status_code == 400
    assert "没有看懂这个请求" in answer.content.decode()


def test_any_other_error_is_500_and_says_nothing_of_itself(visitor, broken, db):
    broken(IntegrityError("Key (phone)=(13800000000) already exists"))
    visitor.cookies["sessionid"] = "x" * 32
    answer = visitor.get("/my/")
    assert answer.status_code == 500
    assert "13800000000" not in answer.content.decode()
    assert "系统出错了" in answer.content.decode()


def test_the_error_of_a_view_is_seen_as_well(visitor, db, monkeypatch):
    def fail(*_args, **_kwargs):
        raise OperationalError("away")

    monkeypatch.setattr("portal.tools.health.checks.failing", fail)
    answer = visitor.get("/readyz")
    assert (answer.status_code, answer["Content-Type"]) == (503, "text/html; charset=utf-8")


def test_a_page_of_ours_with_an_old_token_is_drawn_to_be_sent_again(db):
    visitor = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    sent = {"words": "打了很多字", "csrfmiddlewaretoken": "old"}
    answer = visitor.post("/fire/x/find/?a=b", sent)
    assert answer.status_code == 403
    assert answer.context["again"] == {
        "address": "/fire/x/find/?a=b",
        "fields": [("words", "打了很多字")],
    }
    assert 'name="csrfmiddlewaretoken"' in answer.content.decode()


@pytest.mark.parametrize("origin", [{"origin": "http://elsewhere"}, {}])
def test_what_another_site_sends_is_not_drawn_again(db, origin):
    visitor = Client(enforce_csrf_checks=True, headers=origin)
    answer = visitor.post("/fire/x/find/", {"words": "别处的字"})
    assert (answer.status_code, answer.context["again"]) == (403, None)
    assert "别处的字" not in answer.content.decode()


def test_a_password_is_never_drawn_again(db):
    visitor = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    answer = visitor.post("/account/login/", {"login": "1", "password": "secret"})
    assert (answer.status_code, answer.context["again"]) == (403, None)
