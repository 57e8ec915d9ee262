"""The web server's threads: one that waits leaves the others free."""

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request

import pytest
from django.db import connection, transaction

from portal import serving
from tests.database import owner_url, with_name

HOST = "127.0.0.1"


@pytest.fixture
def site(own_database):
    """The address of the site served by one process over a database of its own."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        place = f"{HOST}:{free.getsockname()[1]}"
    urls = {
        "DATABASE_URL": with_name(os.environ["DATABASE_URL"], own_database),
        "DATABASE_OWNER_URL": with_name(owner_url(), own_database),
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
    }
    command = [sys.executable, "-m", "gunicorn", "--config=python:portal.serving"]
    options = [f"--bind={place}", "--workers=1"]
    web = subprocess.Popen([*command, *options], env=os.environ | urls, start_new_session=True)
    try:
        for _ in range(300):
            with contextlib.suppress(OSError):
                get(f"http://{place}/healthz")
                break
            time.sleep(0.1)
        yield f"http://{place}"
    finally:
        web.terminate()
        web.wait()


def get(address: str, **headers: str) -> int:
    request = urllib.request.Request(address, headers=headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.status


def test_requests_that_wait_in_all_threads_but_one_stop_nobody_else(site):
    outcomes = []
    waiting = [
        threading.Thread(target=lambda: outcomes.append(get(f"{site}/", Cookie="sessionid=x" * 8)))
        for _ in range(serving.threads - 1)
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE wagtailcore_page IN ACCESS EXCLUSIVE MODE")
        for thread in waiting:
            thread.start()
        while waiting_for_locks() < len(waiting) and any(one.is_alive() for one in waiting):
            time.sleep(0.1)
        assert (get(f"{site}/healthz"), outcomes) == (200, [])
    for thread in waiting:
        thread.join()
    assert len(outcomes) == len(waiting)


def waiting_for_locks() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return cursor.fetchone()[0]
