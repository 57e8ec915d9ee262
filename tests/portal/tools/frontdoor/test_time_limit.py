"""A request that uses up its time is ended in words, and what it began is undone."""

import importlib
from uuid import uuid4

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client, RequestFactory
from psycopg.errors import QueryCanceled

from portal.places.models import Compound
from portal.settings import base
from portal.tools.frontdoor.time_limit import RequestTookTooLong, time_limit

KEY = str(uuid4())


def rename_then_go_on(request):
    with transaction.atomic():
        Compound.objects.update(name="改了一半")
        request.clock.value += 30
        return Compound.objects.count()


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        value = 0.0

        def monotonic(self):
            return self.value

    made = Clock()
    monkeypatch.setattr("portal.tools.frontdoor.time_limit.time", made)
    return made


@pytest.mark.django_db(transaction=False)
def test_the_query_after_the_limit_is_refused_and_the_transaction_undone(cast, clock, settings):
    settings.REQUEST_SECONDS = 20
    request = RequestFactory().get("/")
    request.clock = clock
    with pytest.raises(RequestTookTooLong):
        time_limit(rename_then_go_on)(request)
    assert set(Compound.objects.values_list("name", flat=True)) == {"幸福花园", "别处小区"}


def test_a_request_within_its_limit_is_left_alone(cast, clock, settings):
    settings.REQUEST_SECONDS = 31
    request = RequestFactory().get("/")
    request.clock = clock
    assert time_limit(rename_then_go_on)(request) == 2


def test_who_waited_reads_what_became_of_it_and_can_send_the_form_again(db, settings):
    settings.REQUEST_SECONDS = -1
    visitor = Client(raise_request_exception=False)
    visitor.cookies["sessionid"] = "x" * 32
    answer = visitor.post("/meetings/x/2026-1/vote/7/cast/", {"request": KEY})
    assert answer.status_code == 503
    words = answer.content.decode()
    assert "用时太长，已经停下" in words
    assert f'name="request" value="{KEY}"' in words
    assert "系统暂时不能办理" not in words


def test_a_statement_that_the_database_ended_is_told_in_the_same_words(db, monkeypatch):
    def fail(*_args, **_kwargs):
        raise OperationalError("canceling statement") from QueryCanceled()

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", fail)
    visitor = Client(raise_request_exception=False)
    visitor.cookies["sessionid"] = "x" * 32
    assert "用时太长，已经停下" in visitor.get("/my/").content.decode()


@pytest.mark.parametrize(
    ("process", "expected"),
    [("web", ("20s", "10s")), ("", ("0", "0"))],
)
def test_only_the_webs_statements_have_limits(monkeypatch, process, expected, db):
    monkeypatch.setenv("XINGFULI_PROCESS", process)
    options = importlib.reload(base).database("application")["OPTIONS"].get("options", "")
    other = connection.copy()
    other.settings_dict = connection.settings_dict | {
        "OPTIONS": connection.settings_dict["OPTIONS"] | {"options": options}
    }
    with other.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        statement = cursor.fetchone()[0]
        cursor.execute("SHOW lock_timeout")
        assert (statement, cursor.fetchone()[0]) == expected
    other.close()
