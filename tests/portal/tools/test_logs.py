"""Lines of JSON that say what happened and never to whom."""

import io
import json
import logging

import pytest
import structlog
from django.db import IntegrityError, connection
from django.test import Client

from portal.tools import logs

CANARY = "13800138000"


@pytest.fixture
def lines():
    """What the configured handler writes, line by line."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.Formatter())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(before)


def test_an_error_is_told_by_its_class_and_place_only(lines):
    try:
        try:
            raise ValueError(CANARY)
        except ValueError as trouble:
            raise RuntimeError(CANARY) from trouble
    except RuntimeError:
        structlog.get_logger("one").exception("page_broke")
        logging.getLogger("two").exception("page broke too")
    ours, others = lines()
    for line in (ours, others):
        assert (line["error"], line["behind"]) == ("RuntimeError", ["ValueError"])
        assert line["where"][0].endswith("test_an_error_is_told_by_its_class_and_place_only")
        assert line["level"] == "error"
    assert CANARY not in json.dumps([ours, others])


def test_a_database_error_does_not_quote_the_row(lines, db):
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TEMPORARY TABLE t (phone text UNIQUE);"
                f"INSERT INTO t VALUES ('{CANARY}'), ('{CANARY}')"
            )
    except IntegrityError as trouble:
        assert CANARY in str(trouble)
        structlog.get_logger().exception("not_stored")
    assert CANARY not in json.dumps(lines())


def test_a_request_is_named_by_its_route(lines, cast, client):
    client.force_login(cast.li)
    client.get(f"/meetings/{cast.compound.code}/?phone={CANARY}")
    (line,) = [line for line in lines() if line["event"] == "request_finished"]
    assert line["request"] == f"GET /meetings/<slug:code>/ code={cast.compound.code}"
    assert (line["code"], line["user_id"]) == (200, cast.li.code)
    assert {"request_id", "timestamp", "level", "logger"} < line.keys()
    assert not {"ip", "user_agent"} & line.keys()


def test_who_votes_when_is_not_logged(lines, cast, client):
    client.force_login(cast.chen)
    client.get(f"/meetings/{cast.compound.code}/2026-1/vote/7/")
    (line,) = [line for line in lines() if line["event"] == "request_finished"]
    assert "user_id" not in line
    assert "7" not in line["request"].replace(cast.compound.code, "")


def test_a_one_time_key_in_an_address_is_not_logged(lines, db):
    Client().get(f"/account/password/reset/key/1-{CANARY}/?x={CANARY}")
    assert CANARY not in json.dumps(lines())


def test_a_page_that_breaks_is_told_once_with_its_request(lines, cast, monkeypatch):
    def fail(*_args, **_kwargs):
        raise RuntimeError(CANARY)

    monkeypatch.setattr("portal.tools.health.checks.failing", fail)
    Client(raise_request_exception=False).get("/readyz")
    told = [line for line in lines() if line["level"] == "error"]
    assert [(line["event"], line["request"], line["error"]) for line in told] == [
        ("request_failed", "GET /readyz", "RuntimeError")
    ]
    assert CANARY not in json.dumps(lines())
